"""One transaction over all repositories; opened by use cases, never by callers of use cases."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cached_property

from sqlalchemy.engine import Connection, Engine

from bot.store.applications import ApplicationRepository
from bot.store.assistances import AssistanceRepository
from bot.store.audit import AuditRepository
from bot.store.booking_clock import BookingClockRepository
from bot.store.booking_holds import BookingHoldRepository, BookingWaitRepository
from bot.store.bookings import BookingRepository
from bot.store.case_clocks import CaseClockRepository
from bot.store.case_imports import CaseImportRepository
from bot.store.case_lists import CaseListRepository
from bot.store.case_notices import CaseNoticeRepository
from bot.store.case_urges import CaseUrgeRepository
from bot.store.cases import CaseRepository
from bot.store.chat_files import ChatFileRepository
from bot.store.city_logins import CityLoginRepository
from bot.store.consents import ConsentRepository
from bot.store.conversations import ConversationRepository
from bot.store.cursors import CursorRepository
from bot.store.deliveries import DeliveryRepository
from bot.store.desk import DeskRepository
from bot.store.desk_lists import DeskListRepository
from bot.store.desk_notes import DeskNoteRepository
from bot.store.desk_search import DeskSearchRepository
from bot.store.desk_work import DeskWorkRepository
from bot.store.engine import SQLITE_BUSY_TIMEOUT_MS, reading
from bot.store.erasures import ErasureRepository
from bot.store.feedback import FeedbackRepository
from bot.store.freezes import FreezeRepository
from bot.store.helpers import HelperRepository
from bot.store.hot import HotRepository
from bot.store.kf_accounts import KfAccountRepository
from bot.store.learning import MisunderstoodRepository
from bot.store.learning_jobs import LearningJobRepository
from bot.store.lessons import LessonRepository
from bot.store.links import LinkRepository
from bot.store.model_choices import ModelRepository
from bot.store.numbers import IdentityTryRepository, NumberRepository
from bot.store.open_unit import OpenRepositories
from bot.store.outgoing_events import OutgoingRepository
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
from bot.store.platform import PlatformRepository
from bot.store.policy_repositories import PolicyRepositories
from bot.store.quotas import QuotaRepository
from bot.store.retention import RetentionRepository
from bot.store.routing import RoutingRepository
from bot.store.second_factors import SecondFactorRepository
from bot.store.service_settings import ServiceSettingRepository
from bot.store.signatures import SigningRepository
from bot.store.store_secrets import NO_SECRETS, StoreSecrets
from bot.store.ticket_clocks import TicketClockRepository
from bot.store.ticket_files import TicketFileRepository
from bot.store.ticket_lists import TicketListRepository
from bot.store.ticket_notices import TicketNoticeRepository
from bot.store.tickets import TicketRepository
from bot.store.tokens import TokenRepository
from bot.store.turns import TurnRepository
from bot.store.unit_watching import WatchingUnit
from bot.store.whistle_rules import WhistleSettingsRepository
from bot.store.write_queue import WriteQueue


class SqlUnitOfWork(PolicyRepositories, WatchingUnit, OpenRepositories):
    """Repositories on one open transaction."""

    def __init__(self, connection: Connection, secrets: StoreSecrets) -> None:
        super().__init__(connection)
        self._secrets = secrets

    def flush(self) -> None:
        """Write what waits for the end of the transaction."""
        self.audit.flush()

    def apart(self) -> AbstractContextManager[object]:
        """Undo what is done in the block, and no more, when it raises."""
        return self._connection.begin_nested()

    @cached_property
    def audit(self) -> AuditRepository:
        """The audit log."""
        return AuditRepository(self._connection, self._secrets.audit_keys)

    @cached_property
    def second_factors(self) -> SecondFactorRepository:
        """Codes asked for at the login."""
        return SecondFactorRepository(self._connection, self._secrets.box)

    @cached_property
    def city_logins(self) -> CityLoginRepository:
        """A city's own sign-in."""
        return CityLoginRepository(self._connection)

    @cached_property
    def conversations(self) -> ConversationRepository:
        """Conversations and their messages."""
        return ConversationRepository(self._connection)

    @cached_property
    def outgoing(self) -> OutgoingRepository:
        """Events for a city's data platform."""
        return OutgoingRepository(self._connection)

    @cached_property
    def desk(self) -> DeskRepository:
        """The queue, claims and hand-overs."""
        return DeskRepository(self._connection)

    @cached_property
    def desk_work(self) -> DeskWorkRepository:
        """Threads, presence and queues."""
        return DeskWorkRepository(self._connection)

    @cached_property
    def desk_lists(self) -> DeskListRepository:
        """The desk's lists and histories."""
        return DeskListRepository(self._connection)

    @cached_property
    def desk_notes(self) -> DeskNoteRepository:
        """Notes, canned replies, filters, files."""
        return DeskNoteRepository(self._connection)

    @cached_property
    def desk_search(self) -> DeskSearchRepository:
        """The search index of the desk."""
        return DeskSearchRepository(self._connection)

    @cached_property
    def people(self) -> PeopleRepository:
        """Staff accounts, sessions, presence, audit."""
        return PeopleRepository(self._connection, self.audit)

    @cached_property
    def chat_files(self) -> ChatFileRepository:
        """Files that people handed in on our own pages."""
        return ChatFileRepository(self._connection)

    @cached_property
    def links(self) -> LinkRepository:
        """Which conversations are one person's."""
        return LinkRepository(self._connection)

    @cached_property
    def consents(self) -> ConsentRepository:
        """What people agreed to."""
        return ConsentRepository(self._connection)

    @cached_property
    def erasures(self) -> ErasureRepository:
        """Deletion of what is there of a person."""
        return ErasureRepository(self._connection)

    @cached_property
    def retention(self) -> RetentionRepository:
        """What has been kept long enough."""
        return RetentionRepository(self._connection)

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
    def platform(self) -> PlatformRepository:
        """Copies of the approval platform's cases."""
        return PlatformRepository(self._connection)

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
    def ticket_clocks(self) -> TicketClockRepository:
        """Clocks of whistle tickets."""
        return TicketClockRepository(self._connection)

    @cached_property
    def ticket_lists(self) -> TicketListRepository:
        """Lists of whistle tickets."""
        return TicketListRepository(self._connection)

    @cached_property
    def ticket_notices(self) -> TicketNoticeRepository:
        """News of whistle tickets to be told."""
        return TicketNoticeRepository(self._connection)

    @cached_property
    def ticket_files(self) -> TicketFileRepository:
        """Files and secret links of whistle tickets."""
        return TicketFileRepository(self._connection)

    @cached_property
    def whistle_settings(self) -> WhistleSettingsRepository:
        """The operator's rules of the whistle."""
        return WhistleSettingsRepository(self._connection)

    @cached_property
    def feedback(self) -> FeedbackRepository:
        """Complaints and suggestions."""
        return FeedbackRepository(self._connection)

    @cached_property
    def routing(self) -> RoutingRepository:
        """Proposals of departments and what was decided."""
        return RoutingRepository(self._connection)

    @cached_property
    def hot(self) -> HotRepository:
        """Hot issues."""
        return HotRepository(self._connection)

    @cached_property
    def service_settings(self) -> ServiceSettingRepository:
        """Halls, slot rules, office hours."""
        return ServiceSettingRepository(self._connection)

    @cached_property
    def bookings(self) -> BookingRepository:
        """Booked helpers and their places."""
        return BookingRepository(self._connection)

    @cached_property
    def booking_holds(self) -> BookingHoldRepository:
        """Slots kept for somebody who decides."""
        return BookingHoldRepository(self._connection)

    @cached_property
    def booking_waits(self) -> BookingWaitRepository:
        """The waiting list of bookings."""
        return BookingWaitRepository(self._connection)

    @cached_property
    def booking_clock(self) -> BookingClockRepository:
        """Reminders of bookings."""
        return BookingClockRepository(self._connection)

    @cached_property
    def helpers(self) -> HelperRepository:
        """What helpers do and when they are away."""
        return HelperRepository(self._connection)

    @cached_property
    def assistances(self) -> AssistanceRepository:
        """Helpers for a whole plan."""
        return AssistanceRepository(self._connection)

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
    def misunderstood(self) -> MisunderstoodRepository:
        """Messages that were not understood."""
        return MisunderstoodRepository(self._connection)

    @cached_property
    def lessons(self) -> LessonRepository:
        """What people decided about them."""
        return LessonRepository(self._connection)

    @cached_property
    def learning_jobs(self) -> LearningJobRepository:
        """Trainings and comparisons."""
        return LearningJobRepository(self._connection)

    @cached_property
    def models(self) -> ModelRepository:
        """Which model serves."""
        return ModelRepository(self._connection)

    @cached_property
    def turns(self) -> TurnRepository:
        """The inbox as work to be claimed."""
        return TurnRepository(self._connection)

    @cached_property
    def cursors(self) -> CursorRepository:
        """Where the fetching of each platform's news stands."""
        return CursorRepository(self._connection)

    @cached_property
    def quotas(self) -> QuotaRepository:
        """What platforms with a quota still allow."""
        return QuotaRepository(self._connection)

    @cached_property
    def tokens(self) -> TokenRepository:
        """Access tokens of platforms."""
        return TokenRepository(self._connection, self._secrets.box)

    @cached_property
    def kf_accounts(self) -> KfAccountRepository:
        """Accounts of 微信客服 and where their news stand."""
        return KfAccountRepository(self._connection)

    @cached_property
    def deliveries(self) -> DeliveryRepository:
        """The outbox of push channels."""
        return DeliveryRepository(self._connection)


def unit_of_work_factory(
    engine: Engine, secrets: StoreSecrets = NO_SECRETS
) -> Callable[[], AbstractContextManager[SqlUnitOfWork]]:
    """Return a function that opens a unit of work: commit at the end, roll back on an error."""
    queue = WriteQueue(SQLITE_BUSY_TIMEOUT_MS / 1000)
    turn = queue.turn if engine.dialect.name == "sqlite" else nullcontext

    @contextmanager
    def open_unit() -> Iterator[SqlUnitOfWork]:
        with turn(), engine.begin() as connection:
            unit = SqlUnitOfWork(connection, secrets)
            yield unit
            unit.flush()

    return open_unit


def reading_factory(
    engine: Engine, secrets: StoreSecrets = NO_SECRETS
) -> Callable[[], AbstractContextManager[SqlUnitOfWork]]:
    """Return a function that opens a unit of work which only reads, and waits for no writer.

    All its reads see one moment. A write in it is an error of the database.
    """
    readers = reading(engine)

    @contextmanager
    def open_unit() -> Iterator[SqlUnitOfWork]:
        with readers.begin() as connection:
            yield SqlUnitOfWork(connection, secrets)

    return open_unit
