"""The clock of the whistle: each event once, whatever runs beside it, and news told in order."""

import threading
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DatabaseError

from bot.domain.ticket_acts import ACTS, Act
from bot.domain.ticket_clocks import ClockKind, ClockLevel, LimitUnit, Urgency
from bot.domain.tickets import ALLOWED_TICKET_TRANSITIONS, TicketEventKind
from bot.services.conversations.conversations import open_web_conversation
from bot.services.tickets.business import (
    BusinessSide,
    TicketOver,
    add_words,
    blow_whistle,
    known_whistle,
)
from bot.services.tickets.news import announce_steps
from bot.services.tickets.tickets import Whistle
from bot.services.tickets.watch import TicketWatch, count_stale, recompute, sweep
from bot.services.tickets.whistle_settings import changed_limit, save_rules
from bot.store.ticket_news import BadTicketNews, load_ticket_news
from tests.casework_factories import (
    NOW,
    PHONE,
    ROOT,
    OpenUnit,
    calendar,
    case_rules,
    catalogue,
    local,
    opened,
    rules,
    whistle,
)
from tests.routing_factories import router
from tests.whistle_factories import SUPERVISOR, Desk

E = TicketEventKind
TEXTS = ROOT / "data" / "services" / "ticket_news.yml"


def watch(unit: OpenUnit) -> TicketWatch:
    return TicketWatch(unit, rules(), calendar())


def fired(unit: OpenUnit, number: str) -> list[tuple[E, ClockKind | None]]:
    with unit() as uow:
        ticket = uow.tickets.by_number(number)
    assert ticket is not None
    return [(e.kind, e.clock) for e in ticket.events if e.clock is not None]


def sweep_all(unit: OpenUnit, now: datetime) -> None:
    while sweep(watch(unit), now=now):
        pass


def test_a_warning_comes_before_the_breach_and_the_supervisor_after(engine: Engine) -> None:
    unit = opened(engine)
    number = whistle(unit).number  # the report-in is due on Tuesday at 17:00
    sweep_all(unit, local("2026-11-24 12:59"))
    assert fired(unit, number) == []
    for moment, kind in (
        ("2026-11-24 13:30", E.WARNED),
        ("2026-11-24 17:01", E.BREACHED),
        ("2026-11-25 17:01", E.RAISED),
    ):
        sweep_all(unit, local(moment))
        assert fired(unit, number)[-1] == (kind, ClockKind.REPORT_IN)
    assert len(fired(unit, number)) == 3
    with unit() as uow:
        ticket = uow.tickets.by_number(number)
    assert ticket is not None
    assert ticket.escalation == ClockLevel.RAISED


def test_two_processes_fire_each_event_once(engine: Engine) -> None:
    unit = opened(engine)
    numbers = [whistle(unit, origin=f"o{n}").number for n in range(12)]
    later = local("2027-03-01 10:00")  # everything is far overdue
    start = threading.Barrier(2)

    def run() -> None:
        start.wait(30)
        for _ in range(60):
            sweep(watch(unit), now=later, limit=5)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    once = [
        (kind, clock)
        for clock in (ClockKind.REPORT_IN, ClockKind.ANSWER, ClockKind.SOLVE)
        for kind in (E.WARNED, E.BREACHED, E.RAISED)
    ]
    for number in numbers:
        assert sorted(fired(unit, number), key=str) == sorted(once, key=str)


def test_a_clock_that_jumps_back_and_forth_fires_each_event_once(engine: Engine) -> None:
    unit = opened(engine)
    number = whistle(unit).number  # the report-in is due on Tuesday at 17:00
    for moment in ("2026-11-24 17:01", "2026-11-24 16:51", "2026-11-24 17:02", "2026-11-24 13:00"):
        sweep_all(unit, local(moment))

    assert fired(unit, number) == [
        (E.WARNED, ClockKind.REPORT_IN),
        (E.BREACHED, ClockKind.REPORT_IN),
    ]


def test_an_act_forgets_nothing_that_was_fired(engine: Engine) -> None:
    unit = opened(engine)
    number = whistle(unit).number
    sweep_all(unit, local("2026-11-30 13:30"))  # the answer is due at 17:00
    desk = Desk(unit, local("2026-11-30 14:00"))
    desk.act(number, Act.DISPATCH)
    desk.act(number, Act.REPORT_IN)

    sweep_all(unit, local("2026-11-30 14:10"))

    assert fired(unit, number).count((E.WARNED, ClockKind.ANSWER)) == 1


def test_what_was_met_or_stands_or_is_closed_fires_nothing(engine: Engine) -> None:
    unit = opened(engine)
    number = whistle(unit).number
    desk = Desk(unit, NOW)
    desk.until(number, Act.ANSWER)
    desk.act(number, Act.CALL_BACK)
    desk.act(number, Act.CLOSE)

    sweep_all(unit, NOW + timedelta(days=90))

    assert fired(unit, number) == []


def test_a_changed_limit_counts_open_clocks_again_and_keeps_what_was_saved(
    engine: Engine,
) -> None:
    unit = opened(engine)
    number = whistle(unit).number
    new = changed_limit(
        rules().limits[ClockKind.ANSWER][Urgency.NORMAL], 2, LimitUnit.WORKING_DAY, "新办法"
    )
    limits = {**rules().limits, ClockKind.ANSWER: dict.fromkeys(Urgency, new)}
    assert count_stale(watch(unit)) == 0

    save_rules(
        unit,
        rules=replace(rules(), limits=limits),
        agent=SUPERVISOR,
        reason="新办法",
        seen=0,
        now=NOW,
    )

    assert count_stale(watch(unit)) == 1
    assert recompute(watch(unit), now=NOW) == 1
    assert recompute(watch(unit), now=NOW) == 0
    due = Desk(unit, NOW).clock(number, ClockKind.ANSWER).due
    assert due is not None
    assert due.at == local("2026-11-25 17:00")


