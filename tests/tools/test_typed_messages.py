"""What is typed in a dialogue is noted with where it is typed and what came of it."""

from collections.abc import Iterator

import pytest

from bot.operations.dialogue_format import Dialogue, Step
from bot.operations.evaluate_dialogues import stack_player
from tests.stack import Stack, send_everybody_home
from tools.typed_messages import BUTTON, Typed, Watching

pytestmark = pytest.mark.model


@pytest.fixture
def watching(stack: Stack) -> Iterator[Watching]:
    send_everybody_home(stack)
    with stack_player(stack) as player:
        yield Watching(player)


def _watch(watching: Watching, *steps: Step) -> list[Typed]:
    watching.watch(Dialogue("made up", steps), "a.yml")
    return watching.typed


def test_a_dialogue_is_played_on_whatever_it_expects(watching: Watching) -> None:
    typed = _watch(
        watching,
        Step("user", "食品经营许可证去哪办", {"says": ["不会说的话"]}),
        Step("user", "那要多少钱", {"says_any": ["不收费", "免费"]}),
    )

    assert [one.text for one in typed] == ["食品经营许可证去哪办", "那要多少钱"]
    assert [dict(one.expected) for one in typed] == [
        {"says": ["不会说的话"]},
        {"says_any": ["不收费", "免费"]},
    ]
    first, second = typed
    assert (first.slots.get("matter_id"), first.before) == (None, ())
    assert second.slots["matter_id"] == "lic-food-operate"
    assert [exchange.text for exchange in second.before] == [first.text]
    assert second.before[0].responses == first.outcome.responses
    assert [one.text for one in first.outcome.responses] == list(first.outcome.texts)
    assert all(one.name.startswith("utter_") for one in first.outcome.responses)


def test_buttons_stand_between_and_are_not_noted(watching: Watching) -> None:
    typed = _watch(
        watching,
        Step("user", "我想开个小饭馆，40平"),
        Step("press_first", True),
        Step("user", "再说一遍"),
    )

    assert [one.text for one in typed] == ["我想开个小饭馆，40平", "再说一遍"]
    assert [one.text for one in typed[1].before] == ["我想开个小饭馆，40平", BUTTON]
    assert typed[1].form == "start_business_form"


def test_a_step_that_presses_on_is_played_and_not_noted(watching: Watching) -> None:
    opens = Step("user", "我想开个小饭馆，40平", finish_with="个体工商户")
    typed = _watch(watching, opens, Step("user", "一共要多少钱"))

    assert [one.text for one in typed] == ["一共要多少钱"]
    assert [one.text for one in typed[0].before] == ["我想开个小饭馆，40平", BUTTON]


def test_what_is_typed_to_a_person_is_not_noted(watching: Watching) -> None:
    typed = _watch(
        watching,
        Step("agent", "online"),
        Step("user", "转人工"),
        Step("user", "食品证去哪办"),
    )

    assert [one.text for one in typed] == ["转人工"]
