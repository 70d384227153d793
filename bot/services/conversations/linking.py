"""One person on several channels: a code shown here, sent there, agreed to here.

Nothing is linked without the person's act on both sides. A guessed code links nothing: whoever was
shown it is asked, and says no.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.conversations import Reply
from bot.domain.errors import BotError
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.privacy.identity import TryLimit

CODE_DIGITS = 6
LIFETIME = timedelta(minutes=10)
TRIES = TryLimit(failures=5, lock=timedelta(minutes=30))
"""Wrong codes from one conversation; a stranger would hit one of a hundred open codes after about
2,000 guesses, and then has to be agreed to."""

MOST_LINKED = 8
"""Conversations of one person; more is no person."""


class NoSuchCode(BotError):
    """The code is wrong, over, taken, or one's own: deliberately the same."""


class LinkLocked(BotError):
    """Too many wrong codes; `str()` says nothing of them."""


class NothingToLink(BotError):
    """There is nothing to agree to, or to undo."""


class TooManyLinked(BotError):
    """The person has as many conversations as one needs."""


@dataclass(frozen=True)
class Claim:
    """A code was sent; `shown_in` is the conversation that has to agree."""

    shown_in: str


def offer_code(unit_of_work: OpenUnitOfWork, *, conversation_id: str, now: datetime) -> str:
    """Return a new code for a conversation; an earlier one is good no more."""
    while True:
        code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
        with unit_of_work() as unit:
            if unit.links.offer(conversation_id, _hash(code), now + LIFETIME):
                return code


def send_code(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    code: str,
    question: Reply,
    now: datetime,
) -> Claim:
    """Take a code that a conversation sends, and ask the conversation that showed it.

    Args:
        unit_of_work: Opens the transaction.
        conversation_id: Who sends it.
        code: Six digits.
        question: Said where the code was shown.
        now: The time.

    Raises:
        NoSuchCode: See there; counted.
        LinkLocked: Too many of them.
    """
    subject = f"link:{conversation_id}"
    with unit_of_work() as unit:
        until = unit.identity_tries.locked_until(subject)
        if until is not None and until > now:
            raise LinkLocked
        shown_in = unit.links.claim(_hash(code), conversation_id, now)
        if shown_in is None:
            failures = unit.identity_tries.failures_since(subject, now - TRIES.lock) + 1
            lock = now + TRIES.lock if failures >= TRIES.failures else None
            unit.identity_tries.fail(subject, failures, now, lock)
        else:
            unit.conversations.add_message(shown_in, question, now=now)
    if shown_in is None:  # only now: raised inside it would undo the count
        raise NoSuchCode
    return Claim(shown_in)


def agree(unit_of_work: OpenUnitOfWork, *, conversation_id: str, told: Reply, now: datetime) -> str:
    """Link the conversation that showed a code with the one that sent it, and tell the latter.

    Returns:
        The other conversation.

    Raises:
        NothingToLink: Nobody has sent the code, or it is over.
        TooManyLinked: There would be more than `MOST_LINKED`.
    """
    with unit_of_work() as unit:
        other = _used(unit, conversation_id, now)
        together = list(dict.fromkeys([*unit.links.of(conversation_id), *unit.links.of(other)]))
        if len(together) > MOST_LINKED:
            raise TooManyLinked
        unit.links.join(together, secrets.token_hex(16), now)
        unit.conversations.add_message(other, told, now=now)
        return other


def decline(
    unit_of_work: OpenUnitOfWork, *, conversation_id: str, told: Reply, now: datetime
) -> str:
    """Refuse whoever sent the code, and tell them; returns the other conversation.

    Raises:
        NothingToLink: Nobody has sent it.
    """
    with unit_of_work() as unit:
        other = _used(unit, conversation_id, now)
        unit.conversations.add_message(other, told, now=now)
        return other


def unlink(unit_of_work: OpenUnitOfWork, *, conversation_id: str) -> None:
    """Take a conversation out of the person's; raises `NothingToLink` when it was alone."""
    with unit_of_work() as unit:
        if not unit.links.leave(conversation_id):
            raise NothingToLink


def _used(unit: UnitOfWork, conversation_id: str, now: datetime) -> str:
    other = unit.links.use(conversation_id, now)
    if other is None:
        raise NothingToLink
    return other


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
