"""What every page of the desk needs, built once by `bot.desk.routes`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.requests import Request

from bot.desk import formats
from bot.desk.fragments import Fragments
from bot.desk.learning_room import LearningRoom
from bot.desk.navigation import entries_for
from bot.domain.case_rules import CaseRules
from bot.domain.catalogue import Catalogue
from bot.domain.handovers import DeskTexts, DeskVocabulary
from bot.domain.hot import HotRules
from bot.domain.permissions import Permission, Role
from bot.domain.single_form import SingleForm
from bot.domain.switches import SwitchTexts
from bot.domain.ticket_clocks import WhistleRules
from bot.hub.wakeups import DESK, OUTBOX, WORK, Wakeups, agent_topic, conversation_topic
from bot.planner.calendar import WorkingCalendar
from bot.services.accounts.accounts import Passwords
from bot.services.accounts.words import AccountWords
from bot.services.applications.texts import ApplicationTexts
from bot.services.bookings.news import BookingTeller
from bot.services.feedback.desk import FeedbackNews
from bot.services.finding.lookup import Lookup
from bot.services.papers.file_scan import Scanner
from bot.services.plans.recipe import PlanComposer
from bot.services.ports import Clock, OpenUnitOfWork
from bot.services.privacy.masking import mask_name, mask_phone
from bot.services.privacy.personal_names import without_person, without_told
from bot.services.tickets.routing import Router
from bot.services.tickets.similar_open import SimilarOpen

if TYPE_CHECKING:
    from bot.desk.city import CitySignIn

HERE = Path(__file__).parent
COOKIE = "xiaoer_desk"


@dataclass(frozen=True)
class Desk:
    """Everything the desk's routes share."""

    unit_of_work: OpenUnitOfWork
    reading: OpenUnitOfWork
    now: Clock
    texts: DeskTexts
    vocabulary: DeskVocabulary
    passwords: Passwords
    wakeups: Wakeups | None
    templates: Environment
    is_secure: bool
    base_url: str
    beat_every_s: float
    catalogue: Catalogue
    calendar: WorkingCalendar
    case_rules: CaseRules
    whistle_rules: WhistleRules
    forms: Mapping[str, SingleForm]
    application_texts: ApplicationTexts
    router: Router
    similar: SimilarOpen
    hot_rules: HotRules
    second_factor_roles: frozenset[Role]
    city: "CitySignIn | None"
    words: AccountWords
    loaded_years: Path
    booking_teller: BookingTeller
    plan_composer: PlanComposer
    lookup: Lookup
    feedback_news: FeedbackNews
    fragments: Fragments
    learning: LearningRoom
    switch_texts: SwitchTexts
    scanner: Scanner

    def bells(self, request: Request) -> Wakeups:
        """Return the wake-ups given at the start, else those of the running hub."""
        if self.wakeups is not None:
            return self.wakeups
        found: Wakeups = request.app.state.hub.wakeups
        return found

    def wake(self, request: Request, conversation_id: str | None = None) -> None:
        """Tell every open desk; on a conversation's address the applicant's page and the worker."""
        self.fragments.spoil()
        conversation_id = conversation_id or request.path_params.get("conversation_id")
        topics = [DESK]
        if conversation_id is not None:
            topics += [conversation_topic(conversation_id), WORK, OUTBOX]
        self.bells(request).ring(*topics)

    def wake_own(self, request: Request, agent_id: int) -> None:
        """Tell the agent's desk, the applicant's page and the worker: no other list changes."""
        conversation_id = request.path_params["conversation_id"]
        self.bells(request).ring(
            agent_topic(agent_id), conversation_topic(conversation_id), WORK, OUTBOX
        )


def open_templates() -> Environment:
    """Return the page templates; everything put into them is escaped."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["bar_entries"] = entries_for
    environment.globals["demo_note"] = str  # says nothing; `bot.desk.routes` puts the real one
    environment.globals["duties"] = tuple  # none; `bot.desk.routes` puts the real ones
    environment.filters["date"] = formats.date_text
    environment.filters["date_of"] = formats.date_of
    environment.filters["moment"] = formats.moment
    environment.filters["clock"] = formats.clock
    environment.filters["day"] = formats.day
    environment.filters["waited"] = formats.waited
    environment.filters["length_of"] = formats.length_of
    environment.filters["iso"] = formats.iso
    environment.filters["href"] = formats.href
    environment.filters["masked"] = mask_name
    environment.filters["masked_phone"] = mask_phone
    environment.filters["without_numbers"] = without_told
    environment.filters["unnamed"] = without_person
    environment.globals["P"] = Permission
    return environment
