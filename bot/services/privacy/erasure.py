"""Deleting what is there of a person, when the person asks for it."""

import secrets
from collections import Counter
from datetime import datetime

from bot.domain.bookings import OPEN_STATES
from bot.domain.privacy import Erasure, Holdings
from bot.services.bookings.states import call_off
from bot.services.operating.numbers import NumberKind, next_number
from bot.services.ports import OpenUnitOfWork, UnitOfWork

REASON = "erasure"


def erase_in(unit: UnitOfWork, conversation_id: str, now: datetime) -> tuple[Erasure, str]:
    """Delete a conversation and what belongs to it, within the caller's transaction.

    The same on the person's other channels, where nothing is left, not even the address.
    Bookings still to come are cancelled, so that others get their places. The person's address and
    secret go to a new conversation, which has nothing in it but what is said from now on.

    Returns:
        The receipt, and the id of the new conversation.
    """
    channel = unit.conversations.get(conversation_id).channel
    linked = unit.links.of(conversation_id)
    holdings = holdings_of(unit, conversation_id)
    number = next_number(unit, NumberKind.ERASURE, now)
    fresh = secrets.token_hex(16)
    unit.erasures.move(conversation_id, fresh, now)
    for one in linked:
        for booking in unit.bookings.of_conversation(one):
            if booking.state in OPEN_STATES:
                call_off(unit, booking, actor="applicant", reason=REASON, origin=None, now=now)
        unit.links.forget(one)
        unit.erasures.erase(one, number)
    erasure = Erasure(number=number, channel=channel, holdings=holdings, at=now)
    unit.erasures.add(erasure)
    return erasure, fresh


def holdings_of(unit: UnitOfWork, conversation_id: str) -> Holdings:
    """Count what is there of a person, on all linked channels."""
    deleted: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for one in unit.links.of(conversation_id):
        found = unit.erasures.holdings(one)
        deleted.update(found.deleted)
        kept.update(found.kept)
    return Holdings(dict(deleted), dict(kept))


def mask_finished(unit_of_work: OpenUnitOfWork) -> int:
    """Take contact data out of tickets of erased persons that have been closed since."""
    with unit_of_work() as unit:
        return unit.erasures.mask_finished()
