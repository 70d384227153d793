"""A handful of simulated applicants on all channels; `make applicants` lets many more talk."""

import pytest

from bot.operations.evaluate_dialogues import stack_player
from tests.simulated.compose import CHANNELS, Draw, draws, load
from tests.simulated.people import People
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


@pytest.mark.model
@pytest.mark.parametrize("draw", draws(SEED, COUNT), ids=lambda draw: draw.dialogue.name)
def test_a_simulated_applicant_gets_there(
    draw: Draw, stack: Stack, bot_api: FakeBotApi, wechat_api: FakeWechat, wecom_api: FakeWecom
) -> None:
    people = People(stack, bot_api, wechat_api, wecom_api)
    with stack_player(stack) as player:
        played = player.play(draw.dialogue, people.meet(draw.channel))

    assert played.problems == [], "\n".join(played.transcript)
