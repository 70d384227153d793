"""Every dialogue of the YAML files beside this module, through the whole running stack."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.chat_client import Chat, Turn
from tests.stack import Stack

pytestmark = pytest.mark.model

FILES = sorted(Path(__file__).parent.glob("*.yml"))
DIALOGUES = [
    pytest.param(dialogue, id=f"{file.stem}: {dialogue['name']}")
    for file in FILES
    for dialogue in yaml.safe_load(file.read_text(encoding="utf-8"))
]
MOST_FINISHING_PRESSES = 20


@pytest.mark.parametrize("dialogue", DIALOGUES)
def test_the_dialogue_goes_as_written(dialogue: dict[str, Any], stack: Stack) -> None:
    with Chat(stack.url) as chat:
        last, kept = Turn(), {}
        for step in dialogue["steps"]:
            last = _take(step, chat, last, kept)
            finish = step.get("finish_with")
            presses = 0
            while finish and finish in last.buttons and presses < MOST_FINISHING_PRESSES:
                presses += 1
                last = chat.press(last.buttons[finish])
            if step.get("keep_buttons"):
                kept.update(last.buttons)
            for words in step.get("says", []):
                assert words in last.text
            if "says_any" in step:
                assert any(words in last.text for words in step["says_any"]), last.text
            for words in step.get("says_not", []):
                assert words not in last.text


def _take(step: dict[str, Any], chat: Chat, last: Turn, kept: dict[str, str]) -> Turn:
    if "user" in step:
        return chat.say(str(step["user"]))
    if "press_kept" in step:
        return chat.press(kept[step["press_kept"]])
    if step.get("press_first"):
        return chat.press(next(iter(last.buttons.values())))
    assert step["press"] in last.buttons, f"{step['press']} not in {list(last.buttons)}"
    return chat.press(last.buttons[step["press"]])
