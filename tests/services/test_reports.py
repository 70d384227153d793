"""Counting conversations and the reports over them, on both databases."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.sql import Select

from bot.domain.cases import CaseState
from bot.domain.conversations import Reply, TurnOutcome
from bot.domain.people import Agent, NotAllowed, Role
from bot.domain.quality import NewMark
from bot.domain.reports import BadSpan, Dimension, Line, Report, Share, Sign, Span
from bot.domain.ticket_acts import Act
from bot.services.cases import desk as case_desk
from bot.services.cases.watch import CaseWatch, count_again
from bot.services.desk import handover, quality
from bot.services.desk import moves as desk_moves
from bot.services.operating import reports, talk_counts
from bot.store import reports as stored
from bot.store.quality import ended_query
from bot.store.unit_of_work import unit_of_work_factory
from tests.application_factories import FOOD
from tests.casework_factories import calendar, case_rules, catalogue, local, whistle
from tests.desk_cast import NOW, Cast, texts
from tests.whistle_factories import Desk

TODAY = date(2026, 11, 24)  # Tuesday
WEEK = Span(TODAY - timedelta(days=6), TODAY)
LATER = NOW + timedelta(minutes=30)
TEXTS = texts()


@pytest.fixture
def cast(engine: Engine) -> Cast:
    return Cast(unit_of_work_factory(engine))


@pytest.fixture
def chief(cast: Cast) -> Agent:
    return cast.agent("wangfang", "王芳", Role.SUPERVISOR)


@pytest.fixture
def meimei(cast: Cast) -> Agent:
    return cast.agent()


def with_bot(cast: Cast, *, is_understood: bool = True, matter: str = "") -> str:
    """Let somebody say one sentence, which the bot answers."""
    conversation_id = cast.conversation()
    accepted = cast.says(conversation_id, "食品经营许可证怎么换")
    fields: dict[str, object] = {"matter_id": matter} if matter else {}
    cast.turn(TurnOutcome(replies=(Reply(text="这样办。"),), fields=fields))
    if not is_understood:
        talk_counts.note_sign(
            cast.open_unit,
            origin=f"{conversation_id}:{accepted.message_id}",
            conversation_id=conversation_id,
            kind=Sign.NOT_UNDERSTOOD,
            now=NOW,
        )
    return conversation_id


def served(cast: Cast, agent: Agent) -> str:
    """Let somebody wait 2 minutes, be answered after 1, and be done 5 minutes after the claim."""
    conversation_id = cast.waiting()
    start = NOW + timedelta(minutes=2)
    handover.claim(
        cast.open_unit, conversation_id=conversation_id, agent_id=agent.id, now=start, texts=TEXTS
    )
    handover.reply(
        cast.open_unit,
        conversation_id=conversation_id,
        agent_id=agent.id,
        text="您好",
        client_id="1",
        now=start + timedelta(minutes=1),
    )
    handover.close(
        cast.open_unit,
        conversation_id=conversation_id,
        agent_id=agent.id,
        reason="办好了",
        now=start + timedelta(minutes=5),
        texts=TEXTS,
    )
    return conversation_id


def made(cast: Cast, chief: Agent, by: Dimension = Dimension.DAY, span: Span = WEEK) -> Report:
    return reports.make_report(
        cast.open_unit, agent=chief, span=span, by=by, now=LATER, calendar=calendar()
    )


def line(report: Report, key: str) -> Line:
    return next(one for one in report.lines if one.key == key)


def test_what_the_bot_solves_alone_is_told_apart_from_what_people_did(
    cast: Cast, chief: Agent, meimei: Agent
) -> None:
    with_bot(cast)
    with_bot(cast, is_understood=False)
    served(cast, meimei)

    today = line(made(cast, chief), "2026-11-24")

    assert today.conversations == 3
    assert today.by_bot == Share(2, 3)
    # two sentences to the bot, two of the one who asked for a person
    assert today.not_understood == Share(1, 4)


def test_waiting_first_words_and_handling_are_measured_from_claim_to_end(
    cast: Cast, chief: Agent, meimei: Agent
) -> None:
    served(cast, meimei)

    total = made(cast, chief, Dimension.AGENT).total

    assert total.take_overs == 1
    assert (total.waited_s, total.waited_p90_s) == (120, 120)
    assert total.answered_s == 60
    assert total.handled_s == 300


def test_a_colleagues_part_is_counted_for_the_colleague(
    cast: Cast, chief: Agent, meimei: Agent
) -> None:
    lilei = cast.agent("lilei", "李雷")
    conversation_id = cast.waiting()
    handover.claim(
        cast.open_unit, conversation_id=conversation_id, agent_id=meimei.id, now=NOW, texts=TEXTS
    )
    desk_moves.transfer_to_colleague(
        cast.open_unit,
        conversation_id=conversation_id,
        agent_id=meimei.id,
        to_agent_id=lilei.id,
        reason="归他",
        now=NOW + timedelta(seconds=50),
        texts=TEXTS,
    )

    report = made(cast, chief, Dimension.AGENT)

    assert line(report, str(meimei.id)).passed_on == 1
    assert line(report, str(meimei.id)).handled_s == 50
    assert line(report, str(lilei.id)).take_overs == 1
    assert line(report, str(lilei.id)).waited_s is None


def test_every_dimension_has_its_keys(cast: Cast, chief: Agent) -> None:
    with_bot(cast, matter="lic-food-operate")

    found = {by: [one.key for one in made(cast, chief, by).lines] for by in Dimension}

    assert found == {
        Dimension.DAY: ["2026-11-24"],
        Dimension.HOUR: ["10"],
        Dimension.DEPARTMENT: [""],
        Dimension.AGENT: [],
        Dimension.MATTER: ["lic-food-operate"],
        Dimension.CHANNEL: ["web"],
    }


def test_test_conversations_are_in_no_figure(cast: Cast, chief: Agent, meimei: Agent) -> None:
    tried = served(cast, meimei)
    mark = NewMark(answers=True, names_basis=True, says_next=True, remark="")
    quality.mark_conversation(
        cast.open_unit, agent=chief, conversation_id=tried, mark=mark, now=NOW
    )
    before = made(cast, chief).total
    talk_counts.mark_test(
        cast.open_unit, conversation_id=tried, agent_id=chief.id, is_test=True, now=NOW
    )

    after = made(cast, chief).total
    talk_counts.mark_test(
        cast.open_unit, conversation_id=tried, agent_id=chief.id, is_test=False, now=NOW
    )

    assert (before.conversations, before.take_overs, before.marks.whole) == (1, 1, 3)
    assert (after.conversations, after.take_overs, after.marks.whole) == (0, 0, 0)
    assert made(cast, chief).total == before


def test_what_is_said_later_in_a_test_conversation_is_left_out_too(
    cast: Cast, chief: Agent
) -> None:
    tried = with_bot(cast)
    talk_counts.mark_test(
        cast.open_unit, conversation_id=tried, agent_id=chief.id, is_test=True, now=NOW
    )

    cast.says(tried, "再试一次", now=NOW + timedelta(minutes=5))

    assert made(cast, chief).total.conversations == 0


def test_counting_twice_counts_once(cast: Cast, chief: Agent) -> None:
    with_bot(cast)
    with_bot(cast, is_understood=False)

    talk_counts.count_all(cast.open_unit, now=LATER, limit=2)
    talk_counts.count_all(cast.open_unit, now=LATER, limit=2)

    total = made(cast, chief).total
    assert total.conversations == 2
    assert total.not_understood == Share(1, 2)


def test_a_younger_message_waits_until_nothing_older_can_appear(cast: Cast) -> None:
    with_bot(cast)

    assert talk_counts.count_new(cast.open_unit, now=NOW + timedelta(seconds=30)) == 0
    assert talk_counts.count_new(cast.open_unit, now=NOW + timedelta(seconds=90)) == 2


def test_a_day_ends_at_midnight_in_the_city(cast: Cast, chief: Agent) -> None:
    conversation_id = cast.conversation()
    cast.says(conversation_id, "晚上问一句", now=NOW + timedelta(hours=13, minutes=59))
    cast.says(conversation_id, "第二天再问", now=NOW + timedelta(hours=14))
    talk_counts.count_all(cast.open_unit, now=NOW + timedelta(hours=15))

    span = Span(TODAY, TODAY + timedelta(days=1))
    keys = [one.key for one in made(cast, chief, span=span).lines]

    assert keys == ["2026-11-24", "2026-11-25"]


@pytest.mark.parametrize(
    ("values", "share", "wanted"),
    [([], 0.9, None), ([5], 0.9, 5), (list(range(1, 11)), 0.9, 9), (list(range(1, 12)), 0.9, 10)],
    ids=["none", "one", "ten", "eleven"],
)
def test_a_percentile_is_a_value_that_was_there(
    values: list[float], share: float, wanted: float | None
) -> None:
    assert reports.percentile(values, share) == wanted


def closed_case(cast: Cast, *, opened: datetime, done: datetime) -> None:
    """Open a case with a promise, accept it at once and complete it."""
    case = case_desk.open_case(
        cast.open_unit,
        origin=f"m:{opened}",
        matter_id=FOOD,
        applicant_name="李雷",
        phone="13800138000",
        credential="92371502XXXXXX1199",
        district_id="371502",
        now=opened,
        catalogue=catalogue(),
    )
    for state, at in ((CaseState.ACCEPTED, opened), (CaseState.COMPLETED, done)):
        case_desk.advance_case(
            cast.open_unit,
            number=case.number,
            to=state,
            actor=case.department_id,
            now=at,
            reason="按规定",
        )


def test_a_case_is_on_time_by_its_promise_in_working_days(cast: Cast, chief: Agent) -> None:
    closed_case(cast, opened=NOW - timedelta(days=1), done=NOW)
    closed_case(cast, opened=NOW - timedelta(days=120), done=NOW)
    count_again(CaseWatch(cast.open_unit, case_rules(), calendar()))

    report = made(cast, chief, Dimension.MATTER)

    assert line(report, FOOD).cases == Share(1, 2)
    assert report.total.cases == Share(1, 2)


def test_a_whistle_is_on_time_when_all_its_clocks_were_met(cast: Cast, chief: Agent) -> None:
    monday = local("2026-11-23 10:00")
    for origin, reported in (("m1", monday), ("m2", local("2026-11-26 16:00"))):
        number = whistle(cast.open_unit, origin=origin).number
        desk = Desk(cast.open_unit, monday)
        desk.act(number, Act.DISPATCH)
        for act in (Act.REPORT_IN, Act.CONTACT, Act.ANSWER, Act.CALL_BACK, Act.CLOSE):
            desk.act(number, act, at=reported)

    week = Span(TODAY - timedelta(days=1), TODAY + timedelta(days=6))
    assert made(cast, chief, span=week).total.tickets == Share(1, 2)


def test_only_those_who_lead_read_reports(cast: Cast, meimei: Agent) -> None:
    with pytest.raises(NotAllowed):
        made(cast, meimei)


@pytest.mark.parametrize("days", [-1, 366])
def test_a_range_that_cannot_be_counted_is_refused(cast: Cast, chief: Agent, days: int) -> None:
    with pytest.raises(BadSpan):
        made(cast, chief, span=Span(TODAY, TODAY + timedelta(days=days)))


START, END = NOW - timedelta(days=7), NOW
QUERIES = {
    "talks": stored.talks_query(WEEK, Dimension.MATTER),
    "take_overs": stored.take_overs_query(START, END),
    "ended": ended_query(START, None, 60),
    "marks": stored.marks_query(START, END),
    "cases": stored.cases_query(START, END),
    "histories": stored.events_query([1, 2]),
    "tickets": stored.tickets_query(START, END),
    "bookings": stored.bookings_query(START, END),
}


@pytest.mark.parametrize("name", list(QUERIES))
def test_no_query_of_a_report_walks_a_whole_table(engine: Engine, name: str) -> None:
    with engine.begin() as connection:
        plan = explained(connection, QUERIES[name])
    plan = plan.replace("SCAN demo_marks", "")  # one row at most

    assert "Seq Scan" not in plan
    assert "SCAN" not in plan
    # the lines of a conversation are found by it, not among all lines of an author
    assert "ix_messages_unhandled" not in plan


def explained(connection: Connection, query: Select) -> str:
    """Return the plan; an empty table makes PostgreSQL walk it unless that is forbidden."""
    is_sqlite = connection.dialect.name == "sqlite"
    if not is_sqlite:
        connection.execute(text("SET LOCAL enable_seqscan = off"))
    prefix = "EXPLAIN QUERY PLAN " if is_sqlite else "EXPLAIN "

    def explain(*given: Any) -> tuple[str, Any]:
        return prefix + given[2], given[3]

    event.listen(connection, "before_cursor_execute", explain, retval=True)
    rows = connection.execute(query).cursor.fetchall()
    return "\n".join(" ".join(map(str, row)) for row in rows)
