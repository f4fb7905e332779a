"""People in and out: files of other systems, and files for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.domain.staff import Action
from intake_app.services.exchange_in import Importer
from intake_app.services.office import Office, require

if TYPE_CHECKING:
    from intake_app.domain.exchange import Cancelled, Intake, OnOutcome, Summary
    from intake_app.domain.staff import Actor


class ExchangeService:
    """Takes in the people of files, and writes them."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def take_in(
        self,
        actor: Actor,
        incoming: Intake,
        *,
        doubtful_are_new: bool = False,
        cancelled: Cancelled | None = None,
        on_outcome: OnOutcome | None = None,
    ) -> Summary:
        """Take in everybody of a file; what is empty is filled in, nothing is overwritten.

        A thousand people are one transaction: all of them are kept, or none. Who was taken in
        before from an equal row is not doubled. Who may be somebody that is here already is
        refused, or with ``doubtful_are_new`` taken in as somebody new. ``on_outcome`` is told of
        each person once they are kept.
        """
        require(actor, Action.IMPORT_PATIENTS)
        importer = Importer(self._office, actor, doubtful_are_new=doubtful_are_new)
        return importer.run(incoming, cancelled=cancelled, on_outcome=on_outcome)
