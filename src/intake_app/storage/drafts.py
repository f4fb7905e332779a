"""Drafts as rows: one for each form, record and person."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING

from intake_app.domain.drafts import Draft, Edit, RowDeed
from intake_app.storage.dialect import utc_text

if TYPE_CHECKING:
    from intake_app.storage.session import Row, Session

_COLUMNS = """form, record_id, actor_id, patient_id, visit_id, started_at, edited_at, deed,
    undone, edits"""
_ONE = f"""
    SELECT {_COLUMNS} FROM draft
    WHERE form = :form AND record_id = :record_id AND actor_id = :actor_id"""  # noqa: S608 - our own columns
_AT = f"""
    SELECT {_COLUMNS} FROM draft WHERE patient_id = :patient_id
    ORDER BY started_at, form, record_id, actor_id"""  # noqa: S608 - our own columns
_KEEP = """
    INSERT INTO draft (form, record_id, actor_id, patient_id, visit_id, started_at, edited_at,
        deed, undone, edits)
    VALUES (:form, :record_id, :actor_id, :patient_id, :visit_id, :started_at, :edited_at,
        :deed, :undone, :edits)
    ON CONFLICT (form, record_id, actor_id) DO UPDATE SET
        patient_id = excluded.patient_id, visit_id = excluded.visit_id,
        started_at = excluded.started_at, edited_at = excluded.edited_at,
        deed = excluded.deed, undone = excluded.undone, edits = excluded.edits"""
_FORGET = """
    DELETE FROM draft
    WHERE form = :form AND record_id = :record_id AND actor_id = :actor_id"""

_PARTS = tuple((each.name, each.default, attrgetter(each.name)) for each in fields(Edit))


def draft(session: Session, form: str, record_id: str, *, actor_id: str) -> Draft | None:
    """Return what one person has done to one form."""
    row = session.one(_ONE, {"form": form, "record_id": record_id, "actor_id": actor_id})
    return None if row is None else _draft(row)


def drafts_at(session: Session, patient_id: str) -> tuple[Draft, ...]:
    """Return everybody's drafts at one patient, in the order they were begun."""
    return tuple(map(_draft, session.all(_AT, {"patient_id": patient_id})))


def keep_draft(session: Session, kept: Draft) -> None:
    """Put a draft in the place of the one of the same form, record and person."""
    edits = {key: _without_usual(edit) for key, edit in kept.edits.items()}
    session.execute(
        _KEEP,
        {
            "form": kept.form,
            "record_id": kept.record_id,
            "actor_id": kept.actor_id,
            "patient_id": kept.patient_id,
            "visit_id": kept.visit_id,
            "started_at": utc_text(kept.started_at),
            "edited_at": utc_text(kept.edited_at),
            "deed": kept.deed.value,
            "undone": int(kept.undone),
            "edits": json.dumps(edits, separators=(",", ":")),
        },
    )


def forget_draft(session: Session, form: str, record_id: str, *, actor_id: str) -> None:
    """Forget a draft."""
    session.execute(_FORGET, {"form": form, "record_id": record_id, "actor_id": actor_id})


def _without_usual(edit: Edit) -> dict[str, str]:
    return {name: value for name, usual, part in _PARTS if (value := part(edit)) != usual}


def _draft(row: Row) -> Draft:
    form, record_id, actor_id, patient_id, visit_id, started, edited, deed, undone, edits = row
    return Draft(
        form=form,
        record_id=record_id,
        actor_id=actor_id,
        patient_id=patient_id,
        visit_id=visit_id,
        started_at=datetime.fromisoformat(started),
        edited_at=datetime.fromisoformat(edited),
        deed=RowDeed(deed),
        undone=bool(undone),
        edits={key: Edit(**edit) for key, edit in json.loads(edits).items()},
    )
