"""Builders of applications; 李雷 applies, 韩梅梅 is the window, made-up people all."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.domain.applications import AppliedPaper
from bot.domain.cases import Case
from bot.domain.people import Agent, Role
from bot.domain.single_form import FormUse
from bot.services.applications import applications
from bot.services.applications.applications import Receipt
from bot.services.applications.desk import Window
from bot.services.applications.papers import PaperWords, applied_papers, materials_of, paper_lines
from bot.services.applications.single_form import fill, form_for
from bot.services.applications.target import Target, target_of
from bot.services.applications.texts import ApplicationTexts
from bot.services.conversations.conversations import open_web_conversation
from bot.services.times.local_time import local_day
from bot.store.application_texts import load_application_texts
from tests.casework_factories import OpenUnit, calendar, catalogue
from tests.form_factories import GENERAL, STARTING, checks, committed_forms
from tests.service_factories import NOW

DATA = Path(__file__).parent.parent / "data"
FOOD = "lic-food-operate"
"""A licence with papers that come later and papers that a commitment replaces."""

MEIMEI = Agent(1, "hanmeimei", "韩梅梅", Role.AGENT)
OFFICER = Agent(2, "officer", "王芳", Role.OFFICER, department_id="approval")
STRANGER = Agent(3, "stranger", "赵六", Role.OFFICER, department_id="tax")
BOSS = Agent(4, "boss", "孙主任", Role.SUPERVISOR)


@cache
def words() -> PaperWords:
    loaded: PaperWords = yaml.safe_load((DATA / "apply" / "words.yml").read_text("utf-8"))
    return loaded


@cache
def texts() -> ApplicationTexts:
    return load_application_texts(DATA / "services" / "application_texts.yml")


def conversation(open_unit: OpenUnit) -> str:
    return open_web_conversation(open_unit, now=NOW).conversation_id


def papers(target: Target, choices: Mapping[str, str]) -> tuple[AppliedPaper, ...]:
    lines = paper_lines(materials_of(target.parts), choices, words())
    return applied_papers(lines, calendar().add_working_days(local_day(NOW), 20))


def hand_in(
    open_unit: OpenUnit,
    target_id: str = FOOD,
    choices: Mapping[str, str] | None = None,
    **changes: Any,
) -> Receipt:
    """Hand in the application of 李雷, complete and with consent unless told otherwise."""
    typed = STARTING if target_id == "opening" else GENERAL
    target = target_of(target_id, typed, catalogue())
    use = FormUse.START_BUSINESS if target_id == "opening" else FormUse.MATTER
    wanted: dict[str, Any] = {
        "origin": "c1:draft:apply",
        "target": target,
        "filled": fill(form_for(committed_forms(), use), typed, checks()),
        "papers": papers(target, choices or {}),
        "has_consent": True,
        "conversation_id": "c1",
        "now": NOW,
        "catalogue": catalogue(),
        "calendar": calendar(),
    }
    return applications.hand_in(open_unit, **{**wanted, **changes})


def window(open_unit: OpenUnit, agent: Agent = MEIMEI, now: datetime = NOW) -> Window:
    return Window(open_unit, agent, now, catalogue(), calendar(), texts())


def stored(open_unit: OpenUnit, number: str) -> Case:
    with open_unit() as uow:
        case = uow.cases.by_number(number)
        assert case is not None
        return case
