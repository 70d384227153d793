"""All cases of one applicant: who they are is proven once, then they are listed and chosen from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.case_watch import CaseRow
from bot.domain.identity import compact, proves
from bot.services.platform.errors import PlatformTrouble, Trouble, UnknownToPlatform
from bot.services.platform.lookup import ASKS_LIVE, Platform, PlatformPending
from bot.services.platform.mirror import Mirror, NumberOfRegister, mirror_case
from bot.services.platform.ports import Ask, PlatformCase, of_phone
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.privacy.identity import TooManyTries, judge, locked_until
from bot.services.times.local_time import local_day

PAGE = 5
"""Cases in one message, each with its button."""


@dataclass(frozen=True)
class MyCases:
    """One page of the list.

    Attributes:
        page: From 0.
        total: Cases on all pages.
    """

    rows: Sequence[CaseRow]
    page: int
    total: int

    @property
    def has_more(self) -> bool:
        """There is another page."""
        return (self.page + 1) * PAGE < self.total


@dataclass(frozen=True)
class Identified:
    """Somebody who has proven who they are.

    Attributes:
        count: Cases that are open to them now.
        trouble: Why those that the platform keeps may be missing, which follow by themselves as
            soon as it answers; None when none is.
    """

    count: int
    trouble: Trouble | None = None


def identify(
    unit_of_work: OpenUnitOfWork,
    *,
    phone: str,
    credential: str,
    conversation_id: str,
    now: datetime,
    platform: Platform | None = None,
) -> Identified:
    """Let a conversation see every case of one applicant.

    The whole telephone and the last 4 characters of the code that stands beside it, both, as a
    telephone alone is on many a business card. Where one telephone stands beside the codes of
    several applicants, only the cases of the one proven are opened.

    Args:
        unit_of_work: Opens the transaction.
        phone: As registered, whole.
        credential: Credit code or identity number of the applicant, or its last 4 characters.
        conversation_id: Who asks.
        now: Aware UTC.
        platform: The city's approval platform; its cases of the applicant are listed too.

    Raises:
        PlatformPending: The register knows no such applicant, and the platform has not answered in
            time; what it says comes into the conversation by itself.
        NotVerified: No such telephone, or the code is not the one beside it; nobody can tell which.
        TooManyTries: Three failed tries within half an hour, or many on this telephone.
    """
    number = compact(phone)
    subject = of_phone(number)
    with unit_of_work() as uow:
        until = locked_until(uow, conversation_id=conversation_id, number=subject, now=now)
    if until is not None:
        raise TooManyTries(until)
    told, trouble = _cases_there(platform, number, credential)
    with unit_of_work() as uow:
        codes = uow.case_lists.credentials_of(number)
        fitting = [code for code in codes if code and proves(credential, (code,))]
        is_theirs = len(fitting) == 1 or bool(told)
        until = locked_until(uow, conversation_id=conversation_id, number=subject, now=now)
        is_waiting = trouble is not None and until is None
        # the same proof said again while it waits is no further try
        is_known = is_waiting and not uow.platform.ask_later(
            Ask(0, conversation_id, subject, credential, now), now + ASKS_LIVE
        )
        verdict = judge(
            uow,
            conversation_id=conversation_id,
            number=subject,
            is_proven=is_theirs or is_known,
            now=now,
        )
        if is_theirs and verdict.error is None:
            found = uow.case_lists.of_person(number, fitting[0]) if len(fitting) == 1 else ()
            there = () if platform is None else mirrored(uow, platform, told, now)
            numbers = {*found, *there}
            # the newest is granted last
            open_to(uow, sorted(numbers, key=lambda n: (n not in found, n)), conversation_id, now)
            return Identified(len(numbers), trouble.trouble if trouble else None)
    # outside the transaction, which has to keep the failed try
    if trouble is not None and not isinstance(verdict.error, TooManyTries):
        raise PlatformPending(trouble.trouble)
    assert verdict.error is not None
    raise verdict.error


def open_to(uow: UnitOfWork, numbers: Sequence[str], conversation_id: str, now: datetime) -> None:
    """Let a conversation see these cases from now on; the last is the newest of its list."""
    for number in numbers:
        case = uow.cases.by_number(number)
        if case is not None:
            uow.cases.grant(case.id, conversation_id, now)


def _cases_there(
    platform: Platform | None, phone: str, credential: str
) -> tuple[Sequence[PlatformCase], PlatformTrouble | None]:
    if platform is None:
        return (), None
    try:
        return platform.client.cases_of(phone, credential, within_s=platform.within_s), None
    except UnknownToPlatform:
        return (), None
    except PlatformTrouble as error:
        return (), error


def mirrored(
    uow: UnitOfWork, platform: Platform, told: Sequence[PlatformCase], now: datetime
) -> Iterator[str]:
    """Copy what the platform told, oldest first; yields the numbers of the copies."""
    mirror = Mirror(uow, platform.catalogue, now, platform.is_first)
    for one in reversed(told):
        try:
            mirror_case(mirror, one)
        except NumberOfRegister:
            continue
        yield one.number


def list_mine(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    page: int,
    now: datetime,
    numbers: Sequence[str] | None = None,
) -> MyCases:
    """Return one page of the cases that the conversation may see, open ones first.

    Args:
        unit_of_work: Opens the transaction.
        conversation_id: Who asks.
        page: From 0; beyond the end it is the last one.
        now: Aware UTC.
        numbers: Only these, of those that the conversation may see.
    """
    with unit_of_work() as uow:
        return page_of(uow, conversation_id, page, now, numbers)


def page_of(
    uow: UnitOfWork,
    conversation_id: str,
    page: int,
    now: datetime,
    numbers: Sequence[str] | None = None,
) -> MyCases:
    """Return one page in an open transaction; as `list_mine`."""
    known = uow.cases.granted_numbers(conversation_id)
    wanted = known if numbers is None else [one for one in known if one in numbers]
    rows = uow.case_lists.by_numbers(wanted, local_day(now))
    last = max((len(rows) - 1) // PAGE, 0)
    page = min(max(page, 0), last)
    return MyCases(rows[page * PAGE : (page + 1) * PAGE], page, len(rows))
