"""Builds the application once; entry points call it, nothing is built at import time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy.engine import Engine

from bot.data_keys import data_keys
from bot.domain.case_rules import CaseRules
from bot.domain.catalogue import Catalogue
from bot.domain.errors import BotError
from bot.domain.hot import HotRules
from bot.domain.single_form import SingleForm
from bot.domain.ticket_clocks import WhistleRules
from bot.hub.clamd import Clamd
from bot.planner.calendar import WorkingCalendar
from bot.platform.signing import BadKeys, Keyring, read_keys
from bot.services.applications.form_checks import NameCheck, name_check
from bot.services.applications.papers import PaperWords
from bot.services.bookings.news import BookingTeller
from bot.services.conversations.known_talks import AtOnce
from bot.services.finding.goods_finder import GoodsFinder
from bot.services.finding.lookup import Lookup
from bot.services.finding.matter_resolver import MatterResolver
from bot.services.finding.question_finder import QuestionFinder
from bot.services.finding.record_lines import RecordLines
from bot.services.finding.second_reading import SecondReading
from bot.services.finding.service_finder import ServiceFinder
from bot.services.finding.shared_finder import SharedQuestionFinder
from bot.services.finding.term_finder import TermFinder
from bot.services.finding.told_trade import ToldTradeFinder
from bot.services.finding.told_wish import ToldWishFinder
from bot.services.finding.trade_finder import TradeFinder
from bot.services.papers.file_scan import NoScanner, Scanner
from bot.services.plans.life_events import LifeEvents
from bot.services.plans.mentions import StepWords
from bot.services.plans.news import PlanNewsTexts
from bot.services.plans.paper_kinds import PaperKinds
from bot.services.plans.project import PlanProject
from bot.services.plans.recipe import PlanComposer
from bot.services.plans.start_business import StartBusiness
from bot.services.platform.lookup import Platform
from bot.services.policies.finder import PolicyFinder
from bot.services.policies.library import PolicyLibrary
from bot.services.policies.meanings import PolicyMeanings
from bot.services.ports import Clock, OpenUnitOfWork
from bot.services.tickets.routing import Router
from bot.services.tickets.routing_model import RoutingModel
from bot.services.times.local_time import local_day
from bot.services.words.business import BusinessWords
from bot.services.words.dialogue import DialogueWords, dialogue_words
from bot.services.words.matter import MatterWords
from bot.services.words.project import ProjectWords
from bot.services.words.things_told import Things
from bot.settings import Settings
from bot.store.booking_texts import load_booking_texts
from bot.store.calendars import load_calendar
from bot.store.case_rules import load_case_rules
from bot.store.catalogue.loader import load_catalogue
from bot.store.catalogue.synonyms import load_synonyms
from bot.store.engine import open_engine
from bot.store.forms import load_forms
from bot.store.hot_rules import load_hot_rules
from bot.store.journeys import Journeys
from bot.store.learnt_words import with_learnt
from bot.store.matter_words import load_matter_words, load_policy_questions
from bot.store.one_journey import JourneyConnection
from bot.store.opening_stories import load_opening_stories
from bot.store.paper_kinds import load_paper_kinds, load_step_words
from bot.store.plan_news import load_plan_news, rules_fingerprint
from bot.store.routing_words import REVIEWED_FILE, load_reviewed, load_routing
from bot.store.store_secrets import StoreSecrets, store_secrets
from bot.store.unit_of_work import reading_factory, unit_of_work_factory
from bot.store.whistle_rules import load_whistle_rules


@dataclass(frozen=True)
class App:
    """Everything an entry point needs, built from one `Settings`."""

    settings: Settings
    engine: Engine
    unit_of_work: OpenUnitOfWork
    reading: OpenUnitOfWork
    now: Clock
    catalogue: Catalogue
    calendar: WorkingCalendar
    policy_library: PolicyLibrary
    lookup: Lookup
    matter_resolver: MatterResolver
    question_finder: QuestionFinder
    trade_finder: TradeFinder
    told_trades: ToldTradeFinder
    told_wishes: ToldWishFinder
    service_finder: ServiceFinder
    term_finder: TermFinder
    goods_finder: GoodsFinder
    shared_finder: SharedQuestionFinder
    second_reading: SecondReading
    policy_meanings: PolicyMeanings
    policy_finder: PolicyFinder
    record_lines: RecordLines
    start_business: StartBusiness
    plan_project: PlanProject
    life_events: LifeEvents
    plan_composer: PlanComposer
    plan_news: PlanNewsTexts
    paper_kinds: PaperKinds
    step_words: StepWords
    project_words: ProjectWords
    business_words: BusinessWords
    business_things: Things
    whistle_rules: WhistleRules
    router: Router
    hot_rules: HotRules
    case_rules: CaseRules
    dialogue_words: DialogueWords
    forms: Mapping[str, SingleForm]
    apply_words: PaperWords
    forbidden_word: NameCheck
    booking_teller: BookingTeller
    platform: Platform | None = None
    platform_keys: Keyring | None = None
    scanner: Scanner = field(default_factory=NoScanner)


def build(settings: Settings, now: Clock | None = None) -> App:
    """Build the application; opens no connection yet.

    Args:
        settings: Read once by the entry point.
        now: Another clock, for tests; the real one by default.

    Raises:
        BadCatalogue: The files of the catalogue are wrong; the message names files and lines.
        BadPlatformSetting, BadDataKeys, BadScannerAddress: A setting that cannot be used.
    """
    data, state, clock = settings.data_dir, settings.state_dir, now or utc_now
    engine, secrets = _database(settings)
    live, services, models = data / "live_plan", data / "services", data.parent / "models"
    catalogue = load_catalogue(data / "catalogue")
    calendar = load_calendar(data / "calendar", state / "calendar")
    journeys = _journeys(catalogue, calendar)
    wording, resolver, finder, missed = _matter_finders(catalogue, data, state)
    rules, today, keys = rules_fingerprint(data), local_day(clock()), platform_keys(settings)
    return App(
        settings=settings,
        engine=engine,
        unit_of_work=unit_of_work_factory(engine, secrets),
        reading=reading_factory(engine, secrets),
        now=clock,
        catalogue=catalogue,
        calendar=calendar,
        policy_library=PolicyLibrary(catalogue),
        lookup=Lookup(catalogue, load_synonyms(data / "lexicon" / "synonyms.yml")),
        matter_resolver=resolver,
        question_finder=finder,
        second_reading=missed,
        **_question_finders(catalogue, wording, models),
        policy_meanings=_policy_meanings(catalogue, data),
        policy_finder=_policy_finder(catalogue, wording, data),
        record_lines=RecordLines(models),
        **_trade_finders(catalogue, data),
        start_business=journeys[0],
        plan_project=journeys[1],
        life_events=journeys[2],
        plan_composer=PlanComposer(*journeys, catalogue, calendar, fingerprint=rules, today=today),
        plan_news=load_plan_news(live / "news.yml"),
        paper_kinds=load_paper_kinds(live / "papers.yml", catalogue),
        step_words=load_step_words(live / "steps.yml", catalogue),
        project_words=_yaml(data / "plan_project" / "words.yml"),
        **_business(data / "start_business"),
        whistle_rules=load_whistle_rules(services, catalogue),
        router=build_router(settings, catalogue),
        hot_rules=load_hot_rules(services / "hot.yml"),
        case_rules=load_case_rules(services),
        dialogue_words=_dialogue_words(data / "common"),
        forms=load_forms(data / "forms", catalogue),
        forbidden_word=name_check(catalogue),
        apply_words=_yaml(data / "apply" / "words.yml"),
        platform=platform_of(settings, keys, catalogue) if keys else None,
        platform_keys=keys,
        scanner=Clamd(settings.clamd) if settings.clamd else NoScanner(),
        booking_teller=BookingTeller(load_booking_texts(services / "booking_texts.yml"), catalogue),
    )


MESSAGE_CONNECTIONS = 12
"""Of a hub, for messages and answers: eight are answered at once."""


def message_transactions(app: App) -> OpenUnitOfWork | None:
    """Return what opens the transactions of a hub's messages and answers; None on SQLite.

    They have connections of their own, whose transactions cost fewer journeys.
    """
    settings, dialect = app.settings, app.engine.dialect
    if (dialect.name, dialect.driver) != ("postgresql", "psycopg2"):
        return None
    engine = open_engine(
        settings.database_url,
        data_keys(settings.data_keys, settings.state_dir),
        kept=MESSAGE_CONNECTIONS,
        more=0,
        made_by=JourneyConnection,
    )
    secrets = store_secrets(settings.audit_key, settings.secret_key, settings.state_dir)
    return unit_of_work_factory(engine, secrets)


def message_journeys(app: App) -> AtOnce | None:
    """Return what makes the transactions of one journey of a hub's messages; None on SQLite."""
    dialect = app.engine.dialect
    if (dialect.name, dialect.driver) != ("postgresql", "psycopg2"):
        return None
    return Journeys(app.engine)


