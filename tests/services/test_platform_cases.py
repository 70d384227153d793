"""Cases of the platform: whose they are, copies that never go backwards, two who write at once."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.documents.case_text import age_text, case_text
from bot.domain.cases import CASE_STATE_LABELS, Case, CaseEventKind, CaseSource, CaseState
from bot.domain.people import Agent, NotAllowed, Role
from bot.services.cases import cases
from bot.services.cases.mine import identify, list_mine
from bot.services.cases.office import Office, move_by_hand, read_case
from bot.services.cases.watch import CaseWatch, count_again, escalate_overdue
from bot.services.platform.errors import PlatformTrouble, Trouble
from bot.services.platform.lookup import Platform
from bot.services.platform.mirror import Mirror, Taken, mirror_case, take_event
from bot.services.platform.ports import (
    EntryKind,
    PlatformCase,
    PlatformEntry,
    PlatformEvent,
)
from bot.services.privacy.identity import NotVerified
from tests.casework_factories import (
    LI_LEI,
    NOW,
    WANG_WU,
    OpenUnit,
    calendar,
    case,
    case_rules,
    catalogue,
    opened,
)
from tests.casework_factories import PHONE as REGISTERED_PHONE
from tests.platform_bench import (
    CODE,
    NUMBER,
    OTHER,
    PHONE,
    STAND,
    Bench,
    ask,
    bench,
    entry,
    told,
)

UNKNOWN = "371500201901029999"
SUPERVISOR = Agent(1, "boss", "值班", Role.SUPERVISOR)


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Bench]:
    with bench(tmp_path) as made:
        yield made


def write(unit: OpenUnit, whole: PlatformCase, now: datetime = NOW + timedelta(hours=1)) -> Case:
    with unit() as uow:
        return mirror_case(Mirror(uow, catalogue(), now), whole)


def push(unit: OpenUnit, one: PlatformEntry, now: datetime = NOW + timedelta(hours=1)) -> Taken:
    with unit() as uow:
        return take_event(Mirror(uow, catalogue(), now), PlatformEvent(NUMBER, one, STAND))


def read(unit: OpenUnit) -> Case:
    with unit() as uow:
        found = uow.cases.by_number(NUMBER)
    assert found is not None
    return found


def moves(made: Case) -> list[str]:
    return [CASE_STATE_LABELS[event.to] for event in made.events if event.to]


# the copy


def test_a_copy_is_a_case_with_department_limits_and_history(engine: Engine) -> None:
    made = write(opened(engine), told("收件", "受理"))

    assert (made.source, made.department_id, made.state) == (
        CaseSource.PLATFORM,
        "approval",
        CaseState.ACCEPTED,
    )
    assert made.promised is not None
    assert made.promised.working_days == 5
    assert [event.kind for event in made.events] == [CaseEventKind.OPENED, CaseEventKind.MOVED]


def test_neither_telephone_nor_code_is_kept(engine: Engine, platform: Bench) -> None:
    ask(opened(engine), platform.platform())

    with engine.connect() as connection:
        (row,) = connection.execute(text("SELECT phone, credential FROM cases")).all()
    assert tuple(row) == ("", "")


def test_an_older_answer_changes_nothing(engine: Engine) -> None:
    unit = opened(engine)
    write(unit, told("收件", "受理", "审查"))

    made = write(unit, told("收件"))

    assert moves(made) == ["收件", "受理", "审查"]
    assert made.state is CaseState.UNDER_REVIEW


def test_pushes_in_any_order_and_number_end_in_one_history(engine: Engine) -> None:
    unit = opened(engine)
    write(unit, told("收件"))
    second, third = entry(2, "受理"), entry(3, "审查")

    assert push(unit, third) is Taken.GAP
    assert push(unit, second) is Taken.APPLIED
    assert push(unit, second) is Taken.KNOWN
    assert push(unit, third) is Taken.APPLIED
    assert moves(read(unit)) == ["收件", "受理", "审查"]


def test_a_gap_is_fetched_once_and_by_one(engine: Engine) -> None:
    unit = opened(engine)
    write(unit, told("收件"))
    push(unit, entry(3, "审查"), NOW)
    until = NOW + timedelta(seconds=90)

    with unit() as uow:
        first = uow.platform.claim_due(NOW, until, 10)
    with unit() as uow:
        second = uow.platform.claim_due(NOW, until, 10)

    assert [copy.wanted for copy in first] == [3]
    assert second == []


def test_what_nobody_here_has_asked_for_is_not_kept(engine: Engine) -> None:
    unit = opened(engine)

    assert push(unit, entry(1, "收件")) is Taken.NOT_HERE
    with unit() as uow:
        assert uow.cases.by_number(NUMBER) is None


def test_two_who_write_the_same_at_once_write_it_once(engine: Engine) -> None:
    unit = opened(engine)
    write(unit, told("收件"))
    both = threading.Barrier(2)
    problems: list[BaseException] = []

    def work() -> None:
        both.wait()
        try:
            push(unit, entry(2, "受理"))
            write(unit, told("收件", "受理", "审查"))
        except BaseException as error:  # noqa: BLE001 - shown by the test
            problems.append(error)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == []
    assert moves(read(unit)) == ["收件", "受理", "审查"]


def test_two_who_see_a_case_for_the_first_time_make_one_copy(engine: Engine) -> None:
    unit = opened(engine)
    both = threading.Barrier(2)
    problems: list[BaseException] = []

    def work() -> None:
        both.wait()
        try:
            write(unit, told("收件", "受理"))
        except BaseException as error:  # noqa: BLE001 - shown by the test
            problems.append(error)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == []
    assert moves(read(unit)) == ["收件", "受理"]


def test_an_unknown_state_is_shown_in_its_own_words_without_counting_days(
    sqlite_engine: Engine,
) -> None:
    unit = opened(sqlite_engine)
    copy = write(unit, told("收件", "受理", "容缺并联"))
    with unit() as uow:
        uow.cases.grant(copy.id, LI_LEI, NOW)

    view = ask(unit, None, None)
    said = case_text(view, catalogue(), case_rules())

    assert "现在：平台状态“容缺并联”" in said
    assert "天数先不算" in said
    assert view.working_days_left is None
    made = write(unit, told("收件", "受理", "容缺并联", "审查"))
    assert (made.state, made.state_words) == (CaseState.UNDER_REVIEW, None)


def test_unknown_kinds_of_entries_are_kept_as_notes(sqlite_engine: Engine) -> None:
    unit = opened(sqlite_engine)
    note = entry(2, "", kind=EntryKind.NOTE, state=None, text="已转窗口")

    made = write(unit, told(entries=(entry(1, "收件"), note)))

    assert [(one.kind, one.reason) for one in made.events][1] == (CaseEventKind.NOTED, "已转窗口")


@pytest.mark.parametrize("away", [timedelta(days=-400), timedelta(days=400)])
def test_a_wrong_clock_over_there_neither_turns_the_history_nor_counts_days_to_come(
    sqlite_engine: Engine, away: timedelta
) -> None:
    unit = opened(sqlite_engine)
    strange = replace(entry(2, "受理"), at=NOW + away)
    now = NOW + timedelta(hours=1)

    made = write(unit, told(entries=(entry(1, "收件"), strange)), now)

    times = [event.at for event in made.events]
    assert times == sorted(times)
    assert times[-1] <= now


def test_our_clock_stamps_a_copy_and_does_not_escalate_it(sqlite_engine: Engine) -> None:
    unit = opened(sqlite_engine)
    write(unit, told("收件", "受理"))
    watch = CaseWatch(unit, case_rules(), calendar())

    assert count_again(watch) == 1
    assert escalate_overdue(watch, now=NOW + timedelta(days=200)) == ()


def test_nobody_at_the_desk_moves_a_copy_and_its_source_is_shown(sqlite_engine: Engine) -> None:
    unit = opened(sqlite_engine)
    write(unit, told("收件"), NOW)
    office = Office(unit, SUPERVISOR, NOW + timedelta(minutes=10), calendar(), case_rules())

    page = read_case(office, NUMBER)

    assert page.leads_to == ()
    assert (page.view.source, page.view.age) == (CaseSource.PLATFORM, timedelta(minutes=10))
    with pytest.raises(NotAllowed):
        move_by_hand(office, number=NUMBER, to=CaseState.ACCEPTED, reason="试")


# whose it is


def test_a_copy_is_no_more_open_to_a_stranger_than_the_case(
    sqlite_engine: Engine, platform: Bench
) -> None:
    unit, used = opened(sqlite_engine), platform.platform()
    ask(unit, used)

    with pytest.raises(cases.CredentialNeeded):
        ask(unit, used, None, who=WANG_WU)
    with pytest.raises(cases.CaseNotVerified):
        ask(unit, used, "0000", who=WANG_WU)


def test_the_register_answers_without_the_platform(sqlite_engine: Engine, platform: Bench) -> None:
    unit, used = opened(sqlite_engine), platform.platform()
    made = case(unit)
    platform.server.stop()

    view = ask(unit, used, REGISTERED_PHONE[-4:], number=made.number)

    assert (view.source, view.age) == (CaseSource.REGISTER, None)


def test_during_an_outage_nobody_learns_what_the_register_has(
    sqlite_engine: Engine, platform: Bench
) -> None:
    unit, used = opened(sqlite_engine), platform.platform()
    made = case(unit)
    platform.server.stop()

    for number in (made.number, UNKNOWN):
        with pytest.raises(cases.PlatformPending):
            ask(unit, used, "0000", number=number)


def test_the_proof_is_kept_until_the_answer_and_no_longer(
    sqlite_engine: Engine, platform: Bench
) -> None:
    unit, used = opened(sqlite_engine), platform.platform()
    platform.server.stop()
    with pytest.raises(cases.PlatformPending):
        ask(unit, used)

    with unit() as uow:
        assert len(uow.platform.expire_asks(NOW + timedelta(minutes=14))) == 0
        assert len(uow.platform.expire_asks(NOW + timedelta(minutes=15))) == 1
    with sqlite_engine.connect() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM platform_asks")).scalar() == 0


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        ("delay", Trouble.SLOW),
        ("error", Trouble.DOWN),
        ("broken_json", Trouble.GARBLED),
        ("wrong_signature", Trouble.GARBLED),
        ("huge", Trouble.GARBLED),
    ],
)
def test_while_the_platform_fails_the_copy_is_shown_with_its_age(
    sqlite_engine: Engine, platform: Bench, fault: str, trouble: Trouble
) -> None:
    unit, used = opened(sqlite_engine), platform.platform(within_s=0.5)
    ask(unit, used)
    platform.faults.set(fault, times=10, seconds=40)

    view = ask(unit, used, None, now=NOW + timedelta(minutes=10))

    assert (view.trouble, view.age) == (trouble, timedelta(minutes=10))
    assert "10 分钟前的数据" in case_text(view, catalogue(), case_rules())


def test_a_fresh_copy_is_shown_without_asking(sqlite_engine: Engine, platform: Bench) -> None:
    unit, used = opened(sqlite_engine), platform.platform(fresh_for=timedelta(minutes=1))
    ask(unit, used)
    platform.server.stop()

    view = ask(unit, used, None, now=NOW + timedelta(seconds=50))

    assert view.trouble is None


def test_a_platform_that_comes_first_takes_over_a_case_that_both_have(
    sqlite_engine: Engine, platform: Bench
) -> None:
    unit, used = opened(sqlite_engine), platform.platform(is_first=True)
    made = case(unit)
    platform.receive(made.number)
    platform.clock.pass_time(hours=1)
    platform.move("受理", number=made.number)

    view = ask(unit, used, number=made.number, now=platform.clock())

    assert (view.source, view.state) == (CaseSource.PLATFORM, CaseState.ACCEPTED)


def test_my_cases_hold_those_of_both_sources(sqlite_engine: Engine, platform: Bench) -> None:
    unit, used = opened(sqlite_engine), platform.platform()
    here = case(unit)
    platform.receive(OTHER, REGISTERED_PHONE, CODE)

    found = identify(
        unit,
        phone=REGISTERED_PHONE,
        credential=CODE[-4:],
        conversation_id=LI_LEI,
        now=NOW,
        platform=used,
    )

    mine = list_mine(unit, conversation_id=LI_LEI, page=0, now=NOW)
    assert (found.count, found.trouble) == (2, None)
    assert {row.number for row in mine.rows} == {here.number, OTHER}


def test_my_cases_say_when_those_of_the_platform_are_missing(
    sqlite_engine: Engine, platform: Bench
) -> None:
    unit, used = opened(sqlite_engine), platform.platform()
    case(unit)
    platform.server.stop()
    proof = {"phone": REGISTERED_PHONE, "conversation_id": LI_LEI, "now": NOW, "platform": used}

    found = identify(unit, credential=CODE[-4:], **proof)  # type: ignore[arg-type]  # as given

    assert (found.count, found.trouble) == (1, Trouble.DOWN)
    with pytest.raises(cases.PlatformPending):
        identify(unit, credential="0000", **proof)  # type: ignore[arg-type]  # as given


def test_a_stranger_lists_nothing(sqlite_engine: Engine, platform: Bench) -> None:
    with pytest.raises(NotVerified):
        identify(
            opened(sqlite_engine),
            phone=PHONE,
            credential="0000",
            conversation_id=WANG_WU,
            now=NOW,
            platform=platform.platform(),
        )


# urging


def urge(unit: OpenUnit, used: Platform | None, who: str = LI_LEI) -> None:
    cases.urge_case(
        unit,
        number=NUMBER,
        conversation_id=who,
        origin="urge",
        now=NOW,
        calendar=calendar(),
        platform=used,
    )


def test_an_urge_goes_to_the_platform_and_its_answer_comes_back(
    sqlite_engine: Engine, platform: Bench
) -> None:
    unit, used = opened(sqlite_engine), platform.platform()
    ask(unit, used)
    urge(unit, used)
    platform.store.note(NUMBER, "urge_answered", "明天上午现场核查", platform.clock())

    ask(unit, used, None, now=NOW + timedelta(minutes=5))

    kinds = [event.kind for event in read(unit).events]
    assert kinds == [CaseEventKind.OPENED, CaseEventKind.URGED, CaseEventKind.URGE_ANSWERED]
    with unit() as uow:
        (answered,) = uow.case_urges.of_case(NUMBER)
        (notice,) = uow.case_notices.take(LI_LEI)
    assert (answered.reply, notice.event.reason) == ("明天上午现场核查", "明天上午现场核查")


def test_an_urge_that_the_platform_did_not_confirm_is_not_counted(
    sqlite_engine: Engine, platform: Bench
) -> None:
    unit, used = opened(sqlite_engine), platform.platform()
    ask(unit, used)
    platform.faults.set("error")

    with pytest.raises(PlatformTrouble):
        urge(unit, used)
    urge(unit, used)
    with pytest.raises(cases.AlreadyUrged):
        urge(unit, used)


@pytest.mark.parametrize(
    ("age", "said"),
    [
        (timedelta(seconds=59), "刚刚"),
        (timedelta(minutes=10, seconds=30), "10 分钟前"),
        (timedelta(hours=3), "3 小时前"),
        (timedelta(hours=47), "47 小时前"),
        (timedelta(days=2), "2 天前"),
    ],
)
def test_ages_are_said_as_people_say_them(age: timedelta, said: str) -> None:
    assert age_text(age) == said
