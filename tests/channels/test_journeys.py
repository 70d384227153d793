"""The same ten journeys on every channel, with the real product: the outcome is the same."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.channels.walkers import (
    Outcome,
    TelegramWalker,
    TencentWalker,
    TerminalWalker,
    Walker,
    WebWalker,
)
from tests.stack import Stack, send_everybody_home
from tests.telegram_api import FakeBotApi
from tests.wechat_api import FakeWechat
from tests.wecom_api import FakeWecom

pytestmark = pytest.mark.model

JOURNEYS: dict[str, tuple[tuple[str, ...], str]] = {
    "being welcomed": (("你好", "按 开店办照"), "您"),
    "opening a business": (("我想在东昌府区开个火锅店", "算了不办了"), "办事清单"),
    "documents of a matter": (("食品经营许可要什么材料",), "材料"),
    "a fee in the middle": (("我要开个小超市", "食品经营许可收费吗"), "费"),
    "one's cases and the proof": (("我的办件", "06350000101", "1101"), "食品经营"),
    "a whistle begun and left": (("按规定办的证一直不批，我要吹哨", "不吹了"), "吹哨"),
    "a booking by button": (("我想预约帮办", "按 电话", "算了"), "帮办"),
    "policies": (("有什么稳岗补贴的政策",), "稳岗返还"),
    "a complaint begun": (("我要投诉窗口态度差", "算了"), "投诉"),
    "asking for a person": (("转人工",), ""),
}
"""Name to steps, and a word that the person must see."""

NUMBERS = re.compile(r"\d+|https?://\S+")
_seen: dict[str, Outcome] = {}


@dataclass(frozen=True)
class City:
    """The product and the platforms around it."""

    stack: Stack
    telegram: FakeBotApi
    wechat: FakeWechat
    wecom: FakeWecom

    def walker(self, channel: str) -> Walker:
        """Return somebody on a channel."""
        made: dict[str, Callable[[], Walker]] = {
            "telegram": lambda: TelegramWalker(self.stack, self.telegram),
            "terminal": lambda: TerminalWalker(self.stack),
            "wechat": lambda: TencentWalker.on_wechat(self.stack, self.wechat),
            "wecom": lambda: TencentWalker.in_wecom(self.stack, self.wecom),
            "wecom_kf": lambda: TencentWalker.at_kf(self.stack, self.wecom),
        }
        return made[channel]()


@pytest.fixture(scope="module")
def city(stack: Stack, bot_api: FakeBotApi, wechat_api: FakeWechat, wecom_api: FakeWecom) -> City:
    """All channels of one product; whoever another test left at the desk has gone home."""
    send_everybody_home(stack)
    return City(stack, bot_api, wechat_api, wecom_api)


def masked(outcome: Outcome) -> list[tuple[str, tuple[str, ...]]]:
    """Return the lines without numbers and links, which are new each time."""
    return [(NUMBERS.sub("#", text), titles) for text, titles in outcome.lines]


def bare(text: str) -> str:
    """Return a text without blanks: long ones are cut there."""
    return re.sub(r"\s|（还有内容没发完，回复“更多”接着看）", "", text)


@pytest.mark.parametrize("channel", ["telegram", "terminal", "wechat", "wecom", "wecom_kf"])
@pytest.mark.parametrize("name", JOURNEYS)
def test_a_journey_comes_to_the_same_as_on_the_web(name: str, channel: str, city: City) -> None:
    steps, word = JOURNEYS[name]
    if name not in _seen:
        _seen[name] = WebWalker(city.stack).walk(steps)
    web = _seen[name]
    here = city.walker(channel).walk(steps)
    shows_buttons = channel in {"telegram", "wecom_kf"}

    assert masked(here) == masked(web)
    assert here.owner == web.owner
    for outcome in (web, here):
        assert word in outcome.shown
        shown = bare(outcome.shown)
        for text, titles in outcome.lines:
            assert bare(text) in shown
            assert outcome is web or shows_buttons or all(bare(title) in shown for title in titles)
    assert city.telegram.violations == city.wechat.violations == city.wecom.violations == []