def _journeys(
    catalogue: Catalogue, calendar: WorkingCalendar
) -> tuple[StartBusiness, PlanProject, LifeEvents]:
    return (
        StartBusiness(catalogue, calendar),
        PlanProject(catalogue, calendar),
        LifeEvents(catalogue, calendar),
    )


def _policy_finder(catalogue: Catalogue, words: MatterWords, data: Path) -> PolicyFinder:
    asked = load_policy_questions(data / "policy")
    return PolicyFinder(catalogue, asked, words, data.parent / "models")


def _policy_meanings(catalogue: Catalogue, data: Path) -> PolicyMeanings:
    wordings = _yaml(data / "policy" / "wordings.yml")
    return PolicyMeanings(catalogue, wordings, data.parent / "models")


def _question_finders(catalogue: Catalogue, wording: MatterWords, models: Path) -> dict[str, Any]:
    """Return what finds questions that belong to no single matter, by the names in `App`."""
    return {
        "service_finder": ServiceFinder(catalogue, wording, models),
        "shared_finder": SharedQuestionFinder(catalogue, wording, models),
        "term_finder": TermFinder(catalogue.terms.values()),
        "goods_finder": GoodsFinder(catalogue.goods.values()),
    }


def _trade_finders(catalogue: Catalogue, data: Path) -> dict[str, Any]:
    """Return what finds a trade by a word, and a wish and its trade in a story."""
    stories, models = load_opening_stories(data), data.parent / "models"
    return {
        "trade_finder": TradeFinder(catalogue, models),
        "told_trades": ToldTradeFinder(catalogue, stories.opens, models),
        "told_wishes": ToldWishFinder(stories.by_intent, models),
    }


