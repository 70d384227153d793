"""Builds the application once; entry points call it, nothing is built at import time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone

import yaml
from sqlalchemy.engine import Engine

from bot.domain.case_rules import CaseRules
from bot.domain.catalogue import Catalogue
from bot.domain.single_form import SingleForm
from bot.domain.tickets import WhistleRules
from bot.planner.calendar import WorkingCalendar
from bot.services.application_papers import PaperWords
from bot.services.business_words import BusinessWords
from bot.services.form_checks import NameCheck, any_name
from bot.services.lookup import Lookup
from bot.services.plan_project import PlanProject
from bot.services.ports import Clock, OpenUnitOfWork
from bot.services.project_words import ProjectWords
from bot.services.start_business import StartBusiness
from bot.settings import Settings
from bot.store.calendars import load_calendar
from bot.store.case_rules import load_case_rules
from bot.store.catalogue.loader import load_catalogue
from bot.store.catalogue.synonyms import load_synonyms
from bot.store.engine import open_engine
from bot.store.forms import load_forms
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
    start_business: StartBusiness
    plan_project: PlanProject
    project_words: ProjectWords
    business_words: BusinessWords
    whistle_rules: WhistleRules
    case_rules: CaseRules
    forms: Mapping[str, SingleForm]
    apply_words: PaperWords
    forbidden_word: NameCheck = any_name


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
    applying = settings.data_dir / "apply" / "words.yml"
    return App(
        settings=settings,
        engine=engine,
        unit_of_work=unit_of_work_factory(engine),
        now=now or utc_now,
        catalogue=catalogue,
        calendar=calendar,
        lookup=Lookup(catalogue, load_synonyms(settings.data_dir / "lexicon" / "synonyms.yml")),
        start_business=StartBusiness(catalogue, calendar),
        plan_project=PlanProject(catalogue, calendar),
        project_words=yaml.safe_load(words.read_text(encoding="utf-8")),
        business_words=yaml.safe_load(trades.read_text(encoding="utf-8")),
        whistle_rules=load_whistle_rules(settings.data_dir / "services"),
        case_rules=load_case_rules(settings.data_dir / "services"),
        forms=load_forms(settings.data_dir / "forms", catalogue),
        apply_words=yaml.safe_load(applying.read_text(encoding="utf-8")),
    )


def utc_now() -> datetime:
    """Return the real time; the only place that asks for it."""
    return datetime.now(timezone.utc)  # noqa: TID251 - the clock that everyone else is given
