"""What has to be known before each answer, read in one statement."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, literal, select, true
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.selectable import FromClause, Join

from bot.domain.meetings import PendingStep, TalkStep
from bot.domain.switches import SwitchChange
from bot.domain.turn_looks import Looks
from bot.store.prepared import often
from bot.store.switches import OFF
from bot.store.tables.learning import RASA_SERVING
from bot.store.tables.meetings import MEETING_STEPS

_P = MEETING_STEPS.c
_OFF = OFF.subquery("is_off")
_ALWAYS = select(literal(1).label("one")).subquery("always")

LOOK_COLUMNS = (
    RASA_SERVING.c.url.label("rasa_url"),
    _P.meeting_id,
    _P.step,
    _P.at.label("asked_at"),
    _P.answered_by,
    *(column.label(f"off_{column.name}") for column in _OFF.c),
)
"""What `with_looks` adds; the names are found nowhere else."""


def with_looks(found: FromClause, conversation: "ColumnElement[Any]") -> Join:
    """Join what has to be known: a row for each switch that is off, one while all are on.

    Args:
        found: One row.
        conversation: Its column or value of where the answer is to be given.
    """
    return (
        found.outerjoin(RASA_SERVING, RASA_SERVING.c.run_id == bindparam("run"))
        .outerjoin(MEETING_STEPS, _P.conversation_id == conversation)
        .outerjoin(_OFF, true())
    )


_LOOKS = often(select(*LOOK_COLUMNS).select_from(with_looks(_ALWAYS, bindparam("conversation"))))


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
    return looks_of(rows), rows[0].rasa_url


def looks_of(rows: Sequence[Any]) -> Looks:
    """Return what rows with `LOOK_COLUMNS` say; at least one."""
    off = {row.off_name: _change(row) for row in rows if row.off_name is not None}
    return Looks(off=off, step=_step(rows[0]))


def _change(row: Any) -> SwitchChange:
    return SwitchChange(row.off_name, row.off_is_on, row.off_reason, row.off_at, row.off_changed_by)


def _step(row: Any) -> PendingStep | None:
    if row.meeting_id is None:
        return None
    return PendingStep(row.meeting_id, TalkStep(row.step), row.asked_at, row.answered_by)
