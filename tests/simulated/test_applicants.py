"""A handful of simulated applicants on all channels; `make applicants` lets many more talk."""

import pytest

from bot.operations.evaluate_dialogues import Played, stack_player
from tests.simulated.compose import CHANNELS, Draw, draws, load
from tests.simulated.people import People
from tests.simulated.run import RUNS, page
from tests.stack import Stack
from tests.telegram_api import FakeBotApi
from tests.wechat_api import FakeWechat
from tests.wecom_api import FakeWecom

SEED, COUNT = 11, 10


def test_the_same_seed_draws_the_same_conversations_and_leaves_nobody_out() -> None:
    first, second = list(draws(3, 60)), list(draws(3, 60))

    assert first == second
    assert {one.channel for one in first} == set(CHANNELS)
    assert {one.persona for one in first} == {one["name"] for one in load("personas")}
    assert {one.journey for one in first} == {one["name"] for one in load("journeys")}
    assert {one.interruption for one in first} == {one["name"] for one in load("interruptions")}


def test_the_scoreboard_keeps_the_runs_of_earlier_versions_and_names_what_failed() -> None:
    well, badly = list(draws(3, 2))
    first = page([(well, Played(well.dialogue))], 3, 60)
    second = page([(badly, Played(badly.dialogue, 1, ["not said"]))], 4, 60, first)

    runs = [line for line in second.partition(RUNS)[2].splitlines() if line.endswith("| 1 |")]
    assert [line.split("|")[3:5] for line in runs] == [[" 4 ", " 0 "], [" 3 ", " 1 "]]
    assert "step 1" in second
    assert "not said" in second


@pytest.mark.model
@pytest.mark.parametrize("draw", draws(SEED, COUNT), ids=lambda draw: draw.dialogue.name)
def test_a_simulated_applicant_gets_there(
    draw: Draw, stack: Stack, bot_api: FakeBotApi, wechat_api: FakeWechat, wecom_api: FakeWecom
) -> None:
    people = People(stack, bot_api, wechat_api, wecom_api)
    with stack_player(stack) as player:
        played = player.play(draw.dialogue, people.meet(draw.channel))

    assert played.problems == [], "\n".join(played.transcript)
