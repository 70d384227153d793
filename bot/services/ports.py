"""What the use cases need from the outside world.

Every repository is a Protocol in the module of its area (`bot/services/<area>_ports.py`); this
module only puts them together, so that a use case can name what it needs in one place.
"""

from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Protocol

from bot.services.accounts.audit_ports import AuditStore
from bot.services.accounts.people_ports import PeopleStore
from bot.services.accounts.sign_in_ports import CityLoginStore, SecondFactorStore
from bot.services.applications.ports import ApplicationStore
from bot.services.bookings.ports import (
    AssistanceStore,
    BookingClockStore,
    BookingHoldStore,
    BookingStore,
    BookingWaitStore,
    HelperStore,
)
from bot.services.cases.casework_ports import (
    CaseStore,
    FeedbackStore,
    IdentityTryStore,
    NumberStore,
)
from bot.services.cases.ports import (
    CaseClockStore,
    CaseImportStore,
    CaseListStore,
    CaseNoticeStore,
    CaseUrgeStore,
)
from bot.services.conversations.channel_ports import KfAccountStore, QuotaStore, TokenStore
from bot.services.conversations.link_ports import LinkStore
from bot.services.conversations.outgoing_ports import OutgoingStore
from bot.services.conversations.ports import (
    ConversationStore,
    CursorStore,
    DeliveryStore,
    TurnStore,
)
from bot.services.desk.demo_ports import DemoStore
from bot.services.desk.list_ports import DeskListStore
from bot.services.desk.note_ports import DeskNoteStore
from bot.services.desk.oversight_ports import (
    BoardStore,
    ChallengeStore,
    QualityStore,
    ReportStore,
    TalkCountStore,
)
from bot.services.desk.ports import DeskStore
from bot.services.desk.search_ports import DeskSearchStore
from bot.services.desk.work_ports import DeskWorkStore
from bot.services.feedback.ports import FeedbackDeskStore, PublicationStore
from bot.services.learning.fact_check_ports import FactCheckStore
from bot.services.learning.model_ports import LearningJobStore, ModelStore
from bot.services.learning.ports import LessonStore, MisunderstoodStore
from bot.services.meetings.ports import MeetingChatStore, MeetingStore
from bot.services.operating.figures_ports import FiguresStore
from bot.services.operating.freeze_ports import FreezeStore
from bot.services.operating.incident_ports import IncidentStore
from bot.services.operating.open_ports import OpenCountStore, OpenSourceStore
from bot.services.operating.switches_ports import SwitchStore
from bot.services.papers.ports import (
    FailedLookupStore,
    IssuedStore,
    PlanFormStore,
    ShortLinkStore,
    SigningStore,
)
from bot.services.plans.life_ports import PlanLifeStore, PlanReaderStore
from bot.services.platform.ports import PlatformStore
from bot.services.policies.ports import PolicyPackageStore, PolicyWatchStore
from bot.services.privacy.ports import ChatFileStore, ConsentStore, ErasureStore, RetentionStore
from bot.services.reviews.inspection_ports import InspectionStore
from bot.services.reviews.ports import ReviewCodeStore
from bot.services.services_ports import PlanStore, ReviewStore, ServiceSettingStore
from bot.services.tickets.ports import (
    TicketClockStore,
    TicketFileStore,
    TicketListStore,
    TicketNoticeStore,
    TicketStore,
    WhistleSettingsStore,
)
from bot.services.tickets.routing_ports import HotStore, RoutingStore


