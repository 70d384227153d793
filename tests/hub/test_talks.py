"""Talks with business in the chat: found, signed up for, asked, answered, and left."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.domain.conversations import Owner
from bot.domain.meetings import MeetingKind, NewMeeting
from bot.domain.people import Role
from bot.domain.privacy import Decision
from bot.domain.talk_texts import contact_in
from bot.services.meetings import meetings
from bot.services.meetings.meetings import MeetingDesk
from bot.services.meetings.news import tell_of_talks
from bot.services.meetings.words import TalkWords
from bot.services.privacy.consents import decide
from bot.services.privacy.erasure import erase_in
from bot.services.times.local_time import local_day
from bot.settings import ROOT
from bot.store.hub_texts import load_hub_texts
from bot.store.tables.meetings import MEETING_QUESTIONS, MEETING_SIGNUPS
from tests.casework_factories import catalogue
from tests.desk_cast import Cast
from tests.hub.conftest import Scene
from tests.routing_factories import router

TEXTS = load_hub_texts(ROOT / "data")
WORDS = TalkWords(TEXTS.talks, "https://xiaoer.example")


class Hall:
    """A supervisor who announces and answers."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.now = scene, scene.clock()
        agent = Cast(scene.unit_of_work).agent("boss", "王芳", Role.SUPERVISOR)
        self.desk = MeetingDesk(scene.unit_of_work, agent, self.now, catalogue(), router(), 0.5)
        with scene.unit_of_work() as unit:
            version = TEXTS.privacy.version
            decide(unit, scene.conversation_id, version, Decision.AGREED, self.now)

    def announce(self, title: str = "冬季用电座谈") -> int:
        closes = local_day(self.now + timedelta(days=5))
        starts = self.now + timedelta(days=7)
        text, place = "请园区企业来说说用电的事。", "政务大厅三楼"
        new = NewMeeting(MeetingKind.MEETING, title, text, place, starts, closes)
        return meetings.announce(self.desk, new)

    def tell(self) -> tuple[str, ...]:
        return tell_of_talks(self.scene.unit_of_work, WORDS, now=self.now)

    def page(self, talk: int) -> meetings.MeetingPage:
        return meetings.read_meeting(self.desk, talk)


@pytest.fixture
def hall(scene: Scene) -> Hall:
    return Hall(scene)


async def say(scene: Scene, text: str) -> str:
    await scene.say(text, client_id=f"{text}-{len(scene.lines)}")
    await scene.serve_all()
    return scene.last.text


async def press(scene: Scene, title: str) -> str:
    button = next(one for one in scene.last.buttons if one.title == title)
    await scene.press(button.payload, client_id=f"{title}-{len(scene.lines)}")
    await scene.serve_all()
    return scene.last.text


async def test_somebody_finds_a_talk_signs_up_and_is_told_when_it_is_cancelled(
    scene: Scene, hall: Hall
) -> None:
    talk = hall.announce()
    assert "冬季用电座谈" in await say(scene, "请问最近有座谈会吗？")
    shown = await press(scene, "冬季用电座谈")
    assert "政务大厅三楼" in shown
    assert "姓名和手机号" in await press(scene, "我要报名")
    assert "报好了" in await say(scene, "我叫李雷，电话 138 0635 1234")
    (signed,) = hall.page(talk).signups
    assert (signed.name, signed.phone) == ("李雷", "13806351234")

    meetings.cancel(hall.desk, talk, reason="改到明年春天")
    assert hall.tell() == (scene.conversation_id,)
    assert scene.last.text == "您报名的“冬季用电座谈”不办了：改到明年春天"
    assert hall.tell() == ()
    assert scene.rasa.posted == []


