"""What can be done with a version of a wording now, and in words why something cannot."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from intake_app.domain.language import N_, translated
from intake_app.domain.staff import Action
from intake_app.domain.wording_versions import WordingStage
from intake_app.ui.presenters.wording_words import writers_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from intake_app.domain.staff import Actor
    from intake_app.domain.wording_versions import WordingVersion


class Step(Enum):
    """A step on the way of a version; the value names its button."""

    START = "start_draft"
    SEND = "send_for_review"
    SEND_BACK = "send_back"
    APPROVE = "approve_wording"
    RETIRE = "retire_wording"
    DELETE = "delete_draft"


_STAGES: dict[Step, tuple[WordingStage, ...]] = {
    Step.START: (WordingStage.APPROVED, WordingStage.RETIRED),
    Step.SEND: (WordingStage.DRAFT,),
    Step.SEND_BACK: (WordingStage.IN_REVIEW,),
    Step.APPROVE: (WordingStage.IN_REVIEW,),
    Step.RETIRE: (WordingStage.APPROVED,),
    Step.DELETE: (WordingStage.DRAFT,),
}
_NEXT: dict[WordingStage, Step] = {
    WordingStage.DRAFT: Step.SEND,
    WordingStage.IN_REVIEW: Step.APPROVE,
    WordingStage.APPROVED: Step.START,
    WordingStage.RETIRED: Step.START,
}
_WRONG_STAGE: dict[Step, dict[WordingStage, str]] = {
    Step.START: {
        WordingStage.DRAFT: N_("This is a draft already: type in it."),
        WordingStage.IN_REVIEW: N_("It is in review. Send it back to change it."),
    },
    Step.SEND: {
        WordingStage.IN_REVIEW: N_("It is in review already."),
        WordingStage.APPROVED: N_("It is approved. Start a draft to change it."),
        WordingStage.RETIRED: N_("It is retired. Start a draft to use its words again."),
    },
    Step.SEND_BACK: {},
    Step.APPROVE: {
        WordingStage.DRAFT: N_("Send it for review first."),
        WordingStage.APPROVED: N_("It is approved."),
        WordingStage.RETIRED: N_("It is retired. Start a draft to use its words again."),
    },
    Step.RETIRE: {},
    Step.DELETE: {},
}
_ONLY: dict[Step, str] = {
    Step.SEND_BACK: N_("Only what is in review can be sent back."),
    Step.RETIRE: N_("Only what is approved can be retired."),
    Step.DELETE: N_("Only a draft can be deleted."),
}
_NO_WRITER = N_(
    "Nurses, physicians and managers change wording. If you are one, choose your name at the top."
)
_NO_PHYSICIAN = N_("Only a physician does this. If you are one, choose your name at the top.")
_BY_PHYSICIAN = (Step.APPROVE, Step.RETIRE)


def next_step(version: WordingVersion) -> Step:
    """Return the step that people come for at this stage."""
    return _NEXT[version.stage]


def why_not(
    step: Step,
    version: WordingVersion | None,
    actor: Actor,
    *,
    names: Mapping[str, str],
    has_problems: bool,
) -> str:
    """Return the sentence that says why a step cannot be taken now; empty when it can."""
    if version is None:
        return translated(N_("Choose a version first."))
    if version.stage not in _STAGES[step]:
        return translated(_WRONG_STAGE[step].get(version.stage) or _ONLY[step])
    by_physician = step in _BY_PHYSICIAN
    if not actor.may(Action.APPROVE_WORDING if by_physician else Action.EDIT_WORDING):
        return translated(_NO_PHYSICIAN if by_physician else _NO_WRITER)
    if step is Step.APPROVE and actor.id in version.editors.split():
        return translated(
            N_("{names} changed words of this version, so another physician must approve it.")
        ).format(names=writers_of(version, names))
    if step in (Step.SEND, Step.APPROVE) and has_problems:
        return translated(N_("Put right first what is marked in the text."))
    return ""
