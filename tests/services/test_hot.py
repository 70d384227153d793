"""Hot issues: raised once by many businesses, joined, taken up, closed, merged, split."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from bot.domain.hot import (
    HotEventKind,
    HotIssue,
    HotMoveRefused,
    HotReasonNeeded,
    HotState,
    NothingChosen,
    UnknownHotIssue,
)
from bot.domain.people import Agent, NotAllowed, Role
from bot.services.tickets.hot import (
    HotDesk,
    close_hot,
    list_hot,
    merge_hot,
    read_hot,
    split_hot,
    take_up,
)
from bot.services.tickets.hot_watch import sweep_hot
from bot.services.tickets.similar_open import SimilarOpen
from tests.casework_factories import NOW, OpenUnit, file, opened
from tests.desk_cast import Cast
from tests.routing_factories import FENCE, POWER, hot_rules, router, say, watch


def desk(unit: OpenUnit, role: Role = Role.SUPERVISOR) -> HotDesk:
    agent = Cast(unit).agent(f"staff-{role.value}", "韩梅梅", role)
    return HotDesk(unit, agent, NOW)


def shops(unit: OpenUnit, count: int = 3) -> list[str]:
    return [say(unit, f"第{at}家面馆", FENCE[at]) for at in range(count)]


def the_issue(unit: OpenUnit) -> HotIssue:
    with unit() as uow:
        (issue,) = uow.hot.newest(list(HotState), 10)
    return issue


def test_three_businesses_with_one_story_raise_one_issue(engine: Engine) -> None:
    unit = opened(engine)
    numbers = shops(unit)
    say(unit, "远处的工厂", POWER)
    done = sweep_hot(watch(unit), now=NOW)
    issue = the_issue(unit)
    assert done.raised == (issue.id,)
    assert {one.number for one in issue.members} == set(numbers)
    assert (issue.state, issue.businesses) == (HotState.RAISED, 3)
    assert (issue.category, issue.department_id) == ("城乡建设", "urban-management")
    assert [one.kind for one in issue.events] == [HotEventKind.RAISED]


def test_one_business_that_says_it_three_times_raises_nothing(engine: Engine) -> None:
    unit = opened(engine)
    for at in range(3):
        say(unit, "同一家面馆", FENCE[at])
    assert sweep_hot(watch(unit), now=NOW).raised == ()


def test_sweeping_again_changes_nothing(engine: Engine) -> None:
    unit = opened(engine)
    shops(unit)
    sweep_hot(watch(unit), now=NOW)
    before = the_issue(unit)
    again = sweep_hot(watch(unit), now=NOW + timedelta(minutes=1))
    assert (again.raised, again.joined) == ((), 0)
    assert the_issue(unit) == before


def test_two_sweeps_at_once_raise_one_issue(engine: Engine) -> None:
    unit = opened(engine)
    shops(unit, 4)
    gate, raised, failures = threading.Barrier(2), [], []

    def run() -> None:
        own = watch(unit)
        gate.wait()
        try:
            raised.extend(sweep_hot(own, now=NOW).raised)
        except Exception as error:  # noqa: BLE001 - told below
            failures.append(error)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(raised) == 1
    assert len(the_issue(unit).members) == 4


def test_a_later_whistle_joins_the_open_issue(engine: Engine) -> None:
    unit = opened(engine)
    shops(unit)
    sweep_hot(watch(unit), now=NOW)
    later = say(unit, "第四家面馆", FENCE[3])
    done = sweep_hot(watch(unit), now=NOW)
    issue = the_issue(unit)
    assert (done.raised, done.joined) == ((), 1)
    assert later in {one.number for one in issue.members}
    assert issue.events[-1].kind is HotEventKind.JOINED


def test_a_whistle_out_of_the_window_does_not_count(engine: Engine) -> None:
    unit = opened(engine)
    shops(unit)
    assert sweep_hot(watch(unit), now=NOW + timedelta(days=61)).texts == 0


def test_complaints_are_looked_at_as_well(engine: Engine) -> None:
    unit = opened(engine)
    file(unit)
    assert sweep_hot(watch(unit), now=NOW).texts == 1


def test_an_issue_is_taken_up_and_closed_with_reasons(engine: Engine) -> None:
    unit = opened(engine)
    shops(unit)
    sweep_hot(watch(unit), now=NOW)
    boss, issue_id = desk(unit), the_issue(unit).id
    take_up(boss, issue_id=issue_id, reason="已请城管局牵头")
    close_hot(boss, issue_id=issue_id, reason="围挡已拆")
    issue = the_issue(unit)
    assert issue.state is HotState.CLOSED
    assert [(e.kind, e.reason) for e in issue.events[1:]] == [
        (HotEventKind.TAKEN_UP, "已请城管局牵头"),
        (HotEventKind.CLOSED, "围挡已拆"),
    ]
    with pytest.raises(HotMoveRefused):
        take_up(boss, issue_id=issue_id, reason="再来")
    assert list_hot(boss) == []


def test_what_is_said_again_after_the_end_is_a_new_issue(engine: Engine) -> None:
    unit = opened(engine)
    shops(unit)
    sweep_hot(watch(unit), now=NOW)
    close_hot(desk(unit), issue_id=the_issue(unit).id, reason="围挡已拆")
    assert sweep_hot(watch(unit), now=NOW).raised == ()
    for at in range(3):
        say(unit, f"另外第{at}家饭店", FENCE[at])
    assert len(sweep_hot(watch(unit), now=NOW).raised) == 1


def test_a_person_splits_and_merges_and_the_sweep_leaves_it_so(engine: Engine) -> None:
    unit = opened(engine)
    numbers = shops(unit, 4)
    sweep_hot(watch(unit), now=NOW)
    boss, first = desk(unit), the_issue(unit).id
    second = split_hot(boss, issue_id=first, numbers=numbers[:1], reason="另一段路")
    assert [one.number for one in read_hot(boss, second).members] == numbers[:1]
    assert sweep_hot(watch(unit), now=NOW).joined == 0
    merge_hot(boss, issue_id=second, into=first, reason="其实是一件")
    page = read_hot(boss, first)
    assert {one.number for one in page.members} == set(numbers)
    gone = read_hot(boss, second).issue
    assert (gone.state, gone.merged_into, gone.members) == (HotState.CLOSED, first, ())


def test_a_split_of_nothing_or_everything_is_refused(engine: Engine) -> None:
    unit = opened(engine)
    numbers = shops(unit)
    sweep_hot(watch(unit), now=NOW)
    boss, issue_id = desk(unit), the_issue(unit).id
    for chosen in ([], numbers, ["CS-20200101-0001"]):
        with pytest.raises(NothingChosen):
            split_hot(boss, issue_id=issue_id, numbers=chosen, reason="试试")
    with pytest.raises(NothingChosen):
        merge_hot(boss, issue_id=issue_id, into=issue_id, reason="试试")
    with pytest.raises(UnknownHotIssue):
        merge_hot(boss, issue_id=issue_id, into=issue_id + 99, reason="试试")


def test_only_those_who_oversee_act_and_never_without_a_reason(engine: Engine) -> None:
    unit = opened(engine)
    shops(unit)
    sweep_hot(watch(unit), now=NOW)
    issue_id = the_issue(unit).id
    with pytest.raises(NotAllowed):
        take_up(desk(unit, Role.AGENT), issue_id=issue_id, reason="我来")
    with pytest.raises(HotReasonNeeded):
        take_up(desk(unit), issue_id=issue_id, reason="  ")
    with pytest.raises(NotAllowed):
        list_hot(HotDesk(unit, Agent(9, "x", "x", Role.OFFICER, "tax"), NOW))
    assert len(list_hot(desk(unit, Role.ADMIN))) == 1


def test_the_history_of_an_issue_cannot_be_changed(engine: Engine) -> None:
    unit = opened(engine)
    shops(unit)
    sweep_hot(watch(unit), now=NOW)
    for statement in ("UPDATE hot_events SET reason = 'x'", "DELETE FROM hot_events"):
        with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
            connection.execute(text(statement))


def test_a_new_text_stands_beside_its_own_and_those_of_others(engine: Engine) -> None:
    unit = opened(engine)
    mine = say(unit, "李雷 面馆", FENCE[0])
    other = say(unit, "王五面馆", FENCE[1])
    similar = SimilarOpen(unit, hot_rules(), router())
    beside = similar.beside(FENCE[2], "李雷面馆", now=NOW)
    assert [one.text.number for one in beside.own] == [mine]
    assert [one.text.number for one in beside.others] == [other]
    assert similar.beside(POWER, "李雷面馆", now=NOW).own == ()
