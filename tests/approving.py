"""Let a physician approve wording, the way it is done: sent for review, read, signed."""

from datetime import date

from intake_app.domain.sheets import SheetKind
from intake_app.domain.staff import Actor
from intake_app.domain.wording_versions import WordingVersion
from intake_app.services.wordings import WordingService


def approve(
    wordings: WordingService,
    physician: Actor,
    kind: SheetKind,
    review_by: date,
    *,
    language: str = "en",
) -> WordingVersion:
    """Send the newest version for review and approve it."""
    newest = wordings.versions(physician, f"{kind.value}/{language}")[0]
    wordings.send_for_review(physician, newest.id)
    return wordings.approve(
        physician,
        newest.id,
        review_by=review_by,
        grade=None,
        translator="" if language == "en" else "Tara Novak",
    )
