"""Hearing of cases: quiet hours, digest, answers to urges, ending it, two clocks at once."""

import threading
from datetime import datetime

import pytest
from sqlalchemy.engine import Engine

from bot.domain.cases import Case, CaseState
from bot.domain.conversations import Message
from bot.domain.people import Agent, NotAllowed, Role
from bot.services.cases import cases
from bot.services.cases.desk import UnknownCase, advance_case
from bot.services.cases.news import announce_moves
from bot.services.cases.office import Office, answer_urge
from bot.services.cases.rights import ReasonNeeded
from bot.services.cases.watch import CaseWatch, count_again, escalate_overdue
from bot.services.conversations.conversations import open_web_conversation
from bot.store.case_news import load_case_news
from tests.casework_factories import (
    NOW,
    PHONE,
    ROOT,
    OpenUnit,
    calendar,
    case,
    case_rules,
    local,
    opened,
)

S = CaseState
TEXTS = load_case_news(ROOT / "data" / "services" / "case_news.yml")
OFFICER = Agent(7, "wangfang", "王芳", Role.OFFICER, department_id="approval")
STRANGER = Agent(8, "zhaoliu", "赵六", Role.OFFICER, department_id="tax")
HELPER = Agent(9, "hanmeimei", "韩梅梅", Role.AGENT)


def tell(unit: OpenUnit, now: datetime = NOW) -> tuple[str, ...]:
    return announce_moves(unit, texts=TEXTS, rules=case_rules(), now=now)


def person(unit: OpenUnit) -> str:
    return open_web_conversation(unit, now=NOW).conversation_id


def prove(unit: OpenUnit, number: str, who: str) -> None:
    cases.find_case(
        unit,
        number=number,
        credential=PHONE[-4:],
        conversation_id=who,
        now=NOW,
        calendar=calendar(),
    )


def followed(unit: OpenUnit, who: str, count: int = 1) -> list[Case]:
    made = [case(unit, origin=f"{who}:{index}") for index in range(count)]
    for one in made:
        prove(unit, one.number, who)
        cases.follow_case(unit, number=one.number, conversation_id=who, now=NOW)
    return made


def accept(unit: OpenUnit, *some: Case, at: datetime = NOW) -> None:
    for one in some:
        advance_case(unit, number=one.number, to=S.ACCEPTED, actor="approval", now=at)


def lines(unit: OpenUnit, who: str) -> list[Message]:
    with unit() as uow:
        return list(uow.conversations.messages(who))


def urge(unit: OpenUnit, number: str, who: str, at: datetime = NOW) -> None:
    cases.urge_case(
        unit,
        number=number,
        conversation_id=who,
        origin=f"{who}:{at.isoformat()}",
        now=at,
        calendar=calendar(),
    )


def office(unit: OpenUnit, agent: Agent, now: datetime = NOW) -> Office:
    return Office(unit, agent, now, calendar(), case_rules())


@pytest.mark.parametrize(
    ("at", "is_told"),
    [
        ("2026-11-23 20:59", True),
        ("2026-11-23 21:00", False),
        ("2026-11-24 03:00", False),
        ("2026-11-24 07:59", False),
        ("2026-11-24 08:00", True),
    ],
)
def test_at_night_news_wait_for_the_morning(engine: Engine, at: str, is_told: bool) -> None:
    unit = opened(engine)
    who = person(unit)
    accept(unit, *followed(unit, who))
    assert bool(tell(unit, local(at))) is is_told
    assert bool(lines(unit, who)) is is_told
    tell(unit, local("2026-11-24 09:00"))
    assert len(lines(unit, who)) == 1


def test_many_cases_on_one_day_are_told_together_in_the_afternoon(engine: Engine) -> None:
    unit = opened(engine)
    who = person(unit)
    some = followed(unit, who, 7)
    accept(unit, *some[:2])
    tell(unit)
    assert len(lines(unit, who)) == 2  # so far one by one
    accept(unit, *some[2:])
    assert tell(unit) == ()
    assert tell(unit, local("2026-11-23 17:29")) == ()
    assert tell(unit, local("2026-11-23 17:30")) == (who,)
    digest = lines(unit, who)[-1]
    assert len(lines(unit, who)) == 3
    assert digest.text.splitlines()[0] == "今天您关注的办件有 5 件有进展："
    assert [line[:18] for line in digest.text.splitlines()[1:]] == [c.number for c in some[2:]]
    assert [button.title for button in digest.buttons] == ["我的办件"]
    assert tell(unit, local("2026-11-23 18:00")) == ()


def test_a_digest_says_the_latest_of_each_case(engine: Engine) -> None:
    unit = opened(engine)
    who = person(unit)
    some = followed(unit, who, 6)
    accept(unit, *some)
    tell(unit)
    advance_case(unit, number=some[0].number, to=S.UNDER_REVIEW, actor="approval", now=NOW)
    tell(unit)
    tell(unit, local("2026-11-23 17:30"))
    (digest,) = lines(unit, who)
    assert digest.text.splitlines()[1].endswith("审查")
    assert digest.text.count(some[0].number) == 1


