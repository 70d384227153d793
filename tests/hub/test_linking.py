"""One person on several channels: linked by the person's act on both sides, and by nothing else."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.domain.conversations import Inbound, Reply
from bot.domain.link_texts import line
from bot.domain.people import Role
from bot.domain.privacy import Decision
from bot.services.bookings.news import say as tell
from bot.services.conversations.conversations import accept, open_pushed_conversation
from bot.services.conversations.linking import (
    LinkLocked,
    NoSuchCode,
    NothingToLink,
    agree,
    offer_code,
    send_code,
    unlink,
)
from bot.services.desk.reading import read
from bot.services.privacy.consents import decide, decided
from bot.services.privacy.erasure import erase_in
from bot.settings import ROOT
from bot.store.hub_texts import load_hub_texts
from bot.store.tables.conversations import CONVERSATIONS, DELIVERIES
from bot.store.unit_of_work import unit_of_work_factory
from tests.desk_cast import NOW, Cast
from tests.hub.conftest import Scene

TEXTS = load_hub_texts(ROOT / "data").linking
TOLD, QUESTION = line(TEXTS.linked_there), TEXTS.question("telegram")
SOON = NOW + timedelta(minutes=1)


class Two:
    """李雷 on the web page and on Telegram; 王五 on Telegram too."""

    def __init__(self, engine: Engine) -> None:
        self.unit = unit_of_work_factory(engine)
        self.page = Cast(self.unit).conversation()
        self.phone = self._telegram("李雷的手机")
        self.stranger = self._telegram("王五的手机")

    def _telegram(self, name: str) -> str:
        return open_pushed_conversation(self.unit, channel="telegram", external_id=name, now=NOW).id

    def code(self) -> str:
        return offer_code(self.unit, conversation_id=self.page, now=NOW)

    def send(self, code: str, *, who: str = "", at: timedelta = timedelta(minutes=1)) -> str:
        return send_code(
            self.unit,
            conversation_id=who or self.phone,
            code=code,
            question=QUESTION,
            now=NOW + at,
        ).shown_in

    def agree(self) -> str:
        return agree(self.unit, conversation_id=self.page, told=TOLD, now=SOON)

    def link(self) -> None:
        self.send(self.code())
        self.agree()

    def linked(self, conversation_id: str) -> set[str]:
        with self.unit() as unit:
            return set(unit.links.of(conversation_id))

    def says(self, conversation_id: str, text: str) -> None:
        with self.unit() as unit:
            channel = unit.conversations.get(conversation_id).channel
        inbound = Inbound(channel, conversation_id, text, text)
        accept(self.unit, inbound=inbound, now=SOON)

    def texts(self, conversation_id: str) -> list[str]:
        with self.unit() as unit:
            return [one.text for one in unit.conversations.messages(conversation_id)]


@pytest.fixture
def two(engine: Engine) -> Two:
    return Two(engine)


def test_a_code_alone_links_nothing_until_the_other_side_agrees(two: Two) -> None:
    assert two.send(two.code()) == two.page
    assert two.linked(two.page) == {two.page}
    assert two.texts(two.page) == [QUESTION.text]
    two.agree()

    assert two.linked(two.page) == two.linked(two.phone) == {two.page, two.phone}
    assert two.texts(two.phone) == [TEXTS.linked_there]


def test_agreeing_without_a_code_sent_links_nothing(two: Two) -> None:
    two.code()
    with pytest.raises(NothingToLink):
        two.agree()
    assert two.linked(two.page) == {two.page}


def test_a_code_is_good_for_ten_minutes_and_once(two: Two) -> None:
    code = two.code()
    with pytest.raises(NoSuchCode):
        two.send(code, at=timedelta(minutes=10))
    two.send(code)
    two.agree()
    with pytest.raises(NoSuchCode):
        two.send(code, who=two.stranger)


def test_a_new_code_ends_the_old_one_and_ones_own_is_no_good(two: Two) -> None:
    old, new = two.code(), two.code()
    for who, code in ((two.phone, old), (two.page, new)):
        with pytest.raises(NoSuchCode):
            two.send(code, who=who)
    two.send(new)


def test_five_wrong_codes_lock_for_half_an_hour_even_the_right_one(two: Two) -> None:
    code = two.code()
    wrong = [f"{(int(code) + shift) % 10**6:06d}" for shift in range(1, 6)]
    for one in wrong:
        with pytest.raises(NoSuchCode):
            two.send(one, who=two.stranger)
    with pytest.raises(LinkLocked):
        two.send(code, who=two.stranger)
    assert two.send(code) == two.page  # others are not locked out by it


def test_a_taken_code_cannot_be_taken_by_somebody_else(two: Two) -> None:
    code = two.code()
    two.send(code, who=two.stranger)
    with pytest.raises(NoSuchCode):
        two.send(code)


def test_of_two_who_send_a_code_at_once_one_gets_it(two: Two) -> None:
    code = two.code()

    def send(who: str) -> bool:
        try:
            two.send(code, who=who)
        except NoSuchCode:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        won = list(pool.map(send, (two.phone, two.stranger)))

    assert sorted(won) == [False, True]
    assert two.texts(two.page) == [QUESTION.text]


def test_agreeing_twice_at_once_links_once(two: Two) -> None:
    two.send(two.code())

    def once(_: int) -> bool:
        try:
            two.agree()
        except NothingToLink:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(once, range(2)))

    assert sorted(done) == [False, True]
    assert two.texts(two.phone) == [TEXTS.linked_there]


def test_news_go_to_the_channel_used_last(two: Two, engine: Engine) -> None:
    two.link()
    for who, text in ((two.page, "网页上说"), (two.phone, "手机上说")):
        two.says(who, text)
        with two.unit() as unit:
            tell(unit, two.page, f"{text}之后的通知", (), SOON)

    assert "网页上说之后的通知" in two.texts(two.page)
    assert two.texts(two.phone)[-1] == "手机上说之后的通知"
    with engine.connect() as connection:
        sent = connection.execute(select(DELIVERIES.c.conversation_id)).scalars().all()
    assert sent == [two.phone, two.phone]  # "linked" and the second notice


def test_the_desk_reads_one_transcript_that_says_which_channel(two: Two) -> None:
    boss = Cast(two.unit).agent("boss", "孙主任", Role.SUPERVISOR)
    two.link()
    two.says(two.page, "网页上说")
    two.says(two.phone, "手机上说")
    transcript = read(two.unit, conversation_id=two.page, agent_id=boss.id, now=SOON)

    assert [one.text for one in transcript.messages][-2:] == ["网页上说", "手机上说"]
    assert transcript.elsewhere == {two.phone: "telegram"}


def test_consent_given_on_one_channel_counts_on_the_other(two: Two) -> None:
    two.link()
    with two.unit() as unit:
        decide(unit, two.phone, "1", Decision.AGREED, NOW)

    assert decided(two.unit, two.page, "1") is Decision.AGREED
    assert decided(two.unit, two.stranger, "1") is None


def test_after_unlinking_each_is_alone_again(two: Two) -> None:
    two.link()
    unlink(two.unit, conversation_id=two.phone)
    two.says(two.phone, "手机上说")
    with two.unit() as unit:
        tell(unit, two.page, "通知", (), SOON)

    assert two.linked(two.page) == {two.page}
    assert two.texts(two.page)[-1] == "通知"
    with pytest.raises(NothingToLink):
        unlink(two.unit, conversation_id=two.phone)


def test_deletion_reaches_all_linked_channels_and_keeps_only_the_address_asked_from(
    two: Two, engine: Engine
) -> None:
    two.link()
    two.says(two.phone, "我是李雷")
    with two.unit() as unit:
        erasure, fresh = erase_in(unit, two.phone, SOON)
    with engine.connect() as connection:
        left = dict(
            connection.execute(select(CONVERSATIONS.c.id, CONVERSATIONS.c.external_id)).all()
        )

    assert erasure.holdings.deleted == {"messages": 1}
    assert left == {fresh: "李雷的手机", two.stranger: "王五的手机"}


async def test_linking_in_words_and_by_buttons(scene: Scene) -> None:
    page, phone = scene.conversation_id, scene.open()
    await scene.say("绑定")
    await scene.serve_all()
    [code] = re.findall(r"绑定 (\d{6})", scene.last.text)
    await scene.say(f"绑定 {code}", conversation_id=phone)
    await scene.serve_all()
    assert scene.page(phone).messages[-1].text == TEXTS.sent
    assert scene.last.buttons[0].title == TEXTS.agree
    await scene.press("/agree_to_link")
    await scene.serve_all()
    await scene.say("解除绑定", conversation_id=phone)
    await scene.serve_all()

    assert scene.last.text == TEXTS.linked
    assert [one.text for one in scene.page(phone).messages][-3:] == [
        TEXTS.linked_there,
        "解除绑定",
        TEXTS.unlinked,
    ]
    assert scene.rasa.texts == []
    assert page == scene.conversation_id


async def test_saying_no_links_nothing_and_ends_the_code(scene: Scene) -> None:
    phone = scene.open()
    await scene.press("/link_channel")
    await scene.serve_all()
    [code] = re.findall(r"绑定 (\d{6})", scene.last.text)
    await scene.say(f"绑定{code}", conversation_id=phone)
    await scene.serve_all()
    await scene.press("/decline_link")
    await scene.serve_all()
    await scene.say(f"绑定 {code}。", conversation_id=phone)
    await scene.serve_all()

    assert scene.last.text == TEXTS.declined
    assert [one.text for one in scene.page(phone).messages][-3:] == [
        TEXTS.declined_there,
        f"绑定 {code}。",
        TEXTS.wrong,
    ]


@pytest.mark.parametrize(
    ("text", "code", "asks", "undoes"),
    [
        ("绑定 482913", "482913", False, False),
        ("绑定：４８２９１３", "482913", False, False),
        ("绑定其他渠道", None, True, False),
        ("我要绑定Telegram", None, True, False),
        ("解除绑定", None, False, True),
        ("取消绑定吧", None, False, True),
        ("绑定银行卡要什么材料", None, False, False),
        ("取消预约", None, False, False),
        ("取消", None, False, False),
    ],
)
def test_whole_texts_about_linking_are_understood(
    text: str, code: str | None, asks: bool, undoes: bool
) -> None:
    assert TEXTS.code_in(text) == code
    assert TEXTS.asks_code(text) is asks
    assert TEXTS.asks_unlink(text) is undoes


def test_a_reply_of_the_bot_stays_where_it_was_asked(two: Two) -> None:
    two.link()
    two.says(two.phone, "手机上说")
    with two.unit() as unit:
        unit.conversations.add_message(two.page, Reply("答复"), now=SOON)

    assert two.texts(two.page)[-1] == "答复"