async def test_who_asked_hears_the_answer_where_it_was_asked(scene: Scene, hall: Hall) -> None:
    talk = hall.announce()
    await scene.press(f'/business_talks{{"do": "ask", "talk": {talk}}}')
    await scene.serve_all()
    assert "再说一遍" in await say(scene, "电")
    assert "问题收到了" in await say(scene, "园区什么时候增容")
    (group,) = hall.page(talk).groups
    told = {"question": "园区什么时候增容", "text": "下个月增容。"}
    meetings.answer(hall.desk, talk, [group.questions[0].id], **told)
    assert hall.tell() == (scene.conversation_id,)
    assert "下个月增容。" in scene.last.text
    assert hall.tell() == ()
    await press(scene, "再问一个")
    await say(scene, "写错了的问题")
    assert "撤回了" in await press(scene, "撤回这个问题")
    assert hall.page(talk).groups == []


async def test_new_talks_are_told_to_those_who_agreed_and_to_nobody_else(
    scene: Scene, hall: Hall
) -> None:
    hall.announce()
    await say(scene, "有座谈会告诉我")
    assert hall.tell() == ()
    scene.clock.pass_seconds(60)
    await press(scene, "可以")
    hall.desk = replace(hall.desk, now=scene.clock() + timedelta(minutes=1))
    hall.announce("秋季用工座谈")
    assert hall.tell() == (scene.conversation_id,)
    assert hall.tell() == ()
    told = [text for author, text in scene.lines if author == "system" and "您说过" in text]
    (text,) = told
    assert "秋季用工座谈" in text
    assert "不再告诉您" in await say(scene, "别再告诉我座谈会了")
    hall.announce("新春座谈")
    assert hall.tell() == ()


async def test_whoever_speaks_of_something_else_is_answered_and_shown_the_way_back(
    scene: Scene, hall: Hall
) -> None:
    talk = hall.announce()
    await scene.press(f'/business_talks{{"do": "join", "talk": {talk}}}')
    await scene.serve_all()
    back = await say(scene, "办食品经营许可证要带哪些材料过去")
    assert scene.rasa.texts == ["办食品经营许可证要带哪些材料过去"]
    assert "还没弄完" in back
    assert await say(scene, "13806351234 李雷") == "听到：13806351234 李雷"
    assert hall.page(talk).signups == []


async def test_who_is_asked_for_a_question_and_wants_a_person_gets_one(
    scene: Scene, hall: Hall
) -> None:
    talk = hall.announce()
    await scene.press(f'/business_talks{{"do": "ask", "talk": {talk}}}')
    await scene.serve_all()
    await say(scene, "我要转人工")
    assert scene.rasa.texts == ["我要转人工"]
    assert hall.page(talk).groups == []


async def test_leaving_ends_it_and_the_time_for_an_answer_passes(scene: Scene, hall: Hall) -> None:
    talk = hall.announce()
    payload = f'/business_talks{{"do": "ask", "talk": {talk}}}'
    await scene.press(payload)
    await scene.serve_all()
    assert "先不弄了" in await say(scene, "算了不问了")
    assert await say(scene, "什么时候增容") == "听到：什么时候增容"
    await scene.press(payload, client_id="again")
    await scene.serve_all()
    scene.clock.pass_seconds(31 * 60)
    assert await say(scene, "什么时候增容呢") == "听到：什么时候增容呢"
    assert hall.page(talk).groups == []


async def test_a_deletion_takes_the_sign_up_and_leaves_the_question_without_its_asker(
    scene: Scene, hall: Hall, sqlite_engine: Engine
) -> None:
    talk = hall.announce()
    await scene.press(f'/business_talks{{"do": "ask", "talk": {talk}}}')
    await scene.serve_all()
    await say(scene, "园区什么时候增容")
    await press(scene, "再问一个")
    await scene.press(f'/business_talks{{"do": "join", "talk": {talk}}}')
    await scene.serve_all()
    await say(scene, "李雷 13806351234")
    with scene.unit_of_work() as unit:
        erase_in(unit, scene.conversation_id, now=hall.now)
    with sqlite_engine.connect() as connection:
        assert connection.execute(select(MEETING_SIGNUPS)).all() == []
        (asked,) = connection.execute(select(MEETING_QUESTIONS.c.conversation_id)).all()
    assert asked.conversation_id != scene.conversation_id
    ids = [one.id for group in hall.page(talk).groups for one in group.questions]
    meetings.answer(hall.desk, talk, ids, question="什么时候增容", text="下个月增容。")
    assert hall.tell() == ()


