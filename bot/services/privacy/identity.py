"""Counts failed tries to prove whose something is, and locks after too many.

Counted per conversation, and per number that was asked for: a stranger who opens a new conversation
for every guess is stopped by the second. Numbers that do not exist are counted in the same way, so
a lock does not tell that a number exists.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.errors import BotError
from bot.services.ports import UnitOfWork


class NotVerified(BotError):
    """No such number, or not proven to be the asker's own: deliberately the same.

    Attributes:
        tries_left: Tries left in this conversation before it is locked, >= 0.
    """

    def __init__(self, tries_left: int) -> None:
        super().__init__("not verified")
        self.tries_left = tries_left


class TooManyTries(BotError):
    """Too many failed tries; nothing is looked up before `until` (aware UTC)."""

    def __init__(self, until: datetime) -> None:
        super().__init__("too many tries")
        self.until = until


@dataclass(frozen=True)
class TryLimit:
    """So many failures lock a subject for so long; older ones are forgotten after the same time."""

    failures: int
    lock: timedelta


CONVERSATION_LIMIT = TryLimit(failures=3, lock=timedelta(minutes=30))
NUMBER_LIMIT = TryLimit(failures=20, lock=timedelta(hours=24))
"""20 guesses a day of 10,000 possible tails: a stranger needs about five months for an even chance
on one of the two tails."""


@dataclass(frozen=True)
class Verdict:
    """Outcome of one try; `error` is raised by the caller after its transaction has ended."""

    error: NotVerified | TooManyTries | None


def locked_until(
    uow: UnitOfWork, *, conversation_id: str, number: str, now: datetime
) -> datetime | None:
    """Return until when nothing may be tried, None when a try is allowed; counts nothing."""
    locks = [uow.identity_tries.locked_until(s) for s, _ in _subjects(conversation_id, number)]
    return max((lock for lock in locks if lock and lock > now), default=None)


def judge(
    uow: UnitOfWork, *, conversation_id: str, number: str, is_proven: bool, now: datetime
) -> Verdict:
    """Count one try and say what comes of it.

    The error is returned and not raised: raising inside the transaction would roll back the count.
    """
    until = locked_until(uow, conversation_id=conversation_id, number=number, now=now)
    if until:
        return Verdict(TooManyTries(until))
    if is_proven:
        return Verdict(None)
    subjects = _subjects(conversation_id, number)
    left = [_count(uow, subject, limit, now) for subject, limit in subjects]
    return Verdict(NotVerified(tries_left=max(left[0], 0)))


def hold_number(uow: UnitOfWork, number: str) -> None:
    """Let nobody else try this number until the transaction ends; counts nothing."""
    uow.identity_tries.locked_until(_number_subject(number))


def _number_subject(number: str) -> str:
    return f"number:{hashlib.sha256(number.encode()).hexdigest()}"


def _subjects(conversation_id: str, number: str) -> tuple[tuple[str, TryLimit], ...]:
    # always in this order, so that two transactions never wait for each other
    return (
        (f"conversation:{conversation_id}", CONVERSATION_LIMIT),
        (_number_subject(number), NUMBER_LIMIT),
    )


def _count(uow: UnitOfWork, subject: str, limit: TryLimit, now: datetime) -> int:
    failures = uow.identity_tries.failures_since(subject, now - limit.lock) + 1
    left = limit.failures - failures
    uow.identity_tries.fail(subject, failures, now, None if left > 0 else now + limit.lock)
    return left
