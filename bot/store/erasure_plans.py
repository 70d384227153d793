"""Deleting the plans of a conversation with everything that was made from them."""

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Connection

from bot.store.tables.booking_desk import ASSISTANCES
from bot.store.tables.papers import (
    CONFIRMATIONS,
    ISSUED_DOCUMENTS,
    PLAN_FORMS,
    SHORT_LINKS,
    SIGNATURES,
)
from bot.store.tables.plan_life import (
    PLAN_EVENTS,
    PLAN_LIVES,
    PLAN_NOTICES,
    PLAN_READERS,
    PLAN_VERSIONS,
)
from bot.store.tables.services import PLAN_LINKS, PLANS

BESIDE_PLANS = (
    SIGNATURES,  # points to a confirmation and a document
    CONFIRMATIONS,
    ISSUED_DOCUMENTS,
    SHORT_LINKS,
    PLAN_FORMS,
    PLAN_NOTICES,
    PLAN_READERS,
    PLAN_EVENTS,
    PLAN_VERSIONS,
    PLAN_LIVES,
    PLAN_LINKS,
)
"""What hangs on a plan, in an order that foreign keys allow."""


def erase_plans(connection: Connection, conversation_id: str) -> None:
    """Delete the plans that this conversation made, and what it signed on the plans of others."""
    own = select(PLANS.c.id).where(PLANS.c.conversation_id == conversation_id)
    leave = update(ASSISTANCES).where(ASSISTANCES.c.plan_id.in_(own)).values(plan_id=None)
    connection.execute(leave)
    for table in BESIDE_PLANS:
        connection.execute(delete(table).where(table.c.plan_id.in_(own)))
    for table in (SIGNATURES, CONFIRMATIONS):
        connection.execute(delete(table).where(table.c.conversation_id == conversation_id))
    connection.execute(delete(PLANS).where(PLANS.c.conversation_id == conversation_id))
