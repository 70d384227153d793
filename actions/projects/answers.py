"""The slots of the land-to-construction journey, as the use case wants them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from actions import app
from actions.forms.facts import UNKNOWN, known_facts, project_questions
from actions.turns.made_once import FEW, Said, made_once, said_in
from bot.domain.conditions import Answer
from bot.services.plans.dates import planned_start
from bot.services.plans.project import HAS_LAND, ProjectAnswers, ProjectPlan, all_said
from bot.services.plans.project_types import CHOICES, SMALL_LOW_RISK
from bot.services.plans.what_ifs import WhatIf, what_ifs
from bot.services.times.local_time import local_day

__all__ = [
    "all_said",
    "compose_project",
    "open_project_questions",
    "project_answers",
    "project_what_ifs",
]

PREFIX = "plan_project_"
TYPE = PREFIX + "type"
HAS_LAND_SLOT = PREFIX + HAS_LAND
START_ON = PREFIX + "start_on"
USUAL: Mapping[str, Answer] = {
    "works": "新建",
    "investor": "社会投资",
    "government_works": "房屋建筑",
    "needs_verification": False,
    "use": "工业",
    "land": "一般出让",
}
"""What is assumed when the applicant does not know; said so in the plan."""


def project_answers(slots: Mapping[str, Any]) -> ProjectAnswers:
    """Return the answers given so far."""
    choices: dict[str, Answer] = {}
    facts, unknown = known_facts(slots, PREFIX, project_questions())
    skipped = set(unknown)
    for name, options in CHOICES.items():
        value = slots.get(PREFIX + name)
        if value is None:
            continue
        if value == UNKNOWN and name == SMALL_LOW_RISK:
            skipped.add(name)  # the sizes that were told decide
        elif value == UNKNOWN:
            choices[name] = USUAL[name]
        else:
            choices[name] = str(value) if options else value == "yes"
    land = slots.get(HAS_LAND_SLOT)
    skipped |= {HAS_LAND} if land == UNKNOWN else set()
    kind = slots.get(TYPE)
    return ProjectAnswers(
        project_type_id=str(kind) if kind else None,
        choices=choices,
        facts=facts,
        has_land=None if land in {None, UNKNOWN} else land == "yes",
        skipped=frozenset(skipped),
    )


def compose_project(slots: Mapping[str, Any]) -> ProjectPlan | None:
    """Return the plan for the answers given so far; None while the type is open.

    It starts on the day that was named, but never before today.
    """
    application = app()
    start_on = planned_start(slots.get(START_ON), local_day(application.now()))
    return _composed(said_in(slots, PREFIX), start_on)


@made_once(FEW)
def _composed(said: Said, start_on: date) -> ProjectPlan | None:
    return app().plan_project.compose(project_answers(dict(said)), start_on)


def open_project_questions(slots: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the ids of the questions that still matter, in the order to ask them."""
    return _open_questions(said_in(slots, PREFIX))


@made_once(FEW)
def _open_questions(said: Said) -> tuple[str, ...]:
    return tuple(q.id for q in app().plan_project.questions(project_answers(dict(said))))


def project_what_ifs(slots: Mapping[str, Any]) -> tuple[WhatIf, ...]:
    """Return what other answers would change, the one that saves most first."""
    application = app()
    return what_ifs(application.plan_project, application.catalogue, project_answers(slots))
