"""Notice, deletion and linking on a messaging platform, as the phone shows them."""

import re

from bot.services.conversations.conversations import open_web_conversation
from tests.channels.telegram.conftest import Site
from tests.telegram_person import Person

PERSONAL = [{"custom": {"type": "personal"}}, {"text": "留个电话吧？"}]


def test_the_notice_comes_before_the_question_with_two_buttons(site: Site, lilei: Person) -> None:
    site.rasa.answer = lambda _text: PERSONAL
    lilei.say("约帮办")
    assert "先跟您说清楚" in lilei.read()[0]
    lilei.press("同意，接着办")

    assert lilei.read(2)[-1] == "留个电话吧？"


def test_everything_is_deleted_and_the_receipt_comes_to_the_same_chat(
    site: Site, lilei: Person
) -> None:
    lilei.say("我叫李雷雷")
    lilei.read()
    before = site.conversation(lilei).id
    lilei.say("删除我的数据")
    assert "聊天记录 3 条" in lilei.read()[0]
    lilei.press("确认删除")

    assert lilei.read()[0].startswith("删好了。回执编号 SC-")
    assert site.conversation(lilei).id != before
    assert [one.author.value for one in site.lines(lilei)] == ["system"]
    lilei.say("你好")
    assert lilei.read() == ["听到：你好"]


def test_a_code_of_the_page_sent_from_the_phone_is_confirmed_on_the_page(
    site: Site, lilei: Person
) -> None:
    token = open_web_conversation(site.app.unit_of_work, now=site.app.now()).token
    headers = {"Authorization": f"Bearer {token}"}
    site.http.post(
        "/api/chat/messages", headers=headers, json={"client_id": "1", "payload": "/link_channel"}
    )
    shown = read(site, headers, "绑定码")
    [code] = re.findall(r"绑定 (\d{6})", shown)
    lilei.say(f"绑定 {code}")
    assert "请回到给您绑定码的那边" in lilei.read()[0]
    assert "Telegram上有人发来了您的绑定码" in read(site, headers, "是您本人吗")
    site.http.post(
        "/api/chat/messages", headers=headers, json={"client_id": "2", "payload": "/agree_to_link"}
    )

    assert "绑定好了" in lilei.read()[0]


def read(site: Site, headers: dict[str, str], word: str) -> str:
    """Long-poll the page until a line with this word is there; return it."""
    after = 0
    for _ in range(20):
        page = site.http.get(
            "/api/chat/messages", headers=headers, params={"after": after, "wait": 10}
        ).json()
        for line in page["messages"]:
            after = line["id"]
            if word in line["text"]:
                return str(line["text"])
    raise AssertionError(f"nothing said of {word}")
