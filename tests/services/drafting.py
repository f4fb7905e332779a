"""Short ways to ask what is in dispute."""

from intake_app.domain.asking import fields_for
from intake_app.domain.drafts import Dispute
from intake_app.domain.fields import Record, fields_of
from intake_app.domain.staff import Actor
from intake_app.domain.validation import draft_of
from tests.services.desk import Desk, shipped_questionnaire


def disputes(desk: Desk, actor: Actor, record: Record) -> dict[str, Dispute]:
    """Return what one person and somebody else saved differently in a record."""
    with desk.work as work:
        stored = work.records(type(record)).get(record.id)
    return desk.drafts.disputes(
        actor, (record.FORM, record.id), values=draft_of(stored), table=fields_of(type(record))
    )


def answer_disputes(desk: Desk, actor: Actor, visit_id: str) -> dict[str, Dispute]:
    """Return what one person and somebody else answered differently."""
    case = desk.case(visit_id)
    asked = fields_for(shipped_questionnaire(), case.answers)
    return desk.drafts.disputes(
        actor,
        (case.safety.FORM, case.safety.id),
        values=case.answers.values,
        table=[each.field for each in asked],
    )
