from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.domain.conditions import Answer
from bot.planner.plan import FULL, MAIN, Totals
from bot.services.plans.project import PlanProject, ProjectAnswers
from bot.services.plans.totals import may_wait, totals_with_limits, what_if_text
from bot.services.plans.what_ifs import WhatIf, what_ifs
from bot.store.calendars import load_calendar
from bot.store.catalogue.loader import load_catalogue

CATALOGUE = load_catalogue(Path("data/catalogue"))
JOURNEY = PlanProject(CATALOGUE, load_calendar(Path("data/calendar")))
TUESDAY = date(2026, 11, 24)
FACTORY: dict[str, Answer] = {
    "works": "新建",
    "investor": "社会投资",
    "needs_verification": False,
    "is_small_low_risk": False,
    "use": "工业",
    "land": "一般出让",
}
by_type = pytest.mark.parametrize("type_id", CATALOGUE.project_types)


def found(answers: ProjectAnswers) -> dict[tuple[str, Answer], WhatIf]:
    return {(w.question_id, w.answer): w for w in what_ifs(JOURNEY, CATALOGUE, answers)}


def totals(answers: ProjectAnswers) -> Totals:
    made = JOURNEY.totals(answers)
    assert made is not None
    return made


def test_a_regional_assessment_spares_five_working_days_of_a_factory() -> None:
    without = ProjectAnswers("soc-industrial", facts={"regional_assessed": False})
    change = found(without)["regional_assessed", True]

    assert change.change == Totals(0, -5, 0)
    assert what_if_text(change) == "如果项目在已完成区域评估的开发区，全过程审批少5个工作日"


@by_type
def test_every_change_is_what_composing_anew_gives(type_id: str) -> None:
    answers = ProjectAnswers(type_id, has_land=False)
    now = totals(answers)
    for (question_id, answer), what_if in found(answers).items():
        other = (
            replace(answers, has_land=bool(answer))
            if question_id == "has_land"
            else replace(answers, facts={question_id: answer})
        )
        then = JOURNEY.compose(other, TUESDAY)
        assert then is not None
        assert then.plan.totals.elapsed - now.elapsed == what_if.change.elapsed
        assert then.plan.totals.full - now.full == what_if.change.full
        assert then.plan.totals.main - now.main == what_if.change.main


@by_type
def test_the_answer_that_saves_most_comes_first_and_each_has_words(type_id: str) -> None:
    made = what_ifs(JOURNEY, CATALOGUE, ProjectAnswers(type_id))
    saved = [w.change.elapsed for w in made]

    assert saved == sorted(saved)
    assert all(w.said for w in made)


def test_an_answer_that_changes_nothing_is_not_shown() -> None:
    made = found(ProjectAnswers("soc-small-lowrisk"))
    assert made == {}


def test_another_way_to_the_land_is_compared_up_to_the_start_of_building() -> None:
    """拿地即开工 ends when building starts; the factory goes on to the joint acceptance."""
    change = found(ProjectAnswers(choices=FACTORY))["land", "标准地拿地即开工"]

    assert change.project_type_id == "land-then-start"
    assert change.until == "开工（须环评、水保、节能已批）"
    factory = totals_until_start(ProjectAnswers("soc-industrial"))
    assert change.change.elapsed == 33 - factory


def totals_until_start(answers: ProjectAnswers) -> float:
    made = JOURNEY.totals(answers, "start")
    assert made is not None
    return made.elapsed


def test_a_class_that_the_size_rules_out_is_not_offered() -> None:
    small = ("is_small_low_risk", True)
    assert small in found(ProjectAnswers(choices=FACTORY, facts={"total_area_m2": 2000}))
    assert small not in found(ProjectAnswers(choices=FACTORY, facts={"total_area_m2": 8000}))


def test_while_the_type_is_open_there_is_nothing_to_compare() -> None:
    assert what_ifs(JOURNEY, CATALOGUE, ProjectAnswers()) == ()


@by_type
def test_each_total_names_its_limits_and_the_path_that_decides_it(type_id: str) -> None:
    made = JOURNEY.compose(ProjectAnswers(type_id), TUESDAY)
    assert made is not None
    main, full, elapsed = totals_with_limits(made.plan, made.project_type.official)
    computed = made.project_type.computed

    assert tuple(step.id for step in main.path) == computed.main.path
    assert tuple(step.id for step in full.path) == computed.full.path
    assert sum(step.days(FULL) for step in full.path) == full.working_days
    assert sum(step.days(MAIN) for step in main.path) == main.working_days
    assert full.limits[-1] == 120
    assert elapsed.limits == ()
    assert main.is_within
    assert full.is_within


@by_type
def test_what_may_wait_delays_nothing_when_it_does(type_id: str) -> None:
    made = JOURNEY.compose(ProjectAnswers(type_id), TUESDAY)
    assert made is not None
    for step in may_wait(made.steps):
        own = {step.planned.step.id: step.planned.step.working_days + step.planned.window.slack}
        late = JOURNEY.compose(ProjectAnswers(type_id, own_days=own), TUESDAY)
        assert late is not None
        assert late.plan.totals.elapsed == made.plan.totals.elapsed
