"""The dialogues of the YAML files beside this module, through the whole running stack.

A run of `make test` plays one in eight, drawn by name (`tests/thorough.py`); CI plays all.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.operations.dialogue_format import Dialogue
from bot.operations.evaluate_dialogues import Player, read_checked, stack_player
from bot.settings import ROOT
from tests.stack import Stack, send_everybody_home
from tests.thorough import is_drawn

pytestmark = pytest.mark.model

FILES = sorted(Path(__file__).parent.glob("*.yml"))
DIALOGUES = [
    pytest.param(dialogue, id=f"{file.stem}: {dialogue.name}")
    for file in FILES
    for dialogue in read_checked(file, ROOT)
    if is_drawn(f"{file.stem}: {dialogue.name}")
]


@pytest.fixture(scope="module")
def player(stack: Stack) -> Iterator[Player]:
    """Somebody to talk to; whoever another test left at the desk has gone home."""
    send_everybody_home(stack)
    with stack_player(stack) as playing:
        yield playing


@pytest.mark.parametrize("dialogue", DIALOGUES)
def test_the_dialogue_goes_as_written(dialogue: Dialogue, player: Player) -> None:
    played = player.play(dialogue)

    assert played.problems == [], "\n".join(played.transcript)
