from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.errors import UnknownProjectType
from bot.domain.projects import ProjectType
from bot.planner.errors import NegativeWorkingDays
from bot.planner.plan import FULL, MAIN, Totals
from bot.services.plans.project import PlanProject, ProjectAnswers, ProjectPlan
from bot.services.plans.project_types import TYPE_RULES
from bot.services.plans.summary import summarise_project
from bot.store.calendars import load_calendar
from bot.store.catalogue.loader import load_catalogue

CATALOGUE = load_catalogue(Path("data/catalogue"))
JOURNEY = PlanProject(CATALOGUE, load_calendar(Path("data/calendar")))
TYPES = tuple(CATALOGUE.project_types.values())
TUESDAY = date(2026, 11, 24)
by_type = pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.id)


def compose(answers: ProjectAnswers, start_on: date = TUESDAY) -> ProjectPlan:
    plan = JOURNEY.compose(answers, start_on)
    assert plan is not None
    return plan


def asked(answers: ProjectAnswers) -> list[str]:
    return [question.id for question in JOURNEY.questions(answers)]


@by_type
def test_totals_and_critical_paths_are_those_of_the_catalogue(kind: ProjectType) -> None:
    plan = compose(ProjectAnswers(kind.id)).plan
    expected = kind.computed
    assert plan.totals == Totals(
        expected.main.working_days, expected.full.working_days, expected.elapsed.working_days
    )
    assert plan.critical_steps(MAIN) == expected.main.path
    assert plan.critical_steps(FULL) == expected.full.path
    assert plan.critical_path == expected.elapsed.path


@by_type
def test_every_usual_plan_keeps_the_official_limits(kind: ProjectType) -> None:
    checks = compose(ProjectAnswers(kind.id)).checks
    limits = [check.promise.limit_working_days for check in checks]
    assert limits == sorted(limits)
    assert limits[-1] == kind.official.national_working_days == 120
    assert all(check.is_within for check in checks)


@by_type
def test_every_step_of_the_type_stands_in_one_stage(kind: ProjectType) -> None:
    plan = compose(ProjectAnswers(kind.id))
    ids = [step.planned.step.id for step in plan.steps]
    assert sorted(ids) == sorted(p.step.id for p in plan.plan.active())


@by_type
def test_answering_everything_leaves_nothing_to_ask(kind: ProjectType) -> None:
    answers = ProjectAnswers(kind.id, facts=kind.default_scenario, has_land=False)
    assert asked(answers) == []
    assert compose(answers).assumed == {}


@by_type
def test_only_what_a_type_hangs_on_is_asked(kind: ProjectType) -> None:
    """Whatever is not asked can be answered anyhow without changing the plan."""
    needless = set(kind.default_scenario).difference(asked(ProjectAnswers(kind.id)))
    other = {
        i: next(v for v in (CATALOGUE.question(i).options or (True, False)) if v != usual)
        for i, usual in kind.default_scenario.items()
        if i in needless
    }
    usual_plan = compose(ProjectAnswers(kind.id))
    assert compose(ProjectAnswers(kind.id, facts=other)).steps == usual_plan.steps


def test_every_type_of_the_catalogue_can_be_chosen() -> None:
    assert {type_id for type_id, _ in TYPE_RULES} == set(CATALOGUE.project_types)


def test_until_the_type_is_known_only_choosing_questions_are_asked() -> None:
    assert asked(ProjectAnswers()) == ["works"]
    assert JOURNEY.compose(ProjectAnswers(), TUESDAY) is None
    assert asked(ProjectAnswers(choices={"works": "新建"})) == ["investor"]


def test_a_skipped_question_takes_the_usual_answer() -> None:
    answers = ProjectAnswers("soc-industrial", skipped=frozenset({"eia_type", "has_land"}))
    assert "eia_type" not in asked(answers)
    assert compose(answers).assumed["eia_type"] == "报告表"


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(UnknownProjectType):
        JOURNEY.questions(ProjectAnswers("moon-base"))


def test_land_then_start_names_the_day_the_promise_ends() -> None:
    """Land in hand on Tuesday 24 November: fifteen working days end on Tuesday 15 December."""
    plan = compose(ProjectAnswers("land-then-start", has_land=True))
    check = plan.checks[0]
    assert (check.promise.limit_working_days, check.planned_working_days) == (15, 11)
    assert check.clock_starts.on == TUESDAY
    assert (check.due.on, check.due.provisional) == (date(2026, 12, 15), False)
    assert plan.plan.finishes.on == date(2026, 12, 9)  # Wed
    assert {s.planned.step.id for s in plan.steps if s.is_done} == {"rec", "sim", "land"}


def test_without_land_the_clock_of_land_then_start_waits_for_it() -> None:
    plan = compose(ProjectAnswers("land-then-start", has_land=False), date(2026, 6, 1))
    check = plan.checks[0]
    assert check.clock_starts.on == date(2026, 7, 2)  # Thu: 22 working days, Dragon Boat between
    assert check.due.on == date(2026, 7, 23)  # Thu


def test_land_in_hand_changes_nothing_where_no_land_is_bought() -> None:
    answers = ProjectAnswers("soc-renovation", has_land=True)
    assert compose(answers).steps == compose(ProjectAnswers("soc-renovation")).steps


def test_an_environmental_report_takes_longer_than_a_form() -> None:
    lengths = {}
    for kind in ("报告书", "报告表", "登记表"):
        plan = compose(ProjectAnswers("soc-industrial", facts={"eia_type": kind}))
        lengths[kind] = {p.step.id: p.step.working_days for p in plan.plan.active()}
    assert lengths["报告书"]["eia"] == 15
    assert lengths["报告表"]["eia"] == 8
    assert "eia" not in lengths["登记表"]
    assert "eiar" in lengths["登记表"]


def test_own_work_is_counted_once_its_length_is_named() -> None:
    usual = compose(ProjectAnswers("soc-industrial"))
    named = compose(ProjectAnswers("soc-industrial", own_days={"design_prep": 20, "build": 100}))
    assert list(usual.own_work) == ["design_prep", "build"]
    assert named.own_work == {}
    assert named.plan.totals.elapsed == usual.plan.totals.elapsed + 120
    assert named.plan.totals.main == usual.plan.totals.main
    last = named.steps[-1].planned
    assert last.assumes == ()
    assert usual.steps[-1].planned.assumes == ("design_prep", "build")


def test_negative_own_work_is_refused() -> None:
    with pytest.raises(NegativeWorkingDays):
        JOURNEY.compose(ProjectAnswers("soc-industrial", own_days={"build": -1}), TUESDAY)


@settings(deadline=None)
@given(facts=st.data(), kind=st.sampled_from(TYPES))
def test_any_answers_make_a_plan_no_longer_than_one_after_the_other(
    facts: st.DataObject, kind: ProjectType
) -> None:
    chosen = {
        i: facts.draw(st.sampled_from(CATALOGUE.question(i).options or (True, False)))
        for i in kind.default_scenario
    }
    plan = compose(ProjectAnswers(kind.id, facts=chosen)).plan
    assert plan.totals.main <= plan.totals.full <= plan.one_after_the_other.full
    assert plan.totals.full <= plan.totals.elapsed <= plan.one_after_the_other.elapsed


def test_the_summary_names_promise_and_path() -> None:
    values = summarise_project(compose(ProjectAnswers("land-then-start", has_land=True))).values()
    assert values["promise"] == "15个工作日"
    assert values["promise_due"] == "12月15日（周二）"
    assert values["promise_kept"] == "在时限内"
    assert values["total"] == "11个工作日"
    assert " → " in values["critical_path"]