def _business(folder: Path) -> dict[str, Any]:
    """Return the words of a new business, and the things it is asked for."""
    return {f"business_{name}": _yaml(folder / f"{name}.yml") for name in ("words", "things")}


def _yaml(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


class BadPlatformSetting(BotError):
    """The approval platform is set in part, or with a value out of range."""


LONGEST_PLATFORM_WAIT_S = 5.0


def platform_keys(settings: Settings) -> Keyring | None:
    """Return the keys of the approval platform, None where none is set.

    Raises:
        BadPlatformSetting: An address without keys, or keys that cannot be read.
    """
    if not settings.platform_url:
        return None
    try:
        return read_keys(settings.platform_keys, settings.platform_algorithm)
    except BadKeys as error:
        raise BadPlatformSetting(f"XIAOER_PLATFORM_KEYS, XIAOER_PLATFORM_ALGORITHM: {error}") from (
            error
        )


def platform_of(settings: Settings, keys: Keyring, catalogue: Catalogue) -> Platform:
    """Return the approval platform as the use cases need it; opens no connection yet.

    Raises:
        BadPlatformSetting: A wait above 5 s or none, or an address that is none.
    """
    if not 0 < settings.platform_wait_s <= LONGEST_PLATFORM_WAIT_S:
        raise BadPlatformSetting("XIAOER_PLATFORM_WAIT_S: expected more than 0 and at most 5")
    if settings.platform_poll_s <= 0 or settings.platform_fresh_s < 0:
        raise BadPlatformSetting("XIAOER_PLATFORM_POLL_S, XIAOER_PLATFORM_FRESH_S: too small")
    # who has no platform needs none of its libraries, and starts sooner
    from bot.platform.client import BadPlatformAddress, HttpPlatform  # noqa: PLC0415 - see above

    try:
        client = HttpPlatform(settings.platform_url, keys, ca_file=settings.platform_ca)
    except BadPlatformAddress as error:
        raise BadPlatformSetting(str(error)) from error
    return Platform(
        client=client,
        catalogue=catalogue,
        is_first=settings.platform_first,
        fresh_for=timedelta(seconds=settings.platform_fresh_s),
        within_s=settings.platform_wait_s,
    )


def build_router(settings: Settings, catalogue: Catalogue) -> Router:
    """Build what proposes departments; its model is read or trained at first use.

    Raises:
        BadRoutingData: A file of `data/routing`, or of reviewed decisions, is wrong.
    """
    reviewed = load_reviewed(settings.state_dir / REVIEWED_FILE)
    categories = load_routing(settings.data_dir / "routing", catalogue)
    model = RoutingModel(categories, reviewed, settings.data_dir.parent / "models")
    return Router(catalogue, model, reviewed)


def _database(settings: Settings) -> tuple[Engine, StoreSecrets]:
    """Return the database, not yet connected to, and the keys of what is kept in it."""
    keys, state = data_keys(settings.data_keys, settings.state_dir), settings.state_dir
    secrets = store_secrets(settings.audit_key, settings.secret_key, state)
    return open_engine(settings.database_url, keys), secrets


def _matter_finders(
    catalogue: Catalogue, data: Path, state: Path
) -> tuple[MatterWords, MatterResolver, QuestionFinder, SecondReading]:
    """Return the wordings, and what finds matters, their questions, and a question missed."""
    wording = with_learnt(load_matter_words(data / "matters"), state, catalogue)
    resolver = MatterResolver(catalogue, wording, data.parent / "models")
    of_policies = load_policy_questions(data / "policy").first
    finder = QuestionFinder(catalogue, wording, data.parent / "models", of_policies)
    weights = _yaml(data / "common" / "second_reading.yml")
    return wording, resolver, finder, SecondReading(catalogue, resolver, finder, weights)


def _dialogue_words(folder: Path) -> DialogueWords:
    names = ("words.yml", "danger.yml", "asides.yml", "contexts.yml")
    return dialogue_words(*(_yaml(folder / name) for name in names))


def utc_now() -> datetime:
    """Return the real time; the only place that asks for it."""
    return datetime.now(timezone.utc)  # noqa: TID251 - the clock that everyone else is given
