"""A short run of faults over three channels; `make faults` is the long one."""

import json
from pathlib import Path

import pytest

from tests.faults.breakage import Breaker
from tests.faults.city import City
from tests.faults.long_run import break_and_count
from tests.faults.mischief import disk_full, held, killed, terminated
from tests.faults.scripts import ASKS, RATES, WHISTLES
from tests.stack import Stack
from tests.telegram_api import FakeBotApi
from tests.wechat_api import FakeWechat

pytestmark = pytest.mark.model

HELD_S = 6.0
"""Stock Rasa gives up on a locked file after 5 s, and forgets what it answered."""

BACK_S, DRAINED_S = 25.0, 120.0
"""Promised are 5 s; tests have to stand a machine five times slower."""

SCRIPTS = (ASKS, WHISTLES, RATES)
FAULTS = (killed("hub"), held(HELD_S), killed("rasa"), disk_full(3), terminated("actions"))


def test_nothing_acknowledged_on_three_channels_is_lost_or_done_twice(
    stack: Stack,
    breaker: Breaker,
    bot_api: FakeBotApi,
    wechat_api: FakeWechat,
    tmp_path: Path,
) -> None:
    city = City(stack, breaker, tmp_path, bot_api, wechat_api, lines={})
    tally = break_and_count(city, SCRIPTS, FAULTS, {}, seed=1)

    assert sum(tally.faults.values()) == len(FAULTS)
    assert tally.acknowledged == tally.processed > 0
    assert tally.broken() == []
    assert tally.recovery.seconds["kill -9 hub"][0] < BACK_S
    assert tally.drained_s < DRAINED_S
    assert words_in_the_log(stack) == []


def words_in_the_log(stack: Stack) -> list[str]:
    """Return which words of people are in the hub's log; databases that fail show their values."""
    log = (stack.settings.state_dir / "log" / "hub.log").read_text(encoding="utf-8")
    typed = [text for at, script in enumerate(SCRIPTS) for text in script.typed(at)]
    escaped = {text: json.dumps(text)[1:-1] for text in typed}
    return [text for text, other in escaped.items() if text in log or other in log]
