"""Files as a card of the city's mini-program, and as a link when the card is refused."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.channels.wechat.card import read_card
from bot.settings import BadSetting
from tests.channels.wechat.conftest import Site, open_site
from tests.wechat_api import SEND, THUMB, Follower

MINI_PROGRAM = "wxaaaabbbbccccdddd"
ADDRESS = "https://xiaoer.example.cn/p/abc/notice.pdf?k=1&v=2"
FILE = {"title": "一单告知", "url": ADDRESS, "media_type": "application/pdf"}
PAGE = {"title": "办事清单", "url": "https://xiaoer.example.cn/p/abc", "media_type": "text/html"}
SAID = [{"text": "给您备好了", "custom": {"type": "attachments", "items": [FILE, PAGE]}}]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with open_site(
        tmp_path_factory.mktemp("card"),
        wechat_card_app_id=MINI_PROGRAM,
        wechat_card_thumb=THUMB,
    ) as opened:
        yield opened


def test_a_file_opens_in_the_mini_program_and_a_page_stays_a_link(
    site: Site, lilei: Follower
) -> None:
    site.rasa.answer = lambda _text: SAID
    lilei.say("要清单")
    site.api.wait(lambda: site.api.cards(lilei.id))
    (card,) = site.api.cards(lilei.id)
    opened = urlsplit(card["pagepath"])

    assert (card["title"], card["appid"], card["thumb_media_id"]) == (
        "一单告知",
        MINI_PROGRAM,
        THUMB,
    )
    assert (opened.path, parse_qs(opened.query)) == ("pages/file/file", {"url": [ADDRESS]})
    assert lilei.texts == [f"给您备好了\n办事清单：{PAGE['url']}"]


def test_a_card_that_is_refused_becomes_a_link_and_no_file_is_lost(
    site: Site, lilei: Follower
) -> None:
    site.rasa.answer = lambda _text: SAID
    site.api.thumbs.clear()
    lilei.say("要清单")
    site.api.wait(lambda: len(lilei.texts) == 2)
    site.api.thumbs.add(THUMB)

    assert lilei.texts[1] == f"一单告知：{ADDRESS}"
    assert site.api.cards(lilei.id) == []


def test_a_card_waits_for_the_persons_word_when_the_quota_is_spent(
    site: Site, lilei: Follower
) -> None:
    site.rasa.answer = lambda text: SAID if text == "要清单" else [{"text": "听到"}]
    lilei.say("你好")
    site.api.wait(lambda: lilei.texts)
    site.api.script[SEND].extend(["", "errcode:45047"])
    lilei.say("要清单")
    site.api.wait(lambda: not site.api.script[SEND])
    before = site.api.cards(lilei.id)
    lilei.say("谢谢")
    site.api.wait(lambda: len(lilei.texts) == 3)

    assert before == []
    assert [card["title"] for card in site.api.cards(lilei.id)] == ["一单告知"]


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"wechat_card_app_id": "gh_1"}, "APP_ID"),
        ({"wechat_card_page": "pages/file"}, "PAGE"),
        ({"wechat_card_page": "https://example.cn/{url}"}, "PAGE"),
        ({"wechat_card_thumb": ""}, "THUMB"),
    ],
    ids=["an account", "no place", "a web page", "no picture"],
)
def test_a_card_that_could_not_work_stops_the_start(
    changed: dict[str, str], named: str, site: Site
) -> None:
    with pytest.raises(BadSetting, match=f"XIAOER_WECHAT_CARD_{named}"):
        read_card(replace(site.app.settings, **changed))  # type: ignore[arg-type]
