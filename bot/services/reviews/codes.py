"""Reviewing a service from elsewhere: a code printed at the window, the page behind it."""

import re
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.catalogue import Catalogue
from bot.domain.people import Agent, AuditEntry, NotAllowed
from bot.domain.permissions import Permission
from bot.domain.review_codes import (
    DIGITS,
    LASTS,
    MOST_A_DAY,
    MOST_FAILURES,
    CodeLocked,
    CodeUsed,
    NothingToReview,
    NotYours,
    ReviewCode,
    TooManyCodes,
    UnknownCode,
)
from bot.domain.reviews import Rating, TargetKind
from bot.domain.short_links import LENGTH, SYMBOLS, TooManyLookups, code_hash
from bot.domain.ticket_clocks import WhistleRules
from bot.planner.calendar import WorkingCalendar
from bot.services.operating.numbers import normalise_case_number, normalise_ticket_number
from bot.services.ports import OpenUnitOfWork, UnitOfWork, within
from bot.services.reviews.reviews import rate
from bot.services.reviews.targets import is_over, phone_of

WINDOW = timedelta(hours=1)
MAX_WRONG_CODES = 20
"""Wrong codes from one place within the window."""

BOOKING = re.compile(r"YY-\d{8}-\d{4,6}")


@dataclass(frozen=True)
class ReviewSite:
    """What the page behind a code works with."""

    unit_of_work: OpenUnitOfWork
    calendar: WorkingCalendar
    catalogue: Catalogue
    whistle_rules: WhistleRules


@dataclass(frozen=True)
class CodedReview:
    """What somebody sends from the page.

    Attributes:
        digits: The last four of the telephone number left with the service.
        comment: Chosen reasons and own words.
    """

    code: str = field(repr=False)
    digits: str = field(repr=False)
    level: int
    comment: str = field(repr=False)


def read_target(text: str) -> tuple[TargetKind, str] | None:
    """Return which service a number names, None when it is no number of ours."""
    ticket, case = normalise_ticket_number(text), normalise_case_number(text)
    booking = BOOKING.search(text.upper())
    if ticket is not None:
        return TargetKind.TICKET, ticket
    if case is not None:
        return TargetKind.CASE, case
    return None if booking is None else (TargetKind.BOOKING, booking.group())


def make_code(unit_of_work: OpenUnitOfWork, *, agent: Agent, text: str, now: datetime) -> str:
    """Make a code for one service and return it; only its hash is kept.

    Args:
        unit_of_work: Opens the transaction.
        agent: Who prints it; it is in the audit log.
        text: Number of the case, whistle, complaint or booking.
        now: Aware, UTC.

    Raises:
        NotAllowed: This role makes no codes.
        NothingToReview: There is no such service, it is not over, or it has no telephone number.
        TooManyCodes: This colleague has made `MOST_A_DAY` codes today.
    """
    if not agent.may(Permission.MAKE_REVIEW_CODES):
        raise NotAllowed
    target = read_target(text)
    code = "".join(secrets.choice(SYMBOLS) for _ in range(LENGTH))
    with unit_of_work() as unit:
        if target is None or not phone_of(unit, *target) or not is_over(unit, *target):
            raise NothingToReview
        if unit.review_codes.made_since(agent.id, now - timedelta(days=1)) >= MOST_A_DAY:
            raise TooManyCodes
        unit.review_codes.add(code_hash(code), ReviewCode(*target, agent.id, now))
        unit.people.add_audit(AuditEntry(now, agent.id, "review_code_made", target[1]))
    return code


def look_up(unit_of_work: OpenUnitOfWork, *, code: str, client: str, now: datetime) -> ReviewCode:
    """Return a code that can still be used.

    Raises:
        UnknownCode: No code is like this, or it is too old.
        CodeUsed, CodeLocked: It cannot be used any more.
        TooManyLookups: Too many wrong codes came from this address.
    """
    subject = f"review:{client}"
    with unit_of_work() as unit:
        if unit.failed_lookups.count(subject, now - WINDOW) >= MAX_WRONG_CODES:
            raise TooManyLookups
        found = unit.review_codes.find(code_hash(code))
        if found is None:
            unit.failed_lookups.note(subject, now, now - WINDOW)
    if found is None or now - found.made_at > LASTS:
        raise UnknownCode
    if found.used_at is not None:
        raise CodeUsed
    if found.failures >= MOST_FAILURES:
        raise CodeLocked
    return found


def review_by_code(site: ReviewSite, given: CodedReview, *, client: str, now: datetime) -> Rating:
    """Write the one review of the service behind a code.

    Raises:
        NotYours: The digits are not those of the telephone number left with the service.
        AlreadyRated: It has been reviewed on another way.
        RatingClosed: The time for it has passed.
        BadLevel: No such level.
        UnknownCode, CodeUsed, CodeLocked, TooManyLookups: As in `look_up`.
    """
    found = look_up(site.unit_of_work, code=given.code, client=client, now=now)
    hashed = code_hash(given.code)
    with site.unit_of_work() as unit:
        is_own = _is_own(unit, found, given.digits)
        if not is_own:
            unit.review_codes.note_failure(hashed)
        else:
            if not unit.review_codes.use(hashed, now):
                raise CodeUsed
            return rate(
                within(unit),
                origin=f"code:{hashed}",
                conversation_id="",
                target_kind=found.target_kind,
                target_id=found.target_id,
                level=given.level,
                comment=given.comment,
                now=now,
                calendar=site.calendar,
                catalogue=site.catalogue,
                whistle_rules=site.whistle_rules,
                is_proven=True,
            )
    raise NotYours  # after the transaction, which must not be rolled back


def _is_own(unit: UnitOfWork, found: ReviewCode, digits: str) -> bool:
    phone = phone_of(unit, found.target_kind, found.target_id) or ""
    tail = phone[-DIGITS:]
    return len(tail) == DIGITS and secrets.compare_digest(tail.encode(), digits.encode())