def test_after_the_afternoon_the_digest_is_the_next_days(engine: Engine) -> None:
    unit = opened(engine)
    who = person(unit)
    accept(unit, *followed(unit, who, 6))
    assert tell(unit, local("2026-11-23 18:00")) == ()
    assert tell(unit, local("2026-11-24 09:00")) == ()
    assert tell(unit, local("2026-11-24 17:30")) == (who,)


def test_who_wants_to_hear_no_more_hears_no_more(engine: Engine) -> None:
    unit = opened(engine)
    who = person(unit)
    (made,) = followed(unit, who)
    accept(unit, made)  # not told yet
    assert cases.unfollow_case(unit, number=made.number, conversation_id=who)
    assert not cases.unfollow_case(unit, number=made.number, conversation_id=who)
    advance_case(unit, number=made.number, to=S.COMPLETED, actor="approval", now=NOW)
    assert tell(unit) == ()
    assert lines(unit, who) == []


def test_following_again_begins_with_what_comes_next(engine: Engine) -> None:
    unit = opened(engine)
    who = person(unit)
    (made,) = followed(unit, who)
    assert cases.unfollow_all(unit, conversation_id=who) == (made.number,)
    accept(unit, made)
    cases.follow_case(unit, number=made.number, conversation_id=who, now=NOW)
    assert tell(unit) == ()
    advance_case(unit, number=made.number, to=S.COMPLETED, actor="approval", now=NOW)
    assert tell(unit) == (who,)


def test_nobody_ends_what_is_somebody_elses(engine: Engine) -> None:
    unit = opened(engine)
    (made,) = followed(unit, person(unit))
    with pytest.raises(cases.CaseNotVerified):
        cases.unfollow_case(unit, number=made.number, conversation_id=person(unit))


def test_two_clocks_at_once_tell_everything_once_and_in_order(engine: Engine) -> None:
    unit = opened(engine)
    people = [person(unit) for _ in range(3)]
    for who in people:
        (made,) = followed(unit, who)
        for state in (S.ACCEPTED, S.UNDER_REVIEW, S.PUBLICITY, S.UNDER_REVIEW, S.COMPLETED):
            advance_case(unit, number=made.number, to=state, actor="approval", now=NOW)
    barrier = threading.Barrier(3)

    def clock() -> None:
        barrier.wait()
        tell(unit)

    threads = [threading.Thread(target=clock) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    for who in people:
        told = [line.text.rstrip("。")[-2:] for line in lines(unit, who)]
        assert told == ["受理", "审查", "公示", "审查", "办结"]


def test_an_overdue_case_is_told_to_its_follower(engine: Engine) -> None:
    unit = opened(engine)
    who = person(unit)
    (made,) = followed(unit, who)
    accept(unit, made)
    tell(unit)
    clock = CaseWatch(unit, case_rules(), calendar())
    count_again(clock)
    late = local("2026-11-27 09:00")
    escalate_overdue(clock, now=late)
    tell(unit, late)
    assert "已自动转给部门负责人督办" in lines(unit, who)[-1].text


def test_the_answer_to_an_urge_comes_back_to_the_one_who_urged(engine: Engine) -> None:
    unit = opened(engine)
    who = person(unit)
    made = case(unit, (S.ACCEPTED, NOW))
    prove(unit, made.number, who)  # does not follow the case
    urge(unit, made.number, who)
    with unit() as uow:
        (waiting,) = uow.case_urges.waiting(("approval",), 10)
        assert list(uow.case_urges.waiting(("tax",), 10)) == []
    assert str(waiting.reply_due_on) == "2026-11-24"
    answer_urge(office(unit, OFFICER), number=made.number, on=waiting.on, text="明天现场核查")
    assert tell(unit) == (who,)
    (line,) = lines(unit, who)
    assert line.text.endswith("经办部门答复：明天现场核查")
    with unit() as uow:
        assert list(uow.case_urges.waiting(None, 10)) == []


def test_an_answer_is_not_put_off_to_the_digest(engine: Engine) -> None:
    unit = opened(engine)
    who = person(unit)
    some = followed(unit, who, 7)
    accept(unit, *some)
    tell(unit)
    urge(unit, some[0].number, who)
    answer_urge(office(unit, OFFICER), number=some[0].number, on=NOW.date(), text="在办了")
    tell(unit)
    assert [line.text.rstrip("。")[-3:] for line in lines(unit, who)] == ["：受理", "在办了"]


@pytest.mark.parametrize(
    ("agent", "text", "error"),
    [
        (STRANGER, "好", UnknownCase),
        (HELPER, "好", NotAllowed),
        (OFFICER, "  ", ReasonNeeded),
    ],
)
def test_only_the_department_answers_and_not_with_nothing(
    engine: Engine, agent: Agent, text: str, error: type[Exception]
) -> None:
    unit = opened(engine)
    who = person(unit)
    made = case(unit, (S.ACCEPTED, NOW))
    prove(unit, made.number, who)
    urge(unit, made.number, who)
    with pytest.raises(error):
        answer_urge(office(unit, agent), number=made.number, on=NOW.date(), text=text)
    with unit() as uow:
        assert len(uow.case_urges.waiting(None, 10)) == 1
