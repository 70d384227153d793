"""The engine behind all forms: answers, corrections, digressions, patience."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.forms.ask import asking, choice_button, free_text, number, yes_no
from actions.forms.form import ValidateForm
from actions.forms.question import Question
from actions.turns.turn import Turn
from tests.actions.trackers import entity, message, pressed, responses, slots_set, tracker


class ValidateParcelForm(ValidateForm):
    """A made-up form: fragile or not, how heavy, a remark."""

    form = "parcel_form"

    def questions(self, turn: Turn, slots: Mapping[str, Any]) -> Sequence[Question]:
        """Ask for the weight of fragile parcels only."""
        fragile = yes_no("parcel_fragile", asking("utter_ask_fragile"), label=("易碎",))
        weight = number("parcel_weight", asking("utter_ask_weight"), label=("重量",))
        weight = Question(**{**weight.__dict__, "entity": "weight", "when_unknown": 1.0})
        remark = free_text("parcel_remark", "utter_ask_remark", label=("备注",))
        is_fragile = slots.get("parcel_fragile") == "yes"
        return (fragile, weight, remark) if is_fragile else (fragile, remark)


async def turn(said: dict[str, Any], **state: Any) -> tuple[dict[str, Any], list[str]]:
    say = CollectingDispatcher()
    events = await ValidateParcelForm().run(say, tracker(said, form="parcel_form", **state), {})
    return slots_set(events), responses(say)


async def test_opening_the_form_asks_the_first_question() -> None:
    slots, said = await turn(message("寄个件", "start"), after_action="action_start")

    assert slots == {"requested_slot": "parcel_fragile"}
    assert said == ["utter_ask_fragile"]


@pytest.mark.usefixtures(
    "application"
)  # a yes may answer what was offered above, which is looked up
async def test_an_answer_is_kept_and_the_next_question_depends_on_it() -> None:
    slots, said = await turn(message("是的", "affirm"), requested="parcel_fragile")

    assert slots["parcel_fragile"] == "yes"
    assert slots["requested_slot"] == "parcel_weight"
    assert said == ["utter_ask_weight"]

    slots, _ = await turn(message("不是", "deny"), requested="parcel_fragile")

    assert slots["requested_slot"] == "parcel_remark"


async def test_the_last_answer_closes_the_form() -> None:
    slots, said = await turn(
        message("放门口就行"), requested="parcel_remark", slots={"parcel_fragile": "no"}
    )

    assert slots["parcel_remark"] == "放门口就行"
    assert slots["requested_slot"] is None
    assert said == []


async def test_a_question_in_the_middle_is_left_to_the_rules() -> None:
    """Only requested_slot is set: so Rasa knows that the form did not understand."""
    slots, said = await turn(message("要多少钱", "ask_fee"), requested="parcel_fragile")

    assert slots == {"requested_slot": "parcel_fragile"}
    assert said == []


async def test_coming_back_from_a_digression_repeats_the_open_question() -> None:
    slots, said = await turn(
        message("要多少钱", "ask_fee"),
        requested="parcel_weight",
        slots={"parcel_fragile": "yes"},
        after_action="action_answer_fee",
    )

    assert slots == {"requested_slot": "parcel_weight"}
    assert said == ["utter_ask_weight"]


async def test_a_button_of_the_open_question_is_an_answer() -> None:
    slots, _ = await turn(pressed("parcel_fragile=no"), requested="parcel_fragile")

    assert slots["parcel_fragile"] == "no"


async def test_a_button_of_an_earlier_question_corrects_it() -> None:
    slots, said = await turn(
        pressed("parcel_fragile=no"), requested="parcel_weight", slots={"parcel_fragile": "yes"}
    )

    assert slots["parcel_fragile"] == "no"
    assert slots["requested_slot"] == "parcel_remark"
    assert said == ["utter_common_corrected_to", "utter_ask_remark"]


async def test_the_same_button_twice_changes_nothing() -> None:
    slots, said = await turn(
        pressed("parcel_fragile=yes"), requested="parcel_weight", slots={"parcel_fragile": "yes"}
    )

    assert slots["parcel_fragile"] == "yes"
    assert said == ["utter_common_already_noted", "utter_ask_weight"]


async def test_a_button_of_another_form_is_named_as_old() -> None:
    slots, said = await turn(pressed("whistle_confirmed=yes"), requested="parcel_fragile")

    assert "whistle_confirmed" not in slots
    assert slots["requested_slot"] == "parcel_fragile"
    assert said == ["utter_common_old_button", "utter_ask_fragile"]


async def test_a_button_that_belongs_to_no_form_is_left_to_the_rules() -> None:
    slots, said = await turn(pressed("topic_matter=hr-agency"), requested="parcel_fragile")

    assert slots == {"requested_slot": "parcel_fragile"}
    assert said == []


@pytest.mark.parametrize("forged", ["parcel_fragile=maybe", "parcel_fragile=", "parcel_fragile"])
async def test_a_forged_choice_is_not_taken(forged: str) -> None:
    slots, said = await turn(pressed(forged), requested="parcel_fragile")

    assert slots.get("parcel_fragile") is None
    assert said[-1] == "utter_ask_fragile"


async def test_an_answer_to_a_later_question_by_the_way_is_kept() -> None:
    said_both = message("易碎，3公斤", entities=[entity("weight", "3公斤")])
    slots, _ = await turn(
        said_both, requested="parcel_remark", slots={"parcel_fragile": "yes", "parcel_weight": 1.0}
    )

    assert slots["parcel_weight"] == 3.0


async def test_going_back_asks_the_last_answer_again() -> None:
    slots, said = await turn(
        message("上一个填错了", "go_back"),
        requested="parcel_remark",
        slots={"parcel_fragile": "yes", "parcel_weight": 2.0},
    )

    assert slots["parcel_weight"] is None
    assert slots["requested_slot"] == "parcel_weight"
    assert said == ["utter_common_ask_again", "utter_ask_weight"]


async def test_going_back_to_a_named_answer_asks_that_one() -> None:
    slots, _ = await turn(
        message("易碎那个选错了", "go_back"),
        requested="parcel_remark",
        slots={"parcel_fragile": "yes", "parcel_weight": 2.0},
    )

    assert slots["requested_slot"] == "parcel_fragile"


async def test_going_back_with_nothing_answered_says_so() -> None:
    _, said = await turn(message("填错了", "go_back"), requested="parcel_fragile")

    assert said == ["utter_common_nothing_to_correct", "utter_ask_fragile"]


async def test_skipping_takes_the_usual_answer_where_there_is_one() -> None:
    slots, said = await turn(
        message("不知道", "skip"), requested="parcel_weight", slots={"parcel_fragile": "yes"}
    )

    assert slots["parcel_weight"] == 1.0
    assert said == ["utter_common_skipped", "utter_ask_remark"]


async def test_skipping_what_must_be_known_says_so() -> None:
    slots, said = await turn(message("不知道", "skip"), requested="parcel_fragile")

    assert slots.get("parcel_fragile") is None
    assert said == ["utter_common_cannot_skip", "utter_ask_fragile"]


async def test_the_second_useless_answer_brings_examples_and_a_person() -> None:
    say = CollectingDispatcher()
    state = tracker(
        message("啊这"),
        form="parcel_form",
        requested="parcel_fragile",
        slots={"form_failures": 1.0},
    )
    slots = slots_set(await ValidateParcelForm().run(say, state, {}))

    assert slots["form_failures"] == 2.0
    assert responses(say)[1:] == ["utter_common_examples_yes_no", "utter_ask_fragile"]
    assert [b["payload"] for b in say.messages[1]["buttons"]] == ["/request_agent"]


async def test_what_can_be_left_open_is_offered_to_be_skipped() -> None:
    say = CollectingDispatcher()
    state = tracker(
        message("啊这"),
        form="parcel_form",
        requested="parcel_weight",
        slots={"parcel_fragile": "yes", "form_failures": 1.0},
    )
    await ValidateParcelForm().run(say, state, {})

    assert [b["payload"] for b in say.messages[1]["buttons"]] == ["/skip", "/request_agent"]


async def test_a_good_answer_restores_patience() -> None:
    slots, _ = await turn(
        message("是", "affirm"), requested="parcel_fragile", slots={"form_failures": 2.0}
    )

    assert slots["form_failures"] == 0.0


@pytest.mark.parametrize("intent", ["stop", "request_agent", "ask_why", "repeat"])
async def test_control_words_are_never_taken_for_free_text(intent: str) -> None:
    slots, _ = await turn(
        message("停", intent), requested="parcel_remark", slots={"parcel_fragile": "no"}
    )

    assert slots == {"requested_slot": "parcel_remark"}


async def test_an_unsure_control_intent_does_not_eat_free_text() -> None:
    slots, _ = await turn(
        message("送到了别打电话", "chitchat", 0.4),
        requested="parcel_remark",
        slots={"parcel_fragile": "no"},
    )

    assert slots["parcel_remark"] == "送到了别打电话"


async def test_symbols_alone_are_no_remark() -> None:
    slots, said = await turn(
        message("😀😀"), requested="parcel_remark", slots={"parcel_fragile": "no"}
    )

    assert slots.get("parcel_remark") is None
    assert said == ["utter_common_say_more", "utter_ask_remark"]


def test_a_choice_with_quotes_stays_valid_json() -> None:
    button = choice_button("slot", '拿地"即开工"', "标题")

    assert button["payload"] == '/inform{"choice": "slot=拿地\\"即开工\\""}'
