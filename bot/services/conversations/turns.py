"""Claim a message as a turn, complete it, or put it off."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.conversations import (
    Conversation,
    Heard,
    Hold,
    LeaseLost,
    Message,
    Owner,
    Reply,
    Said,
    Turn,
    TurnOutcome,
)
from bot.domain.reports import Sign
from bot.services.learning.misread import keep_lesson
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.privacy.consents import decide, hide_numbers
from bot.services.privacy.erasure import erase_in

LEASE = timedelta(seconds=15)
"""How long a claim lasts unless renewed: after a crash the conversation waits this long."""

OF_RUN = ":"
"""Stands between the run that a claim belongs to and the rest of it."""

FIRST_DELAY_S = 0.5
MAX_DELAY_S = 5.0


@dataclass(frozen=True)
class Beginning:
    """The right to begin with a message in the transaction that stores it.

    Attributes:
        lease_length: How long the claim lasts unless renewed.
        run_id: Of the `xiaoer run` that this hub belongs to, "" for none.
    """

    lease_length: timedelta = LEASE
    run_id: str = ""


def claim_turn(
    unit_of_work: OpenUnitOfWork,
    *,
    now: datetime,
    lease_length: timedelta = LEASE,
    run_id: str = "",
    reading: OpenUnitOfWork | None = None,
) -> Turn | None:
    """Take the next message to be answered, or None when nothing is due.

    Where the model in use listens is read in the same transaction: whoever has changed it and then
    sees no older claim any more knows that nobody asks at the old place.

    Args:
        unit_of_work: Opens the transaction.
        now: The time.
        lease_length: How long the claim lasts unless renewed.
        run_id: Of the `xiaoer run` that this hub belongs to, "" for none.
        reading: Opens one that looks first, so that nobody waits for the one writer of a SQLite
            file for nothing; None where many write at once.
    """
    if reading is not None:
        with reading() as unit:
            if not unit.turns.is_any_due(now):
                return None
    lease = _new_lease(run_id)
    with unit_of_work() as unit:
        turn = unit.turns.claim(lease=lease, now=now, until=now + lease_length)
        return _with_looks(unit, turn, run_id) if turn else None


def hold_for(beginning: Beginning, conversation: Conversation, now: datetime) -> Hold:
    """Return the claim on a message that is about to be stored in a locked conversation."""
    lease = _new_lease(beginning.run_id)
    return Hold(lease=lease, seen=conversation.owner, until=now + beginning.lease_length)


def begun(
    unit: UnitOfWork, message: Message, heard: Heard, hold: Hold, beginning: Beginning
) -> Turn:
    """Return the turn of a message that was claimed with `hold` and is stored now."""
    turn = turn_of(message, heard, hold)
    return turn if heard.looks is not None else _with_looks(unit, turn, beginning.run_id)


def turn_of(message: Message, heard: Heard, hold: Hold) -> Turn:
    """Return the turn of a message that was claimed when it was stored, with what was heard."""
    return Turn(
        message=message,
        owner=hold.seen,
        lease=hold.lease,
        attempts=0,
        outage_told=False,
        rasa_url=heard.rasa_url,
        looks=heard.looks,
        channel=heard.conversation.channel,
    )


def free_turns(unit_of_work: OpenUnitOfWork, *, run_id: str) -> int:
    """Take back the claims of the hub that was here before this one; returns how many.

    A run has one hub at a time, so that nobody works on them: what that hub had asked Rasa for was
    cancelled when its line broke, or is answered once (`bot/nlu/said_once.py`).
    """
    with unit_of_work() as unit:
        return unit.turns.free(f"{run_id}{OF_RUN}")


def _new_lease(run_id: str) -> str:
    return f"{run_id}{OF_RUN}{secrets.token_hex(16)}" if run_id else secrets.token_hex(16)


def _with_looks(unit: UnitOfWork, turn: Turn, run_id: str) -> Turn:
    looks, rasa_url = unit.turns.looks(turn.message.conversation_id, run_id)
    return replace(turn, rasa_url=rasa_url, looks=looks)


def renew_turn(
    unit_of_work: OpenUnitOfWork, *, turn: Turn, now: datetime, lease_length: timedelta = LEASE
) -> None:
    """Hold the claim for longer; raises `LeaseLost`."""
    with unit_of_work() as unit:
        if not unit.turns.renew(turn.message.conversation_id, turn.lease, now + lease_length):
            raise LeaseLost(turn.message.conversation_id)


def release_turn(unit_of_work: OpenUnitOfWork, *, turn: Turn) -> None:
    """Give the message back untouched, so that another worker need not wait for the lease."""
    with unit_of_work() as unit:
        unit.turns.release(turn.message.conversation_id, turn.lease)


def complete_turn(
    unit_of_work: OpenUnitOfWork, *, turn: Turn, outcome: TurnOutcome, now: datetime
) -> bool:
    """Store the replies, the new owner and "handled" together.

    Returns:
        False when the owner changed while the turn was in progress (an agent took over): the
        message then counts as handled and nothing is said.

    Raises:
        ForbiddenOwner: The outcome asks for a step that `ALLOWED_OWNERS` does not have.
        LeaseLost: Another worker has the conversation; nothing is stored.
    """
    return not say_outcome(unit_of_work, turn=turn, outcome=outcome, now=now).is_dropped


def say_outcome(
    unit_of_work: OpenUnitOfWork, *, turn: Turn, outcome: TurnOutcome, now: datetime
) -> Said:
    """Do what `complete_turn` does; returns what there is to read now.

    Raises:
        ForbiddenOwner, LeaseLost: As `complete_turn`.
    """
    conversation_id = turn.message.conversation_id
    with unit_of_work() as unit:
        if is_only_said(turn, outcome):
            said = unit.conversations.say_at_once(
                turn, outcome.replies, fields=outcome.fields, now=now
            )
            if said is not None:
                return Said(said[0], turn.owner, is_whole=said[1])
        is_saying = bool(outcome.replies)
        is_same_owner = unit.turns.end(turn, now=now, is_saying=is_saying, fields=outcome.fields)
        if not is_same_owner:
            if not unit.turns.release(conversation_id, turn.lease):
                raise LeaseLost(conversation_id)
            unit.turns.mark_handled(turn.message.id, now)
        keep_lesson(unit, turn=turn, outcome=outcome, now=now)
        if not is_same_owner:
            return Said((), turn.owner, is_whole=False, is_dropped=True)
        if outcome.receipt is not None:
            erasure, fresh = erase_in(unit, conversation_id, now)
            unit.conversations.add_message(fresh, outcome.receipt(erasure), now=now)
            return Said((), turn.owner, is_whole=False)
        return _say(unit, turn, outcome, now)


def is_only_said(turn: Turn, outcome: TurnOutcome) -> bool:
    """Tell whether all that is stored of a turn is that it ended with what was said."""
    is_more = (outcome.lesson, outcome.decision, outcome.hides, outcome.receipt) != (None,) * 4
    is_moved = outcome.owner not in {None, turn.owner}
    return bool(outcome.replies) and not is_more and not is_moved


def _say(unit: UnitOfWork, turn: Turn, outcome: TurnOutcome, now: datetime) -> Said:
    if outcome.decision is not None:
        decide(unit, turn.message.conversation_id, *outcome.decision, now)
    if outcome.hides is not None:
        hide_numbers(unit, outcome.hides)
    lines, is_whole = unit.conversations.say(turn, outcome.replies, now=now)
    owner = turn.owner
    if outcome.owner is not None and outcome.owner is not turn.owner:
        owner = outcome.owner
        _change_owner(unit, turn, outcome, owner, now)
    return Said(lines, owner, is_whole=is_whole)


def record_failure(
    unit_of_work: OpenUnitOfWork, *, turn: Turn, error: str, told: Reply, now: datetime
) -> bool:
    """Put the message off and, once an outage, say `told`.

    Args:
        unit_of_work: Opens the transaction.
        turn: The turn that could not be answered.
        error: Constant word for staff and logs, never a person's text.
        told: The honest line for the applicant.
        now: The time.

    Returns:
        True when the line was said now.

    Raises:
        LeaseLost: Another worker has the conversation; nothing is stored.
    """
    conversation_id = turn.message.conversation_id
    with unit_of_work() as unit:
        if not unit.turns.release(conversation_id, turn.lease):
            raise LeaseLost(conversation_id)
        until = now + retry_delay(turn.attempts)
        unit.turns.postpone(turn.message.id, error=error, until=until)
        if turn.outage_told:
            return False
        unit.turns.set_outage_told(conversation_id, now)
        unit.conversations.add_message(conversation_id, told, now=now)
        return True


def tell_during_outage(
    unit_of_work: OpenUnitOfWork, *, conversation_id: str, told: Reply, now: datetime
) -> bool:
    """Say a line that must not wait behind messages that an outage holds back.

    Returns:
        False, and nothing is said, when no outage holds this conversation back.
    """
    with unit_of_work() as unit:
        if not unit.turns.is_outage_told(conversation_id):
            return False
        unit.conversations.add_message(conversation_id, told, now=now)
        return True


def retry_delay(attempts: int) -> timedelta:
    """Return how long to wait after `attempts` earlier failures: doubling, capped at 5 s."""
    doublings = min(attempts, 10)
    return timedelta(seconds=min(FIRST_DELAY_S * 2**doublings, MAX_DELAY_S))


def _change_owner(
    unit: UnitOfWork, turn: Turn, outcome: TurnOutcome, to: Owner, now: datetime
) -> None:
    seen = turn.owner
    if seen is Owner.CLOSED and to is not Owner.BOT:  # opened again, then handed over at once
        unit.conversations.change_owner(
            turn.message.conversation_id, seen=seen, to=Owner.BOT, now=now
        )
        seen = Owner.BOT
    unit.conversations.change_owner(
        turn.message.conversation_id,
        seen=seen,
        to=to,
        now=now,
        handoff_reason=outcome.handoff_reason,
    )
    if to is Owner.WAITING:
        conversation_id, kind = turn.message.conversation_id, Sign.PERSON_ASKED
        origin = f"{conversation_id}:{turn.message.id}:{kind.value}"
        unit.talk_counts.add_sign(origin, conversation_id, kind, now=now)
