"""One transaction over all repositories; opened by use cases, never by callers of use cases."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property

from sqlalchemy.engine import Connection, Engine

from bot.store.applications import ApplicationRepository
from bot.store.bookings import BookingRepository
from bot.store.case_clocks import CaseClockRepository
from bot.store.case_imports import CaseImportRepository
from bot.store.case_lists import CaseListRepository
from bot.store.case_notices import CaseNoticeRepository
from bot.store.case_urges import CaseUrgeRepository
from bot.store.cases import CaseRepository
from bot.store.conversations import ConversationRepository
from bot.store.cursors import CursorRepository
from bot.store.deliveries import DeliveryRepository
from bot.store.desk import DeskRepository
from bot.store.feedback import FeedbackRepository
from bot.store.freezes import FreezeRepository
from bot.store.incidents import IncidentRepository
from bot.store.numbers import IdentityTryRepository, NumberRepository
from bot.store.papers import (
    FailedLookupRepository,
    IssuedRepository,
    PlanFormRepository,
    ShortLinkRepository,
)
from bot.store.people import PeopleRepository
from bot.store.plan_lives import PlanLifeRepository
from bot.store.plan_readers import PlanReaderRepository
from bot.store.plans import PlanRepository
from bot.store.reviews import ReviewRepository
from bot.store.service_settings import ServiceSettingRepository
from bot.store.signatures import SigningRepository
from bot.store.tickets import TicketRepository
from bot.store.turns import TurnRepository


class SqlUnitOfWork:
    """Repositories on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @cached_property
    def conversations(self) -> ConversationRepository:
        """Conversations and their messages."""
        return ConversationRepository(self._connection)

    @cached_property
    def desk(self) -> DeskRepository:
        """The queue, claims and hand-overs."""
        return DeskRepository(self._connection)

    @cached_property
    def people(self) -> PeopleRepository:
        """Staff accounts, sessions, presence, audit."""
        return PeopleRepository(self._connection)

    @cached_property
    def numbers(self) -> NumberRepository:
        """Counters of the numbers people see."""
        return NumberRepository(self._connection)

    @cached_property
    def identity_tries(self) -> IdentityTryRepository:
        """Failed tries to prove whose something is."""
        return IdentityTryRepository(self._connection)

    @cached_property
    def cases(self) -> CaseRepository:
        """Cases, their steps, history and followers."""
        return CaseRepository(self._connection)

    @cached_property
    def case_clocks(self) -> CaseClockRepository:
        """Stored due dates of cases."""
        return CaseClockRepository(self._connection)

    @cached_property
    def case_notices(self) -> CaseNoticeRepository:
        """News of cases to be told."""
        return CaseNoticeRepository(self._connection)

    @cached_property
    def case_urges(self) -> CaseUrgeRepository:
        """Urges and their answers."""
        return CaseUrgeRepository(self._connection)

    @cached_property
    def case_lists(self) -> CaseListRepository:
        """Lists of cases."""
        return CaseListRepository(self._connection)

    @cached_property
    def case_imports(self) -> CaseImportRepository:
        """Bulk writes of cases."""
        return CaseImportRepository(self._connection)

    @cached_property
    def applications(self) -> ApplicationRepository:
        """Applications, their papers and notices of missing papers."""
        return ApplicationRepository(self._connection)

    @cached_property
    def freezes(self) -> FreezeRepository:
        """Frozen matters."""
        return FreezeRepository(self._connection)

    @cached_property
    def tickets(self) -> TicketRepository:
        """Whistle tickets."""
        return TicketRepository(self._connection)

    @cached_property
    def feedback(self) -> FeedbackRepository:
        """Complaints and suggestions."""
        return FeedbackRepository(self._connection)

    @cached_property
    def service_settings(self) -> ServiceSettingRepository:
        """Halls, slot rules, office hours."""
        return ServiceSettingRepository(self._connection)

    @cached_property
    def bookings(self) -> BookingRepository:
        """Booked helpers and their places."""
        return BookingRepository(self._connection)

    @cached_property
    def reviews(self) -> ReviewRepository:
        """Service reviews and rectification tasks."""
        return ReviewRepository(self._connection)

    @cached_property
    def plans(self) -> PlanRepository:
        """Saved plans."""
        return PlanRepository(self._connection)

    @cached_property
    def issued(self) -> IssuedRepository:
        """Documents given out."""
        return IssuedRepository(self._connection)

    @cached_property
    def short_links(self) -> ShortLinkRepository:
        """Short links to plans."""
        return ShortLinkRepository(self._connection)

    @cached_property
    def failed_lookups(self) -> FailedLookupRepository:
        """Codes and numbers that were tried and do not exist."""
        return FailedLookupRepository(self._connection)

    @cached_property
    def plan_forms(self) -> PlanFormRepository:
        """The filled single forms of plans."""
        return PlanFormRepository(self._connection)

    @cached_property
    def signing(self) -> SigningRepository:
        """Confirmations and signatures."""
        return SigningRepository(self._connection)

    @cached_property
    def plan_lives(self) -> PlanLifeRepository:
        """What changes about saved plans."""
        return PlanLifeRepository(self._connection)

    @cached_property
    def plan_readers(self) -> PlanReaderRepository:
        """Who sees a plan, and what is to be told to whom."""
        return PlanReaderRepository(self._connection)

    @cached_property
    def incidents(self) -> IncidentRepository:
        """What went wrong in actions."""
        return IncidentRepository(self._connection)

    @cached_property
    def turns(self) -> TurnRepository:
        """The inbox as work to be claimed."""
        return TurnRepository(self._connection)

    @cached_property
    def cursors(self) -> CursorRepository:
        """Where the fetching of each platform's news stands."""
        return CursorRepository(self._connection)

    @cached_property
    def deliveries(self) -> DeliveryRepository:
        """The outbox of push channels."""
        return DeliveryRepository(self._connection)


def unit_of_work_factory(engine: Engine) -> Callable[[], AbstractContextManager[SqlUnitOfWork]]:
    """Return a function that opens a unit of work: commit at the end, roll back on an error."""

    @contextmanager
    def open_unit() -> Iterator[SqlUnitOfWork]:
        with engine.begin() as connection:
            yield SqlUnitOfWork(connection)

    return open_unit