def test_nobody_changes_the_history(engine: Engine) -> None:
    unit = opened(engine)
    whistle(unit)
    for statement in ("UPDATE ticket_events SET reason = 'x'", "DELETE FROM ticket_events"):
        with pytest.raises(DatabaseError, match="append-only"), engine.begin() as connection:
            connection.execute(text(statement))


def test_every_act_is_a_move_of_the_table() -> None:
    for act, rule in ACTS.items():
        for seen in rule.begins if rule.to else ():
            assert rule.to in ALLOWED_TICKET_TRANSITIONS[seen], act


def tell(unit: OpenUnit, now: datetime) -> None:
    texts = load_ticket_news(TEXTS)
    announce_steps(unit, texts=texts, rules=case_rules(), catalogue=catalogue(), now=now)


def test_the_business_hears_every_step_once_and_in_order(engine: Engine) -> None:
    unit = opened(engine)
    who = open_web_conversation(unit, now=NOW).conversation_id
    number = whistle(unit, conversation_id=who).number
    desk = Desk(unit, NOW, assisting=("housing",))
    desk.until(number, Act.ASK_BUSINESS)
    tell(unit, local("2026-11-23 22:00"))  # not at night
    start = threading.Barrier(2)

    def run() -> None:
        start.wait(30)
        tell(unit, local("2026-11-24 08:30"))

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with unit() as uow:
        lines = [message.text for message in uow.conversations.messages(who)]
    assert [("派给" in lines[0]), ("报到" in lines[1]), ("联系" in lines[2])] == [True] * 3
    assert "等您补充" in lines[3]
    assert len(lines) == 4


def test_a_closed_ticket_takes_no_words_and_the_same_message_adds_once(engine: Engine) -> None:
    unit = opened(engine)
    side = BusinessSide(unit, calendar(), rules(), NOW)
    said = Whistle("o", "c1", "李雷机械厂", "13800138000", "371526", "新厂房通不上电")
    number = blow_whistle(side, said, catalogue()).ticket.number
    for _ in range(2):
        add_words(side, number=number, text="补一句", origin="m2", conversation_id="c1")
    desk = Desk(unit, NOW)
    assert [e.kind for e in desk.ticket(number).events].count(E.SUPPLEMENTED) == 1
    desk.act(number, Act.CLOSE)
    with pytest.raises(TicketOver):
        add_words(side, number=number, text="再补一句", origin="m3", conversation_id="c1")


POWERLESS = "高新产业园一周停电三次，生产线报废了一批产品"
STILL_POWERLESS = "高新产业园频繁停电，我们厂的设备都停了，损失很大"


def test_a_whistle_that_its_business_calls_another_thing_is_not_joined(engine: Engine) -> None:
    side = BusinessSide(opened(engine), calendar(), rules(), NOW, router())
    first = Whistle("a", "c1", "李雷机械厂", PHONE, "371526", POWERLESS)
    second = replace(first, origin="b", description=STILL_POWERLESS)
    number = blow_whistle(side, first, catalogue()).ticket.number

    known = known_whistle(side, second)
    blown = blow_whistle(side, second, catalogue(), is_separate=True)

    assert known is not None
    assert known.number == number
    assert (blown.is_joined, blown.ticket.number == number) == (False, False)
    assert blow_whistle(side, second, catalogue(), is_separate=True).ticket == blown.ticket


@pytest.mark.parametrize(
    ("second", "is_joined"),
    [
        (Whistle("b", "c2", "李雷 机械厂", PHONE, "371526", STILL_POWERLESS), True),
        (Whistle("b", "c1", "李雷机械厂", "1", "371526", STILL_POWERLESS), True),
        (Whistle("b", "c2", "李雷机械厂", "1", "371526", STILL_POWERLESS), False),
        (Whistle("b", "c2", "韩梅梅机械厂", PHONE, "371526", STILL_POWERLESS), False),
        (Whistle("b", "c2", "李雷机械厂", PHONE, "371526", "排水接口两个部门说法不一"), False),
    ],
    ids=["same telephone", "same chat", "only the name", "another business", "another thing"],
)
def test_only_the_same_business_with_the_same_thing_joins(
    engine: Engine, second: Whistle, *, is_joined: bool
) -> None:
    unit = opened(engine)
    side = BusinessSide(unit, calendar(), rules(), NOW, router())
    said = Whistle("a", "c1", "李雷机械厂", "13800138000", "371526", POWERLESS)
    first = blow_whistle(side, said, catalogue()).ticket.number

    blown = blow_whistle(side, second, catalogue())

    assert (blown.is_joined, blown.ticket.number == first) == (is_joined, is_joined)
    assert blow_whistle(side, second, catalogue()).ticket.number == blown.ticket.number


def test_news_with_an_unknown_hole_are_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("news") / "ticket_news.yml"
    file.write_text(TEXTS.read_text("utf-8").replace("{state}", "{stat}"), "utf-8")
    with pytest.raises(BadTicketNews):
        load_ticket_news(file)
