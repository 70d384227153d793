"""The same ten journeys on every channel, with the real product: the outcome is the same."""

import re

import pytest

from tests.channels.walkers import (
    Outcome,
    TelegramWalker,
    TerminalWalker,
    Walker,
    WebWalker,
)
from tests.stack import Stack
from tests.telegram_api import FakeBotApi

pytestmark = pytest.mark.model

JOURNEYS: dict[str, tuple[tuple[str, ...], str]] = {
    "being welcomed": (("你好", "按 开店办照"), "您"),
    "opening a business": (("我想在东昌府区开个火锅店", "算了不办了"), "办事清单"),
    "documents of a matter": (("食品经营许可要什么材料",), "材料"),
    "a fee in the middle": (("我要开个小超市", "食品经营许可收费吗"), "费"),
    "one's cases and the proof": (("我的办件", "06350000101", "1101"), "食品经营"),
    "a whistle begun and left": (("按规定办的证一直不批，我要吹哨", "不吹了"), "吹哨"),
    "a booking by button": (("我想预约帮办", "按 电话", "算了"), "帮办"),
    "policies": (("有什么稳岗补贴的政策",), "政策"),
    "a complaint begun": (("我要投诉窗口态度差", "算了"), "投诉"),
    "asking for a person": (("转人工",), ""),
}
"""Name to steps, and a word that the person must see."""

NUMBERS = re.compile(r"\d+|https?://\S+")
_seen: dict[str, Outcome] = {}


def walker_of(channel: str, stack: Stack, bot_api: FakeBotApi) -> Walker:
    if channel == "telegram":
        return TelegramWalker(stack, bot_api)
    return TerminalWalker(stack) if channel == "terminal" else WebWalker(stack)


def masked(outcome: Outcome) -> list[tuple[str, tuple[str, ...]]]:
    """Return the lines without numbers and links, which are new each time."""
    return [(NUMBERS.sub("#", text), titles) for text, titles in outcome.lines]


@pytest.mark.parametrize("channel", ["telegram", "terminal"])
@pytest.mark.parametrize("name", JOURNEYS)
def test_a_journey_comes_to_the_same_as_on_the_web(
    name: str, channel: str, stack: Stack, bot_api: FakeBotApi
) -> None:
    steps, word = JOURNEYS[name]
    if name not in _seen:
        _seen[name] = WebWalker(stack).walk(steps)
    web = _seen[name]
    here = walker_of(channel, stack, bot_api).walk(steps)

    assert masked(here) == masked(web)
    assert here.owner == web.owner
    for outcome in (web, here):
        assert word in outcome.shown
        for text, titles in outcome.lines:
            assert text in outcome.shown
            assert (
                outcome is web or channel == "telegram" or all(t in outcome.shown for t in titles)
            )
    assert bot_api.violations == []
