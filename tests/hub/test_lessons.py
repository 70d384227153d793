"""Lessons reach the database with the turn; the place of the model comes with the claim."""

from datetime import datetime, timezone

import pytest

from bot.domain.learning import GuessPressed, Misread, MisreadReason
from bot.domain.model_life import ChoiceState, Serving
from bot.hub.answers import read_answer
from bot.hub.rasa_client import RasaClient
from bot.services.conversations.turns import claim_turn
from bot.services.learning.model_choices import KnownModel, new_choice, rasa_place
from tests.fake_rasa import TOKEN, fake_rasa
from tests.hub.conftest import Scene

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=timezone.utc)
TOLD = {
    "type": "misread",
    "reason": "guessed",
    "form": "",
    "question": "",
    "candidates": [["ask_fee", 0.25]],
}
LESSON = Misread(MisreadReason.GUESSED, candidates=(("ask_fee", 0.25),))


async def test_a_lesson_is_kept_with_the_model_that_read_the_message(scene: Scene) -> None:
    scene.rasa.answer = lambda _text: [{"text": "您是想问？"}, {"custom": TOLD}]
    await scene.say("嘎嘎嘎")
    await scene.serve_all()

    with scene.unit_of_work() as unit:
        (kept,) = unit.misunderstood.undecided(5)
    assert (kept.text, kept.misread, kept.model) == ("嘎嘎嘎", LESSON, "20261123.tar.gz")
    assert scene.lines == [("applicant", "嘎嘎嘎"), ("bot", "您是想问？")]


@pytest.mark.parametrize(
    "broken",
    [
        {"type": "misread"},
        {**TOLD, "reason": "bored"},
        {**TOLD, "candidates": [["ask_fee"]]},
        {**TOLD, "candidates": 5},
        {"type": "guess_pressed", "of": "seven", "chosen": "x"},
    ],
)
def test_a_broken_lesson_costs_no_answer(broken: dict[str, object]) -> None:
    answer = read_answer([{"text": "好"}, {"custom": broken}])
    assert [one.text for one in answer.replies] == ["好"]
    assert answer.lesson is None


def test_a_pressed_guess_is_read() -> None:
    told = {"type": "guess_pressed", "of": "7", "chosen": "ask_fee"}
    assert read_answer([{"custom": told}]).lesson == GuessPressed(7, "ask_fee")


async def test_a_turn_goes_where_the_model_in_use_was_when_it_was_claimed(scene: Scene) -> None:
    with fake_rasa() as other:
        await scene.say("一")
        serve(scene, other.url)
        turn = claim_turn(scene.unit_of_work, now=scene.clock(), run_id="run")
        assert turn is not None
        serve(scene, "http://127.0.0.1:9")
        await scene.hub.worker._answer(turn)

        assert (other.texts, scene.rasa.texts) == (["一"], [])
        assert scene.last.text == "听到：一"


async def test_a_hub_of_another_run_asks_where_the_settings_say(scene: Scene) -> None:
    serve(scene, "http://127.0.0.1:9")
    await scene.say("一")
    await scene.serve_all()

    assert scene.rasa.texts == ["一"]


async def test_the_state_of_the_whole_is_asked_at_the_new_place(scene: Scene) -> None:
    serve(scene, scene.rasa.url)
    client = RasaClient(
        rasa_url="http://127.0.0.1:9",
        rasa_token=TOKEN,
        actions_url=scene.rasa.actions_url,
        turn_timeout_s=5,
        where=lambda: rasa_place(scene.unit_of_work, "run"),
    )
    try:
        assert (await client.status()).is_up
    finally:
        await client.close()


def serve(scene: Scene, url: str) -> None:
    model = KnownModel("a.tar.gz", "a" * 64, "b" * 16, NOW)
    with scene.unit_of_work() as unit:
        choice = new_choice(model, ChoiceState.ACTIVE, by=None, reason="启动", now=NOW)
        unit.models.set_serving(Serving("run", url, unit.models.add(choice), NOW))
