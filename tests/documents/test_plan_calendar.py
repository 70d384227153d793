from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from icalendar import Calendar, Event

from bot.documents.plan_calendar import plan_calendar
from bot.documents.snapshot_dates import due_day
from bot.domain.plan_snapshot import PlanSnapshot
from bot.services.plans.project import PlanProject, ProjectAnswers
from bot.services.plans.snapshot import freeze
from tests.catalogue_factories import facts
from tests.paper_factories import a_saved_plan, hot_pot, project, steps_of
from tests.service_factories import NOW, TUESDAY, calendar


def events(plan: PlanSnapshot, minutes_later: int = 0, plan_id: int = 1) -> list[Event]:
    now = NOW + timedelta(minutes=minutes_later)
    content = plan_calendar(a_saved_plan(plan_id), plan, url="", now=now)
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_every_due_day_is_an_event_of_the_whole_day() -> None:
    plan = hot_pot()
    found = {str(event["summary"]): event for event in events(plan)}
    for step in steps_of(plan):
        (event,) = (e for summary, e in found.items() if summary.endswith(step.name))
        day = due_day(step.due, plan.start_on)
        assert day is not None
        assert event.decoded("dtstart") == day.on
        assert event.decoded("dtend") == day.on + timedelta(days=1)


def test_the_promise_has_an_event_of_its_own() -> None:
    assert any("承诺最迟日" in str(event["summary"]) for event in events(hot_pot()))


def test_one_is_reminded_on_the_day_before_and_on_the_day() -> None:
    for event in events(hot_pot()):
        triggers = [alarm.decoded("trigger") for alarm in event.walk("VALARM")]
        assert triggers == [timedelta(hours=-15), timedelta(hours=9)]


def test_taking_the_file_in_again_moves_the_same_events() -> None:
    before, after = events(hot_pot()), events(hot_pot(), minutes_later=3)
    assert [str(e["uid"]) for e in before] == [str(e["uid"]) for e in after]
    assert all(int(b["sequence"]) < int(a["sequence"]) for b, a in zip(before, after, strict=True))


def test_a_step_whose_day_moved_keeps_its_event() -> None:
    plan = hot_pot()
    moved = replace(
        plan,
        stages=tuple(
            replace(
                stage,
                groups=tuple(
                    replace(
                        group,
                        steps=tuple(replace(s, due="12月25日（周五）") for s in group.steps),
                    )
                    for group in stage.groups
                ),
            )
            for stage in plan.stages
        ),
    )
    assert {str(e["uid"]) for e in events(plan)} == {str(e["uid"]) for e in events(moved)}


def test_no_two_events_and_no_two_plans_share_an_identity() -> None:
    own = [str(event["uid"]) for event in events(project("gov-building"))]
    others = [str(event["uid"]) for event in events(project("gov-building"), plan_id=2)]
    assert len(own) == len(set(own))
    assert not set(own) & set(others)


def test_a_day_that_may_move_is_marked_and_tentative() -> None:
    plan = project("soc-small-lowrisk", date(2026, 12, 24))
    marked = [event for event in events(plan) if "（暂定）" in str(event["summary"])]
    assert marked
    assert all(event["status"] == "TENTATIVE" for event in marked)
    assert any(event["status"] == "CONFIRMED" for event in events(hot_pot()))


def test_the_file_carries_no_secret_of_the_plan() -> None:
    content = plan_calendar(a_saved_plan(), hot_pot(), url="", now=NOW)
    assert b"/plans/" not in content


def test_lines_are_folded_and_end_as_the_standard_wants() -> None:
    content = plan_calendar(a_saved_plan(), hot_pot(), url="", now=NOW)
    lines = content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")


def projects(start_on: date) -> Iterator[tuple[str, str, date, bool]]:
    """Yield due text, start text, and the day and mark that the planner had computed."""
    for type_id in facts().project_types:
        plan = PlanProject(facts(), calendar()).compose(ProjectAnswers(type_id), start_on)
        assert plan is not None
        shown = freeze(plan, facts())
        due = {s.planned.step.name: s.planned.due for s in plan.steps}
        for step in steps_of(shown):
            if step.due:
                planned = due[step.name]
                yield step.due, shown.start_on, planned.on, planned.provisional


@pytest.mark.parametrize("start_on", [TUESDAY, date(2026, 12, 24)])
def test_the_day_read_back_from_a_saved_plan_is_the_one_that_was_computed(start_on: date) -> None:
    for text, start, on, is_provisional in projects(start_on):
        found = due_day(text, start)
        assert found is not None
        assert (found.on, found.is_provisional) == (on, is_provisional)


def test_a_text_without_a_day_has_none() -> None:
    assert due_day("", "2026年11月24日（周二）") is None
    assert due_day("12月4日", "") is None
