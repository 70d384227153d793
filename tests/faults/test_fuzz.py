"""Whatever people type, the whole running product answers it and no action goes wrong."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest

from bot.operations.prepare import current_database
from bot.services.operating.incidents import list_incidents
from tests.actions.fuzz import SAID
from tests.chat_client import Chat
from tests.stack import Stack

pytestmark = pytest.mark.model

CONVERSATIONS = 30
MESSAGES = 10
BOUND_S = 60.0
SIGNS = "店证办多少钱，。！？?1234567890 abcXYZ{}<>/\\'\"%$#@😀𠮷\u0301\u200f亩万半"
OPENERS = [
    "我想开个火锅店",
    "我要吹哨",
    "约个帮办",
    "拿了块地想盖厂房",
    "查办件",
    "有啥政策",
    "我要投诉",
]


def texts(seed: int) -> list[str]:
    """Return what one person types: an opening, then anything."""
    chance = Random(seed)  # noqa: S311 - no secret
    said = [chance.choice(OPENERS)]
    while len(said) < MESSAGES:
        made = "".join(chance.choice(SIGNS) for _ in range(chance.randint(1, 30)))
        said.append(chance.choice([chance.choice(SAID), chance.choice(SAID), f"店{made}"]))
    return [text[:5000] for text in said]


def test_three_hundred_messages_are_answered_and_nothing_is_filed(stack: Stack) -> None:
    def talk(seed: int) -> list[str]:
        unanswered = []
        with Chat(stack.url) as chat:
            for text in texts(seed):
                turn = chat.say(text)
                if not turn.messages and turn.owner == "bot":
                    unanswered.append(text)
        return unanswered

    # others may be at work on this machine; the bound is meant for one of its own
    crowding = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    began = time.monotonic()
    with ThreadPoolExecutor(6) as people:
        silent = [text for missed in people.map(talk, range(CONVERSATIONS)) for text in missed]
    seconds = time.monotonic() - began

    with current_database(stack.settings) as unit_of_work:
        assert list_incidents(unit_of_work) == ()
    assert silent == []
    assert seconds < BOUND_S * crowding
