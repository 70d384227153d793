"""Every dialogue of the YAML files beside this module, through the whole running stack."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.bootstrap import utc_now
from bot.operations.dialogue_format import Dialogue
from bot.operations.evaluate_dialogues import Player, read_checked, stack_player
from bot.operations.prepare import current_database
from bot.settings import ROOT
from tests.stack import Stack

pytestmark = pytest.mark.model

FILES = sorted(Path(__file__).parent.glob("*.yml"))
DIALOGUES = [
    pytest.param(dialogue, id=f"{file.stem}: {dialogue.name}")
    for file in FILES
    for dialogue in read_checked(file, ROOT)
]


@pytest.fixture(scope="module")
def player(stack: Stack) -> Iterator[Player]:
    """Somebody to talk to; whoever another test left at the desk has gone home."""
    with current_database(stack.settings) as unit_of_work, unit_of_work() as unit:
        for agent in unit.people.agents():
            unit.people.set_presence(agent.id, now=utc_now(), is_available=False)
    with stack_player(stack) as playing:
        yield playing


@pytest.mark.parametrize("dialogue", DIALOGUES)
def test_the_dialogue_goes_as_written(dialogue: Dialogue, player: Player) -> None:
    played = player.play(dialogue)

    assert played.problems == [], "\n".join(played.transcript)
