"""Writes what the platform tells into our copy: history, state, steps; each entry once, in order.

A copy lives in the tables of the register, so that following, news, lists and the desk need not
know where a case comes from. Nobody here moves it.
"""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bot.domain.cases import (
    UNKNOWN_STATE,
    Case,
    CaseEvent,
    CaseEventKind,
    CaseState,
)
from bot.domain.catalogue import Catalogue
from bot.domain.errors import BotError
from bot.services.platform.ports import (
    Copy,
    EntryKind,
    PlatformCase,
    PlatformEntry,
    PlatformEvent,
    PlatformStand,
)
from bot.services.platform.shapes import PLATFORM, case_steps, new_case
from bot.services.ports import UnitOfWork
from bot.services.times.local_time import local_day

KINDS = {
    EntryKind.STATE: CaseEventKind.MOVED,
    EntryKind.STEP: CaseEventKind.STEP_FINISHED,
    EntryKind.URGED: CaseEventKind.URGED,
    EntryKind.URGE_ANSWERED: CaseEventKind.URGE_ANSWERED,
    EntryKind.NOTE: CaseEventKind.NOTED,
}

log = structlog.get_logger()


class NumberOfRegister(BotError):
    """The register keeps a case with this number, and the register comes first."""


class Taken(enum.Enum):
    """What came of a pushed change."""

    APPLIED = "applied"
    KNOWN = "known"
    """We have it already."""
    GAP = "gap"
    """Something before it is missing; the case is fetched."""
    NOT_HERE = "not_here"
    """Nobody here has asked for this case."""


@dataclass(frozen=True)
class Mirror:
    """Where copies are written, in the caller's transaction.

    Attributes:
        is_first: The platform goes before the register: it takes over a case that both have.
    """

    uow: UnitOfWork
    catalogue: Catalogue
    now: datetime
    is_first: bool = False


def mirror_case(mirror: Mirror, told: PlatformCase) -> Case:
    """Bring the copy to what the platform tells, or make it; an older answer changes nothing.

    Raises:
        NumberOfRegister: See there.
    """
    uow = mirror.uow
    copy = uow.platform.lock(told.number) or _begin(mirror, told)
    fresh = [one for one in told.entries if one.sequence > copy.sequence]
    if fresh:
        _apply(mirror, copy, fresh, told.stand)
    if told.sequence >= copy.sequence:
        wanted = max(copy.wanted, told.sequence)
        sequence = max(copy.sequence, told.sequence)
        newer = replace(
            copy, sequence=sequence, wanted=wanted, grant=told.grant, fetched_at=mirror.now
        )
        uow.platform.save(newer, mirror.now if wanted > sequence else None)
    return _case(uow, told.number)


def take_event(mirror: Mirror, event: PlatformEvent) -> Taken:
    """Take a pushed change: the next one is written, a later one makes the case be fetched."""
    uow, entry = mirror.uow, event.entry
    copy = uow.platform.lock(event.number)
    if copy is None:
        return Taken.NOT_HERE
    if entry.sequence <= copy.sequence:
        return Taken.KNOWN
    if entry.sequence > copy.sequence + 1:
        uow.platform.want(event.number, entry.sequence, mirror.now)
        return Taken.GAP
    _apply(mirror, copy, (entry,), event.stand)
    wanted = max(copy.wanted, entry.sequence)
    newer = replace(copy, sequence=entry.sequence, wanted=wanted, fetched_at=mirror.now)
    uow.platform.save(newer, mirror.now if wanted > entry.sequence else None)
    return Taken.APPLIED


def _begin(mirror: Mirror, told: PlatformCase) -> Copy:
    """Return the copy of a case that is seen for the first time, with no entry in it yet."""
    uow, now = mirror.uow, mirror.now
    # two who ask for the same case at once: the second finds the copy of the first
    uow.numbers.hold(PLATFORM, local_day(now))
    known = uow.platform.lock(told.number)
    if known is not None:
        return known
    case = uow.cases.by_number(told.number)
    if case is None:
        case_id, sequence = uow.cases.add(new_case(told, mirror.catalogue)), 0
    elif mirror.is_first:
        uow.platform.adopt(case.id)
        latest = case.events[-1].at
        older = [one.sequence for one in told.entries if one.at <= latest]
        case_id, sequence = case.id, max(older, default=0)
    else:
        raise NumberOfRegister(told.number)
    return Copy(case_id, told.number, sequence, sequence, told.grant, now)


def _apply(
    mirror: Mirror, copy: Copy, entries: Sequence[PlatformEntry], stand: PlatformStand
) -> None:
    uow = mirror.uow
    case = _case(uow, copy.number)
    latest = case.events[-1].at if case.events else None
    seen = case.state if case.events else None
    for entry in entries:
        event = _event(entry, seen, latest, mirror.now)
        event_id = uow.cases.append(copy.case_id, event, f"{PLATFORM}:{entry.id}")
        latest, seen = event.at, event.to or seen
        if entry.kind is EntryKind.URGE_ANSWERED:
            _answer_urges(mirror, copy, event, event_id)
    _set_state(mirror, copy, entries, stand)
    uow.cases.set_steps(copy.case_id, tuple(case_steps(mirror.catalogue, stand.steps)))


def _event(
    entry: PlatformEntry, seen: CaseState | None, latest: datetime | None, now: datetime
) -> CaseEvent:
    # a clock over there that is wrong must not turn the history around, or count days to come
    at = min(entry.at, now)
    at = max(at, latest) if latest else at
    kind = KINDS[entry.kind]
    if entry.kind is not EntryKind.STATE or entry.state is None:
        return CaseEvent(at, PLATFORM, kind, reason=entry.text)
    if entry.state.known is None:
        words = UNKNOWN_STATE.format(words=entry.state.words)
        return CaseEvent(at, PLATFORM, kind, seen, None, words + entry.text)
    if seen is None:
        kind = CaseEventKind.OPENED
    return CaseEvent(at, PLATFORM, kind, seen, entry.state.known, entry.text)


def _set_state(
    mirror: Mirror, copy: Copy, entries: Iterable[PlatformEntry], stand: PlatformStand
) -> None:
    states = [one.state for one in entries if one.state is not None]
    state = states[-1] if states else None
    mirror.uow.platform.set_stand(copy.case_id, stand, state.known if state else None)
    if state is not None and state.known is None:
        log.warning("platform_state_unknown", case_id=copy.case_id, state=state.words)
        mirror.uow.platform.set_state_words(copy.case_id, state.words)


def _answer_urges(mirror: Mirror, copy: Copy, event: CaseEvent, event_id: int) -> None:
    uow = mirror.uow
    for urge in uow.case_urges.of_case(copy.number):
        is_answered = urge.replied_at is None and uow.case_urges.reply(
            copy.case_id, urge.on, text=event.reason, by=PLATFORM, now=mirror.now
        )
        if is_answered and urge.conversation_id is not None:
            uow.case_notices.add(copy.case_id, urge.conversation_id, event_id, mirror.now)


def _case(uow: UnitOfWork, number: str) -> Case:
    case = uow.cases.by_number(number)
    assert case is not None
    return case
