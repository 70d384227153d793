"""Looking a case up where there is an approval platform: copy, register, platform, or later.

The platform is asked outside of any transaction and within the time of one turn. What it did not
answer is kept and answered in the conversation as soon as it does (`platform_asks`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.cases import Case, CaseSource
from bot.domain.catalogue import Catalogue
from bot.domain.errors import BotError
from bot.planner.calendar import WorkingCalendar
from bot.services.cases.access import (
    CredentialNeeded,
    Question,
    known_as_of,
    proves_register,
    shown,
    try_proof,
)
from bot.services.cases.views import CaseView
from bot.services.platform.errors import GrantRefused, PlatformTrouble, Trouble, UnknownToPlatform
from bot.services.platform.mirror import Mirror, NumberOfRegister, mirror_case
from bot.services.platform.ports import Ask, PlatformCase, PlatformClient
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.privacy.identity import TooManyTries, locked_until

ASKS_LIVE = timedelta(minutes=15)
"""So long an unanswered look-up and its proof are kept."""


class PlatformPending(BotError):
    """The platform has not answered in time; what it says comes into the conversation by itself."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


@dataclass(frozen=True)
class Platform:
    """The platform, and how it is used.

    Attributes:
        is_first: It is asked before the register.
        fresh_for: A copy that is not older is shown without asking.
        within_s: Seconds that a turn may wait for it, at most 5.
    """

    client: PlatformClient
    catalogue: Catalogue
    is_first: bool = False
    fresh_for: timedelta = timedelta(seconds=60)
    within_s: float = 4.0


def find_with_platform(
    unit_of_work: OpenUnitOfWork, asked: Question, calendar: WorkingCalendar, platform: Platform
) -> CaseView:
    """Show a case of the register or of the platform; see `bot.services.cases.cases.find_case`.

    Whoever has not proven a case is told the same, and after the same calls, whether the register
    has it, the platform has it, or nobody does.
    """
    found = _without_asking(unit_of_work, asked, calendar, platform)
    if isinstance(found, CaseView):
        return found
    if found is not None:
        return _refreshed(unit_of_work, asked, calendar, platform, found)
    return _proven_there(unit_of_work, asked, calendar, platform)


def _without_asking(
    unit_of_work: OpenUnitOfWork, asked: Question, calendar: WorkingCalendar, platform: Platform
) -> CaseView | str | None:
    """Return what can be shown at once, the grant of a copy that is too old, or None."""
    with unit_of_work() as uow:
        case = uow.cases.by_number(asked.number)
        if case and uow.cases.is_granted(case.id, asked.conversation_id):
            return _fresh(uow, case, asked, calendar, platform)
        if asked.credential is None:
            raise CredentialNeeded
        until = _locked_until(uow, asked)
        if until is not None:
            raise TooManyTries(until)
        if case and not platform.is_first and proves_register(case, asked.credential):
            uow.cases.grant(case.id, asked.conversation_id, asked.now)
            return shown(uow, case, asked, calendar)
        return None


def _fresh(
    uow: UnitOfWork, case: Case, asked: Question, calendar: WorkingCalendar, platform: Platform
) -> CaseView | str:
    as_of = known_as_of(uow, case)
    if case.source is CaseSource.REGISTER or as_of is None:
        return shown(uow, case, asked, calendar)
    if asked.now - as_of <= platform.fresh_for:
        return shown(uow, case, asked, calendar)
    copy = uow.platform.copy_of(case.id)
    assert copy is not None
    return copy.grant


def _refreshed(
    unit_of_work: OpenUnitOfWork,
    asked: Question,
    calendar: WorkingCalendar,
    platform: Platform,
    grant: str,
) -> CaseView:
    """Return a newer copy, or the old one with its age and the reason."""
    trouble: Trouble | None = None
    told = None
    try:
        told = platform.client.refresh(asked.number, grant, within_s=platform.within_s)
    except PlatformTrouble as error:
        trouble = error.trouble
    except (GrantRefused, UnknownToPlatform):
        trouble = Trouble.REFUSED
    with unit_of_work() as uow:
        if told is not None:
            mirror_case(_mirror(uow, platform, asked.now), told)
        elif trouble is not Trouble.REFUSED:
            uow.platform.ask_later(_ask(asked, ""), asked.now + ASKS_LIVE)
        case = uow.cases.by_number(asked.number)
        assert case is not None
        return shown(uow, case, asked, calendar, trouble)


def _proven_there(
    unit_of_work: OpenUnitOfWork, asked: Question, calendar: WorkingCalendar, platform: Platform
) -> CaseView:
    """Let the platform say whose the case is, and the register too when the platform does not."""
    assert asked.credential is not None
    trouble: Trouble | None = None
    told = None
    try:
        told = platform.client.find(asked.number, asked.credential, within_s=platform.within_s)
    except PlatformTrouble as error:
        trouble = error.trouble
    except UnknownToPlatform:
        pass
    with unit_of_work() as uow:
        until = _locked_until(uow, asked)
        if until is not None:
            # others have guessed at this number while the platform was being asked
            raise TooManyTries(until)
        view = settle(uow, asked, calendar, platform, told)
        if view is not None:
            return view
        if trouble is None:
            refusal: BotError | None = try_proof(uow, asked, is_proven=False)
        else:
            # the same proof said again while it waits is no further try
            is_new = uow.platform.ask_later(_ask(asked, asked.credential), asked.now + ASKS_LIVE)
            try_proof(uow, asked, is_proven=not is_new)
            refusal = PlatformPending(trouble)
    # outside the transaction, which has to keep the failed try
    assert refusal is not None
    raise refusal


def _locked_until(uow: UnitOfWork, asked: Question) -> datetime | None:
    """Return the end of a lock; until the transaction ends nobody else tries this number."""
    return locked_until(
        uow, conversation_id=asked.conversation_id, number=asked.number, now=asked.now
    )


def settle(
    uow: UnitOfWork,
    asked: Question,
    calendar: WorkingCalendar,
    platform: Platform,
    told: PlatformCase | None,
) -> CaseView | None:
    """Open the case to its applicant if the platform or the register says that it is theirs.

    Args:
        uow: The caller's transaction.
        asked: Who asks for what.
        calendar: For the clock of the case.
        platform: How it is used.
        told: What the platform told, None when it does not know the case or gave no answer.
    """
    case = None
    if told is not None:
        try:
            case = mirror_case(_mirror(uow, platform, asked.now), told)
        except NumberOfRegister:
            case = None
    if case is None:
        case = uow.cases.by_number(asked.number)
        if case is None or not proves_register(case, asked.credential or ""):
            return None
    uow.cases.grant(case.id, asked.conversation_id, asked.now)
    return shown(uow, case, asked, calendar)


def _mirror(uow: UnitOfWork, platform: Platform, now: datetime) -> Mirror:
    return Mirror(uow, platform.catalogue, now, platform.is_first)


def _ask(asked: Question, proof: str) -> Ask:
    return Ask(0, asked.conversation_id, asked.number, proof, asked.now)