async def test_what_is_over_or_unknown_is_said(scene: Scene, hall: Hall) -> None:
    talk = hall.announce()
    meetings.cancel(hall.desk, talk, reason="改到明年春天")
    for do, wanted in (("join", "不办了：改到明年春天"), ("show", "不办了")):
        await scene.press(f'/business_talks{{"do": "{do}", "talk": {talk}}}')
        await scene.serve_all()
        assert wanted in scene.last.text
    await scene.press('/business_talks{"do": "join", "talk": 99}')
    await scene.serve_all()
    assert "没有这一场" in scene.last.text
    assert "现在没有可以报名的" in await say(scene, "政企沟通")
    assert scene.owner is Owner.BOT


async def test_who_asks_what_only_the_hosts_know_is_led_to_asking_them(
    scene: Scene, hall: Hall
) -> None:
    talk = hall.announce()
    led = await say(scene, "我想参加下周那个座谈会，可以带同事吗")
    assert "点“我要提问”问主办的人" in led
    await press(scene, "冬季用电座谈")
    await press(scene, "我要提问")
    assert "问题收到了" in await say(scene, "座谈会可以带同事吗")
    (group,) = hall.page(talk).groups
    assert group.questions[0].text == "座谈会可以带同事吗"
    assert scene.rasa.posted == []


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("政企沟通", "list"),
        ("我们公司想参加座谈会，怎么报名？", "list"),
        ("最近有没有企业家座谈会", "list"),
        ("以后有座谈会通知我一声", "watch"),
        ("别再告诉我座谈会", "stop"),
        ("上次座谈会说的事到现在没人办，我要投诉", None),
        ("办座谈会要不要报批", None),
        ("我想开个公司", None),
        ("有新政策告诉我", None),
        ("我想参加下周那个座谈会，可以带同事吗", "asked"),
        ("政府开会能不能叫上我们小企业", "asked"),
        ("以前的座谈会都答复了些什么", "asked"),
        ("座谈会有网上直播吗", "asked"),
        ("座谈会上说的那个补贴怎么申请", None),
        ("镇上开座谈会没叫我们参加，为什么", None),
        ("上次座谈会答应的事有没有下文", None),
        ("开座谈会租酒店场地要不要许可", None),
        ("征求意见稿在哪里看得到", None),
    ],
)
def test_only_texts_about_talks_are_answered_here(text: str, wish: str | None) -> None:
    assert TEXTS.talks.wish(text) == wish


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("李雷 13806351234", ("李雷", "13806351234")),
        ("姓名：李雷，手机号：１３８０６３５１２３４", ("李雷", "13806351234")),
        ("138-0635-1234老味道饺子馆的王五", ("老味道饺子馆的王五", "13806351234")),
        ("李雷", ("", "")),
        ("1380635123456", ("", "")),
    ],
)
def test_name_and_number_are_read_in_any_order(text: str, found: tuple[str, str]) -> None:
    assert contact_in(text) == found


async def test_a_round_of_consultation_takes_questions_and_no_names(
    scene: Scene, hall: Hall
) -> None:
    closes = local_day(hall.now + timedelta(days=5))
    new = NewMeeting(MeetingKind.CONSULTATION, "用水价格征求意见", "请说说看法。", "", None, closes)
    talk = meetings.announce(hall.desk, new)
    for do in ("show", "join"):
        await scene.press(f'/business_talks{{"do": "{do}", "talk": {talk}}}')
        await scene.serve_all()
        assert [one.title for one in scene.last.buttons] == ["我要提问"]
