"""Builds the application once; entry points call it, nothing is built at import time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

import yaml
from sqlalchemy.engine import Engine

from bot.domain.case_rules import CaseRules
from bot.domain.catalogue import Catalogue
from bot.domain.single_form import SingleForm
from bot.domain.tickets import WhistleRules
from bot.planner.calendar import WorkingCalendar
from bot.services.application_papers import PaperWords
from bot.services.booking_news import BookingTeller
from bot.services.business_words import BusinessWords
from bot.services.dialogue_words import DialogueWords, dialogue_words
from bot.services.form_checks import NameCheck, name_check
from bot.services.life_events import LifeEvents
from bot.services.local_time import local_day
from bot.services.lookup import Lookup
from bot.services.matter_resolver import MatterResolver
from bot.services.plan_mentions import StepWords
from bot.services.plan_news import PlanNewsTexts
from bot.services.plan_paper_kinds import PaperKinds
from bot.services.plan_project import PlanProject
from bot.services.plan_recipe import PlanComposer
from bot.services.ports import Clock, OpenUnitOfWork
from bot.services.project_words import ProjectWords
from bot.services.start_business import StartBusiness
from bot.settings import Settings
from bot.store.booking_texts import load_booking_texts
from bot.store.calendars import load_calendar
from bot.store.case_rules import load_case_rules
from bot.store.catalogue.loader import load_catalogue
from bot.store.catalogue.synonyms import load_synonyms
from bot.store.engine import open_engine
from bot.store.forms import load_forms
from bot.store.matter_words import load_matter_words
from bot.store.paper_kinds import load_paper_kinds, load_step_words
from bot.store.plan_news import load_plan_news, rules_fingerprint
from bot.store.unit_of_work import unit_of_work_factory
from bot.store.whistle_rules import load_whistle_rules


@dataclass(frozen=True)
class App:
    """Everything an entry point needs, built from one `Settings`."""

    settings: Settings
    engine: Engine
    unit_of_work: OpenUnitOfWork
    now: Clock
    catalogue: Catalogue
    calendar: WorkingCalendar
    lookup: Lookup
    matter_resolver: MatterResolver
    start_business: StartBusiness
    plan_project: PlanProject
    life_events: LifeEvents
    plan_composer: PlanComposer
    plan_news: PlanNewsTexts
    paper_kinds: PaperKinds
    step_words: StepWords
    project_words: ProjectWords
    business_words: BusinessWords
    whistle_rules: WhistleRules
    case_rules: CaseRules
    dialogue_words: DialogueWords
    forms: Mapping[str, SingleForm]
    apply_words: PaperWords
    forbidden_word: NameCheck
    booking_teller: BookingTeller


def build(settings: Settings, now: Clock | None = None) -> App:
    """Build the application; opens no connection yet.

    Args:
        settings: Read once by the entry point.
        now: Another clock, for tests; the real one by default.

    Raises:
        BadCatalogue: The files of the catalogue are wrong; the message names files and lines.
    """
    engine = open_engine(settings.database_url)
    catalogue = load_catalogue(settings.data_dir / "catalogue")
    calendar = load_calendar(settings.data_dir / "calendar")
    words = settings.data_dir / "plan_project" / "words.yml"
    trades = settings.data_dir / "start_business" / "words.yml"
    start_business = StartBusiness(catalogue, calendar)
    plan_project = PlanProject(catalogue, calendar)
    life_events = LifeEvents(catalogue, calendar)
    live = settings.data_dir / "live_plan"
    lookup = Lookup(catalogue, load_synonyms(settings.data_dir / "lexicon" / "synonyms.yml"))
    matter_words = load_matter_words(settings.data_dir / "matters")
    applying = settings.data_dir / "apply" / "words.yml"
    models = settings.data_dir.parent / "models"
    return App(
        settings=settings,
        engine=engine,
        unit_of_work=unit_of_work_factory(engine),
        now=now or utc_now,
        catalogue=catalogue,
        calendar=calendar,
        lookup=lookup,
        matter_resolver=MatterResolver(catalogue, matter_words, models),
        start_business=start_business,
        plan_project=plan_project,
        life_events=life_events,
        plan_composer=PlanComposer(
            start_business,
            plan_project,
            life_events,
            catalogue,
            calendar,
            fingerprint=rules_fingerprint(settings.data_dir),
            today=local_day((now or utc_now)()),
        ),
        plan_news=load_plan_news(live / "news.yml"),
        paper_kinds=load_paper_kinds(live / "papers.yml", catalogue),
        step_words=load_step_words(live / "steps.yml", catalogue),
        project_words=yaml.safe_load(words.read_text(encoding="utf-8")),
        business_words=yaml.safe_load(trades.read_text(encoding="utf-8")),
        whistle_rules=load_whistle_rules(settings.data_dir / "services"),
        case_rules=load_case_rules(settings.data_dir / "services"),
        dialogue_words=_dialogue_words(settings.data_dir / "common"),
        forms=load_forms(settings.data_dir / "forms", catalogue),
        forbidden_word=name_check(catalogue),
        apply_words=yaml.safe_load(applying.read_text(encoding="utf-8")),
        booking_teller=BookingTeller(
            load_booking_texts(settings.data_dir / "services" / "booking_texts.yml"), catalogue
        ),
    )


def _dialogue_words(folder: Path) -> DialogueWords:
    words, danger = (
        yaml.safe_load((folder / name).read_text(encoding="utf-8"))
        for name in ("words.yml", "danger.yml")
    )
    return dialogue_words(words, danger)


def utc_now() -> datetime:
    """Return the real time; the only place that asks for it."""
    return datetime.now(timezone.utc)  # noqa: TID251 - the clock that everyone else is given