class UnitOfWork(Protocol):
    """One open transaction over all repositories."""

    def apart(self) -> AbstractContextManager[object]:
        """Undo what is done in the block, and no more, when it raises."""

    @property
    def conversations(self) -> ConversationStore:
        """Conversations and their messages."""

    @property
    def turns(self) -> TurnStore:
        """The inbox as work to be claimed."""

    @property
    def misunderstood(self) -> MisunderstoodStore:
        """Messages that were not understood."""

    @property
    def lessons(self) -> LessonStore:
        """What people decided about them."""

    @property
    def learning_jobs(self) -> LearningJobStore:
        """Trainings and comparisons."""

    @property
    def models(self) -> ModelStore:
        """Which model serves."""

    @property
    def deliveries(self) -> DeliveryStore:
        """The outbox of push channels."""

    @property
    def cursors(self) -> CursorStore:
        """Where the fetching of each platform's news stands."""

    @property
    def outgoing(self) -> OutgoingStore:
        """Events for a city's data platform."""

    @property
    def quotas(self) -> QuotaStore:
        """What platforms with a quota still allow."""

    @property
    def tokens(self) -> TokenStore:
        """Access tokens of platforms."""

    @property
    def kf_accounts(self) -> KfAccountStore:
        """Accounts of 微信客服 and where their news stand."""

    @property
    def desk(self) -> DeskStore:
        """The queue, claims and hand-overs."""

    @property
    def desk_work(self) -> DeskWorkStore:
        """Threads, presence and queues."""

    @property
    def desk_lists(self) -> DeskListStore:
        """The desk's lists and histories."""

    @property
    def desk_notes(self) -> DeskNoteStore:
        """Notes, canned replies, filters, files."""

    @property
    def desk_search(self) -> DeskSearchStore:
        """The search index of the desk."""

    @property
    def people(self) -> PeopleStore:
        """Staff accounts, sessions, presence, audit."""

    @property
    def audit(self) -> AuditStore:
        """The audit log."""

    @property
    def fact_checks(self) -> FactCheckStore:
        """Checks of the catalogue's facts."""

    @property
    def talk_counts(self) -> TalkCountStore:
        """Conversations counted by day."""

    @property
    def reports(self) -> ReportStore:
        """What reports read."""

    @property
    def quality(self) -> QualityStore:
        """Ended conversations and their quality marks."""

    @property
    def challenges(self) -> ChallengeStore:
        """Challenged answers."""

    @property
    def board(self) -> BoardStore:
        """The supervisor's board."""

    @property
    def switches(self) -> SwitchStore:
        """What is out of use."""

    @property
    def demo(self) -> DemoStore:
        """Whether everything here is made up."""

    @property
    def figures(self) -> FiguresStore:
        """What is watched."""

    @property
    def second_factors(self) -> SecondFactorStore:
        """Codes asked for at the login."""

    @property
    def city_logins(self) -> CityLoginStore:
        """A city's own sign-in."""

    @property
    def chat_files(self) -> ChatFileStore:
        """Files that people handed in on our own pages."""

    @property
    def links(self) -> LinkStore:
        """Which conversations are one person's."""

    @property
    def consents(self) -> ConsentStore:
        """What people agreed to."""

    @property
    def erasures(self) -> ErasureStore:
        """Deletion of what is there of a person."""

    @property
    def retention(self) -> RetentionStore:
        """What has been kept long enough."""

    @property
    def numbers(self) -> NumberStore:
        """Counters of the numbers people see."""

    @property
    def identity_tries(self) -> IdentityTryStore:
        """Failed tries to prove whose something is."""

    @property
    def cases(self) -> CaseStore:
        """Cases, their steps, history and followers."""

    @property
    def case_clocks(self) -> CaseClockStore:
        """Stored due dates of cases."""

    @property
    def case_notices(self) -> CaseNoticeStore:
        """News of cases to be told."""

    @property
    def case_urges(self) -> CaseUrgeStore:
        """Urges and their answers."""

    @property
    def case_lists(self) -> CaseListStore:
        """Lists of cases."""

    @property
    def case_imports(self) -> CaseImportStore:
        """Bulk writes of cases."""

    @property
    def platform(self) -> PlatformStore:
        """Copies of the approval platform's cases."""

    @property
    def applications(self) -> ApplicationStore:
        """Applications, their papers and notices of missing papers."""

    @property
    def freezes(self) -> FreezeStore:
        """Frozen matters."""

    @property
    def tickets(self) -> TicketStore:
        """Whistle tickets."""

    @property
    def ticket_clocks(self) -> TicketClockStore:
        """Clocks of whistle tickets."""

    @property
    def ticket_lists(self) -> TicketListStore:
        """Lists of whistle tickets."""

    @property
    def ticket_notices(self) -> TicketNoticeStore:
        """News of whistle tickets to be told."""

    @property
    def ticket_files(self) -> TicketFileStore:
        """Files and secret links of whistle tickets."""

    @property
    def whistle_settings(self) -> WhistleSettingsStore:
        """The operator's rules of the whistle."""

    @property
    def feedback(self) -> FeedbackStore:
        """Complaints and suggestions."""

    @property
    def routing(self) -> RoutingStore:
        """Proposals of departments and what was decided."""

    @property
    def hot(self) -> HotStore:
        """Hot issues."""

    @property
    def service_settings(self) -> ServiceSettingStore:
        """Halls, slot rules, office hours."""

    @property
    def bookings(self) -> BookingStore:
        """Booked helpers and their places."""

    @property
    def booking_holds(self) -> BookingHoldStore:
        """Slots kept for somebody who decides."""

    @property
    def booking_waits(self) -> BookingWaitStore:
        """The waiting list of bookings."""

    @property
    def booking_clock(self) -> BookingClockStore:
        """Reminders of bookings."""

    @property
    def helpers(self) -> HelperStore:
        """What helpers do and when they are away."""

    @property
    def assistances(self) -> AssistanceStore:
        """Helpers for a whole plan."""

    @property
    def reviews(self) -> ReviewStore:
        """Service reviews and rectification tasks."""

    @property
    def review_codes(self) -> ReviewCodeStore:
        """Codes to review a service with, and invitations."""

    @property
    def inspections(self) -> InspectionStore:
        """Samples that third parties draw, and what they found."""

    @property
    def meetings(self) -> MeetingStore:
        """Talks with business."""

    @property
    def meeting_chat(self) -> MeetingChatStore:
        """Talks with business in the chat."""

    @property
    def plans(self) -> PlanStore:
        """Saved plans."""

    @property
    def issued(self) -> IssuedStore:
        """Documents given out."""

    @property
    def short_links(self) -> ShortLinkStore:
        """Short links to plans."""

    @property
    def failed_lookups(self) -> FailedLookupStore:
        """Codes and numbers that were tried and do not exist."""

    @property
    def plan_forms(self) -> PlanFormStore:
        """The filled single forms of plans."""

    @property
    def signing(self) -> SigningStore:
        """Confirmations and signatures."""

    @property
    def feedback_desk(self) -> FeedbackDeskStore:
        """Complaints and suggestions as staff work on them."""

    @property
    def publications(self) -> PublicationStore:
        """What of complaints and suggestions everybody may read."""

    @property
    def open_counts(self) -> OpenCountStore:
        """Counts behind the open statistics."""

    @property
    def open_sources(self) -> OpenSourceStore:
        """What the open statistics count."""

    @property
    def plan_lives(self) -> PlanLifeStore:
        """What changes about saved plans."""

    @property
    def plan_readers(self) -> PlanReaderStore:
        """Who sees a plan, and what is to be told to whom."""

    @property
    def policy_packages(self) -> PolicyPackageStore:
        """Packages of policies under links."""

    @property
    def policy_watch(self) -> PolicyWatchStore:
        """The watch on policies."""

    @property
    def incidents(self) -> IncidentStore:
        """What went wrong in actions."""


class OpenUnitOfWork(Protocol):
    """Opens a transaction: commits at the end of the block, rolls back on an error."""

    def __call__(self) -> AbstractContextManager[UnitOfWork]:
        """Open one."""


def within(unit: UnitOfWork) -> OpenUnitOfWork:
    """Let use cases that would open a transaction each work in one that is open already."""
    return lambda: nullcontext(unit)


class Clock(Protocol):
    """Tells the time; aware, UTC."""

    def __call__(self) -> datetime:
        """Return now."""
