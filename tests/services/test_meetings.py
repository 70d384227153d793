"""Talks with business: announced, signed up for, asked, answered in public, forgotten."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.domain.meetings import (
    AlreadySigned,
    BadMeeting,
    BadQuestion,
    BadSignup,
    MeetingClosed,
    MeetingKind,
    NewMeeting,
    TooMuchAtOnce,
    UnknownMeeting,
)
from bot.domain.people import Agent, NotAllowed, Role
from bot.services.meetings import meetings
from bot.services.meetings.meetings import MeetingDesk
from bot.services.meetings.news import tell_of_talks
from bot.services.meetings.words import TalkWords
from bot.services.times.local_time import local_day
from bot.settings import ROOT
from bot.store.hub_texts import load_hub_texts
from tests.casework_factories import NOW, catalogue, opened
from tests.desk_cast import Cast
from tests.routing_factories import router
from tests.service_factories import OpenUnit

NEW = NewMeeting(
    MeetingKind.MEETING,
    "冬季用电座谈",
    "请园区企业来说说用电的事。",
    "政务大厅三楼",
    NOW + timedelta(days=7),
    local_day(NOW + timedelta(days=5)),
)
LIKENESS = 0.5
WORDS = TalkWords(load_hub_texts(ROOT / "data").talks, "https://xiaoer.example")


def desk(units: OpenUnit, role: Role = Role.SUPERVISOR, name: str = "boss") -> MeetingDesk:
    agent = Cast(units).agent(name, "王芳", role)
    return MeetingDesk(units, agent, NOW, catalogue(), router(), LIKENESS)


def sign(units: OpenUnit, talk: int, **changes: str) -> None:
    given = {"name": "李雷机械厂", "phone": "138 0635 1234", "client": "10.0.0.1", **changes}
    meetings.sign_up(units, talk, now=NOW, **given)


def ask(units: OpenUnit, talk: int, text: str, client: str = "10.0.0.1") -> None:
    meetings.ask(units, talk, text=text, client=client, now=NOW)


def test_questions_about_the_same_are_answered_together_in_public(engine: Engine) -> None:
    units = opened(engine)
    boss = desk(units)
    talk = meetings.announce(boss, NEW)
    same = "园区变压器容量不够，厂房一到晚上就跳闸停电，什么时候能增容"
    for at, text in enumerate((same, f"{same}？", "员工孩子上学能不能安排在附近的小学")):
        ask(units, talk, text, client=f"10.0.0.{at}")
    groups = meetings.read_meeting(boss, talk).groups
    assert [len(group.questions) for group in groups] == [2, 1]

    ids = [one.id for one in groups[0].questions]
    told = "下个月增容，找13806351234"
    assert meetings.answer(boss, talk, ids, question=same, text=told) == 2
    with units() as unit:
        (published,) = unit.meetings.answers(talk)
    assert published.asked == 2
    assert "13806351234" not in published.answer
    with pytest.raises(BadQuestion):
        meetings.answer(boss, talk, ids, question=same, text=told)
    assert len(meetings.read_meeting(boss, talk).groups) == 1


def test_each_number_signs_up_once_and_is_forgotten_after_the_talk(engine: Engine) -> None:
    units = opened(engine)
    boss = desk(units)
    talk = meetings.announce(boss, NEW)
    sign(units, talk)
    with pytest.raises(AlreadySigned):
        sign(units, talk, phone="13806351234")
    for changes in ({"phone": "12345"}, {"name": " "}, {"phone": ""}):
        with pytest.raises(BadSignup):
            sign(units, talk, **changes)
    assert [one.phone for one in meetings.read_meeting(boss, talk).signups] == ["13806351234"]
    assert meetings.forget_signups(units, now=NOW + timedelta(days=35)) == 0
    assert meetings.forget_signups(units, now=NOW + timedelta(days=36)) == 1


def test_what_is_over_or_cancelled_takes_nothing_more(engine: Engine) -> None:
    units = opened(engine)
    boss = desk(units)
    talk = meetings.announce(boss, NEW)
    with pytest.raises(MeetingClosed):
        meetings.ask(units, talk, text="还能问吗", client="", now=NOW + timedelta(days=6))
    meetings.cancel(boss, talk, reason="改到明年春天")
    with pytest.raises(MeetingClosed):
        sign(units, talk)
    with pytest.raises(MeetingClosed):
        meetings.cancel(boss, talk, reason="再取消一次")
    with pytest.raises(UnknownMeeting):
        sign(units, 99)


def test_one_place_cannot_flood_a_talk(engine: Engine) -> None:
    units = opened(engine)
    talk = meetings.announce(desk(units), NEW)
    for at in range(meetings.MOST_AN_HOUR):
        ask(units, talk, f"第 {at} 个问题")
    with pytest.raises(TooMuchAtOnce):
        ask(units, talk, "再来一个问题")
    ask(units, talk, "别处来的问题", client="10.0.0.9")


@pytest.mark.parametrize(
    "bad",
    [
        replace(NEW, title="短"),
        replace(NEW, text=""),
        replace(NEW, closes_on=local_day(NOW - timedelta(days=1))),
        replace(NEW, starts_at=None),
        replace(NEW, kind=MeetingKind.CONSULTATION),
    ],
)
def test_what_does_not_fit_together_is_not_announced(
    sqlite_engine: Engine, bad: NewMeeting
) -> None:
    units = opened(sqlite_engine)
    with pytest.raises(BadMeeting):
        meetings.announce(desk(units), bad)


def test_only_those_who_lead_hold_talks(sqlite_engine: Engine) -> None:
    units = opened(sqlite_engine)
    other = desk(units, Role.AGENT, "agent")
    with pytest.raises(NotAllowed):
        meetings.announce(other, NEW)
    with pytest.raises(NotAllowed):
        meetings.read_meeting(replace(other, agent=Agent(9, "x", "赵", Role.OFFICER)), 1)


def test_each_news_is_told_once_to_whom_it_concerns(engine: Engine) -> None:
    units = opened(engine)
    boss = desk(units)
    cast = Cast(units)
    asker, guest, watcher = (cast.conversation(now=NOW) for _ in range(3))
    with units() as unit:
        unit.meeting_chat.watch(watcher, NOW)
    talk = meetings.announce(boss, NEW)
    for origin in ("1", "1", "2"):  # a turn that is served again, and a second question
        meetings.ask(
            units,
            talk,
            text="园区什么时候能增容",
            client=asker,
            now=NOW,
            conversation_id=asker,
            origin=origin,
        )
    meetings.sign_up(
        units,
        talk,
        name="李雷",
        phone="13806351234",
        client=guest,
        now=NOW,
        conversation_id=guest,
    )
    ids = [one.id for group in meetings.read_meeting(boss, talk).groups for one in group.questions]
    assert len(ids) == 2
    meetings.answer(boss, talk, ids, question="什么时候增容", text="下个月增容。")
    assert set(tell_of_talks(units, WORDS, now=NOW)) == {asker, watcher}
    meetings.cancel(boss, talk, reason="改到明年春天")
    assert tell_of_talks(units, WORDS, now=NOW) == (guest,)
    assert tell_of_talks(units, WORDS, now=NOW) == ()
    with units() as unit:
        assert unit.meeting_chat.sign_off(talk, guest)
        assert not unit.meeting_chat.sign_off(talk, guest)
        assert not unit.meeting_chat.withdraw(talk, asker)
        assert unit.meeting_chat.unwatch([watcher])
