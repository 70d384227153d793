"""李雷 talks to 小二 on WeChat."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.domain.conversations import Attachment, Owner, Reply
from bot.services.desk.handovers import claim_conversation, say_as_agent, say_as_system
from tests.channels.wechat.conftest import Site
from tests.wechat_api import SEND, TYPING, Follower

BUTTONS = [{"title": "个体户", "payload": "/affirm"}, {"title": "公司", "payload": "/deny"}]


def test_a_text_is_answered_and_typing_is_shown(site: Site, lilei: Follower) -> None:
    lilei.say("在吗")

    assert lilei.read() == ["听到：在吗"]
    site.api.wait(lambda: [one for one in site.api.of(TYPING) if one.values["touser"] == lilei.id])


def test_the_lines_of_one_answer_are_one_message_with_numbered_choices(
    site: Site, lilei: Follower
) -> None:
    site.rasa.answer = lambda text: (
        [{"text": "您好。"}, {"text": "请选择。", "buttons": BUTTONS}]
        if text == "开店"
        else [{"text": text}]
    )
    lilei.say("开店")
    (shown,) = lilei.read()
    lilei.say("选第二个")

    assert shown == "您好。\n\n请选择。\n请回复数字选择：\n1. 个体户\n2. 公司"
    assert lilei.read() == ["/deny"]
    assert site.said(lilei) == ["开店", "公司"]


@contextmanager
def transactions(engine: Engine) -> Iterator[list[list[str]]]:
    """Yield the statements of each transaction that is committed within the block."""
    committed: list[list[str]] = []

    def ran(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        connection.info.setdefault("ran", []).append(statement)

    def ended(connection: Any) -> None:
        committed.append(connection.info.pop("ran", []))

    event.listen(engine, "before_cursor_execute", ran)
    event.listen(engine, "commit", ended)
    try:
        yield committed
    finally:
        event.remove(engine, "before_cursor_execute", ran)
        event.remove(engine, "commit", ended)


def test_a_text_its_conversation_and_what_it_allows_us_to_say_share_a_commit(site: Site) -> None:
    with transactions(site.app.engine) as committed:
        person = site.person()
        person.say("在吗")
        assert person.read() == ["听到：在吗"]

    wanted = ("INSERT INTO conversations", "channel_quotas", "INSERT INTO messages")
    (whole,) = (
        one for one in committed if any(ran.startswith("INSERT INTO conversations") for ran in one)
    )
    assert all(any(part in ran for ran in whole) for part in wanted)


def test_a_picture_is_kept_for_agents_and_answered(site: Site, lilei: Follower) -> None:
    lilei.send("image", PicUrl="http://mmbiz.example/1", MediaId="media-1_x")
    (told,) = lilei.read()
    (line, _told) = site.lines(lilei)

    assert "照片" in told
    assert line.attachments[0].url.endswith("/files/wechat/media-1_x")
    assert line.attachments[0].media_type == "image/jpeg"


def test_a_voice_that_was_recognised_is_a_text_and_another_is_answered_politely(
    site: Site, lilei: Follower
) -> None:
    lilei.send("voice", MediaId="v1", Format="amr", Recognition="我想开个火锅店。")
    heard = lilei.read()
    lilei.send("voice", MediaId="v2", Format="amr")
    (told,) = lilei.read()

    assert heard == ["听到：我想开个火锅店。"]
    assert "打字" in told
    assert "1. 转人工" in told
    assert site.said(lilei) == ["我想开个火锅店。", "（语音）"]
    assert [line.attachments[0].title for line in site.lines(lilei) if line.attachments] == [
        "录音",
        "录音",
    ]


def test_a_place_gives_the_nearest_districts_to_choose_from(lilei: Follower) -> None:
    lilei.send("location", Location_X="36.45", Location_Y="115.98", Scale="16", Label="市政府")
    (near,) = lilei.read()
    lilei.say("1")
    chosen = lilei.read()
    lilei.send("location", Location_X="31.2", Location_Y="121.5", Scale="16", Label="")
    (far,) = lilei.read()

    assert "1. 东昌府区" in near
    assert chosen == ['听到：/inform{"district": "东昌府区"}']
    assert "不在聊城市" in far


def test_a_link_is_kept_and_not_opened(site: Site, lilei: Follower) -> None:
    lilei.send("link", Title="一篇文章", Description="…", Url="http://example.com/a")
    (told,) = lilei.read()

    assert "不打开" in told
    assert site.said(lilei) == ["一篇文章\nhttp://example.com/a"]


@pytest.mark.parametrize("kind", ["sticker", "file", "of_tomorrow"])
def test_another_kind_of_message_is_answered(lilei: Follower, kind: str) -> None:
    lilei.send(kind, Title="x")

    assert "打字" in lilei.read()[0]


def test_whoever_follows_is_welcomed_and_a_number_chooses_a_first_step(
    site: Site, lilei: Follower
) -> None:
    lilei.do("subscribe")
    (welcome,) = lilei.read()
    lilei.say("1")

    assert "我是小二" in welcome
    assert "1. 开店办照" in welcome
    assert lilei.read() == ["听到：/start_business"]
    assert site.said(lilei) == ["（关注了我们）", "开店办照"]


def test_a_scanned_code_leads_to_its_case(site: Site, lilei: Follower) -> None:
    lilei.do("subscribe", "qrscene_case_371500202611230001")
    first = lilei.read()
    lilei.do("SCAN", "plan_FA-20261123-0001")
    second = lilei.read()

    assert first == ['听到：/query_case{"case_number": "371500202611230001"}']
    assert second == ["听到：打开方案 FA-20261123-0001"]


def test_a_click_on_the_menu_presses_and_an_opened_page_says_nothing(
    site: Site, lilei: Follower
) -> None:
    lilei.do("CLICK", "query_case")
    pressed = lilei.read()
    lilei.do("VIEW", "https://xiaoer.example.cn/")
    lilei.do("CLICK", "a key of last year")
    lilei.say("好")

    assert pressed == ["听到：/query_case"]
    assert lilei.read() == ["听到：好"]
    assert site.said(lilei) == ["查办件", "好"]


def test_whoever_leaves_is_out_of_reach_until_they_follow_again(
    site: Site, lilei: Follower
) -> None:
    lilei.say("你好")
    lilei.read()
    lilei.do("unsubscribe")
    assert site.conversation(lilei).unreachable_since is not None
    lilei.do("subscribe")

    assert "我是小二" in lilei.read()[0]
    assert site.conversation(lilei).unreachable_since is None


def test_files_of_ours_are_links_that_open_on_a_phone(site: Site, lilei: Follower) -> None:
    lilei.say("你好")
    lilei.read()
    files = (
        Attachment("方案", "/plans/FA-1", "text/html"),
        Attachment("图", "/a.png", "image/png"),
    )
    say_as_system(
        site.app.unit_of_work,
        conversation_id=site.conversation(lilei).id,
        reply=Reply("给您", attachments=files),
        now=site.app.now(),
    )

    assert lilei.read() == [f"给您\n方案：{site.url}/plans/FA-1\n图：{site.url}/a.png"]


def test_what_an_agent_says_is_marked(site: Site, lilei: Follower) -> None:
    lilei.say("转人工")
    lilei.read()
    talk = site.conversation(lilei).id
    now = site.app.now
    claim_conversation(
        site.app.unit_of_work,
        conversation_id=talk,
        agent_id=1,
        now=now(),
        seen=Owner.BOT,
        told=Reply("工作人员来了"),
    )
    say_as_agent(
        site.app.unit_of_work, conversation_id=talk, agent_id=1, text="我是韩梅梅", now=now()
    )
    site.api.wait(lambda: "韩梅梅" in "".join(lilei.texts))

    assert "工作人员：\n我是韩梅梅" in "\n".join(lilei.texts)


def test_twenty_messages_at_once_are_told_once_that_the_rest_was_not_taken(
    site: Site, lilei: Follower
) -> None:
    for number in range(24):
        lilei.say(f"第{number}句")
    site.api.wait(lambda: any("太快" in text for text in lilei.texts))

    assert sum("太快" in text for text in lilei.texts) == 1
    assert len(site.api.of(SEND)) > 0
