"""WeChat as it is on a bad day: busy, an old token, the quota spent, dead lines."""

import time

import pytest

from bot.domain.conversations import Author, Reply
from bot.services.conversations.deliveries import list_failed_deliveries
from bot.services.desk.handovers import say_as_system
from tests.channels.wechat.conftest import Site
from tests.wechat_api import SEND, TEMPLATE, TEMPLATE_ID, Follower


def tell(site: Site, person: Follower, text: str) -> None:
    """Send a notice, as news of a case are."""
    say_as_system(
        site.app.unit_of_work,
        conversation_id=site.conversation(person).id,
        reply=Reply(text=text, author=Author.SYSTEM),
        now=site.app.now(),
    )


@pytest.mark.parametrize("trouble", ["errcode:-1", "500", "broken", "lost"])
def test_an_error_of_a_moment_loses_nothing(site: Site, lilei: Follower, trouble: str) -> None:
    site.api.script[SEND].append(trouble)
    lilei.say("一")
    site.api.wait(lambda: not site.api.script[SEND])
    lilei.say("二")
    site.api.wait(lambda: "听到：二" in "".join(lilei.texts))
    seen = "\n\n".join(lilei.texts)

    assert seen.count("听到：一") == (2 if trouble == "lost" else 1), "doubled only when in doubt"
    assert seen.index("听到：一") < seen.index("听到：二")


def test_an_old_token_is_renewed_once_and_the_line_goes_out_at_once(
    site: Site, lilei: Follower
) -> None:
    lilei.say("先")
    lilei.read()
    fetched = len(site.api.token_fetches)
    site.api.script[SEND].append("expire")
    began = time.monotonic()
    lilei.say("在吗")

    assert lilei.read() == ["听到：在吗"]
    assert len(site.api.token_fetches) == fetched + 1
    assert time.monotonic() - began < 30


def test_a_token_that_is_refused_though_it_should_be_good_is_replaced_by_force(
    site: Site, lilei: Follower
) -> None:
    lilei.say("先")
    lilei.read()
    before = site.api.token
    site.api.script[SEND].append("errcode:40001")
    lilei.say("在吗")

    assert lilei.read() == ["听到：在吗"]
    assert site.api.token != before
    assert site.api.token_fetches[-1] is True


def test_a_slow_chat_does_not_hold_up_the_others(site: Site, lilei: Follower) -> None:
    wangwu = site.person()
    site.api.script[SEND].append("slow:5")
    lilei.say("慢")
    site.api.wait(lambda: not site.api.script[SEND])
    wangwu.say("快")
    wangwu.read()

    assert lilei.texts == []
    assert lilei.read() == ["听到：慢"]


def test_the_sixth_message_waits_for_the_persons_next_one_and_goes_out_first(
    site: Site, lilei: Follower
) -> None:
    long = "这一句话有整整二十个字那么长你数数看吧。" * 190  # seven messages of 1900 bytes
    site.rasa.answer = lambda text: [{"text": long}] if text == "说长点" else [{"text": text}]
    lilei.say("说长点")
    first = lilei.read(5)
    lilei.say("更多")
    more = lilei.read(2)
    lilei.say("谢谢")

    assert first[-1].endswith("回复“更多”接着看）")
    assert "".join([*first, *more]).replace("\n（还有内容没发完，回复“更多”接着看）", "") == long
    assert lilei.read() == ["谢谢"]
    assert site.said(lilei) == ["说长点", "更多", "谢谢"]
    assert "更多" not in site.rasa.texts, "it means nothing else while lines wait"
    assert lilei.id not in site.api.over, "counted here, so WeChat never had to refuse"


def test_a_notice_outside_of_the_window_is_told_by_template_and_kept_whole(
    site: Site, lilei: Follower
) -> None:
    lilei.say("你好")
    lilei.read()
    site.api.script[SEND].append("errcode:45015")
    site.api.left[lilei.id] = 0
    notice = "您的办件 371500202611230001 已经办结，请到窗口领取。https://xiaoer.example.cn/cases/1"
    tell(site, lilei, notice)

    def told() -> list[dict[str, object]]:
        return [one.values for one in site.api.of(TEMPLATE) if one.values["touser"] == lilei.id]

    site.api.wait(told)
    tell(site, lilei, "您预约的帮办明天上午九点。")
    site.api.wait(lambda: len(told()) == 2)
    lilei.say("我来了")
    shown = "\n".join(lilei.read(1))

    assert [one["template_id"] for one in told()] == [TEMPLATE_ID] * 2
    assert told()[0]["url"] == "https://xiaoer.example.cn/cases/1"
    assert told()[0]["data"]["thing1"] == {"value": notice[:19] + "…"}  # type: ignore[index]
    assert f"{notice}\n\n您预约的帮办明天上午九点。" in shown, "first, whole, and folded"
    site.api.wait(lambda: "听到：我来了" in "\n".join(lilei.texts))
    assert list_failed_deliveries(site.app.unit_of_work) == ()


def test_a_template_that_could_not_be_sent_is_tried_again(site: Site, lilei: Follower) -> None:
    lilei.say("你好")
    lilei.read()
    site.api.left[lilei.id] = 0
    site.api.script[TEMPLATE].append("errcode:-1")
    tell(site, lilei, "您的办件有新进展")

    site.api.wait(
        lambda: [one for one in site.api.of(TEMPLATE) if one.values["touser"] == lilei.id]
    )


def test_whoever_is_no_follower_any_more_is_left_alone_and_staff_can_see_it(
    site: Site, lilei: Follower
) -> None:
    lilei.say("你好")
    lilei.read()
    site.api.lost.add(lilei.id)
    tell(site, lilei, "您的办件有新进展")
    site.api.wait(lambda: site.conversation(lilei).unreachable_since)
    site.api.lost.clear()
    mine = site.conversation(lilei).id
    failed = [
        one.message.text
        for one in list_failed_deliveries(site.app.unit_of_work)
        if one.message.conversation_id == mine
    ]
    lilei.say("我回来了")

    assert failed == ["您的办件有新进展"]
    assert lilei.read() == ["听到：我回来了"]


def test_a_line_that_wechat_never_takes_does_not_take_others_with_it(
    site: Site, lilei: Follower
) -> None:
    site.rasa.answer = lambda _text: [{"text": "甲"}, {"text": "乙"}, {"text": "丙"}]
    site.api.script[SEND].extend(["errcode:45002", "", "errcode:45002"])
    lilei.say("说三句")
    site.api.wait(lambda: "丙" in "".join(lilei.texts))

    assert lilei.texts == ["甲", "丙"]
    mine = site.conversation(lilei).id
    failed = [
        one.message.text
        for one in list_failed_deliveries(site.app.unit_of_work)
        if one.message.conversation_id == mine
    ]
    assert failed == ["乙"]
