"""What has to be known before each answer, read in one statement."""

from typing import Any

from sqlalchemy import bindparam, literal, select, true
from sqlalchemy.engine import Connection

from bot.domain.meetings import PendingStep, TalkStep
from bot.domain.turn_looks import Looks
from bot.store.switches import OFF, change_of
from bot.store.tables.learning import RASA_SERVING
from bot.store.tables.meetings import MEETING_STEPS

_P = MEETING_STEPS.c
_OFF = OFF.subquery("is_off")
_ALWAYS = select(literal(1).label("one")).subquery("always")
# a row for each switch that is off, one without a switch when all are on
_LOOKS = select(
    RASA_SERVING.c.url,
    _P.meeting_id,
    _P.step,
    _P.at.label("asked_at"),
    _P.answered_by,
    *_OFF.c,
).select_from(
    _ALWAYS.outerjoin(RASA_SERVING, RASA_SERVING.c.run_id == bindparam("run"))
    .outerjoin(MEETING_STEPS, _P.conversation_id == bindparam("conversation"))
    .outerjoin(_OFF, true())
)


def read_looks(
    connection: Connection, conversation_id: str, run_id: str
) -> tuple[Looks, str | None]:
    """Return what has to be known before an answer, and where the model of a run listens.

    Args:
        connection: The open transaction.
        conversation_id: Where the answer is to be given.
        run_id: Of an `xiaoer run`, "" for none.
    """
    values = {"conversation": conversation_id, "run": run_id}
    rows = connection.execute(_LOOKS, values).all()
    off = {row.name: change_of(row) for row in rows if row.name is not None}
    return Looks(off=off, step=_step(rows[0])), rows[0].url


def _step(row: Any) -> PendingStep | None:
    if row.meeting_id is None:
        return None
    return PendingStep(row.meeting_id, TalkStep(row.step), row.asked_at, row.answered_by)
