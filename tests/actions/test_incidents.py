"""An action that goes wrong is filed, logged without personal text, and said."""

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.turns.skill import SkillAction
from bot.bootstrap import App
from bot.services.operating.incidents import list_incidents
from tests.actions.test_form import ValidateParcelForm
from tests.actions.trackers import message, responses, slots_set, tracker

SECRET = "我的电话是13800138000"


class ActionBroken(SkillAction):
    """Fails with what a person wrote in its error."""

    def name(self) -> str:
        return "action_broken"

    def act(self, turn: Any, say: CollectingDispatcher) -> list[Any]:
        say.utter_message(response="utter_half_an_answer")
        raise ValueError(turn.text)


class ValidateBrokenForm(ValidateParcelForm):
    """A form whose questions cannot be told."""

    form = "broken_form"

    def questions(self, turn: Any, slots: Any) -> Any:
        raise KeyError(turn.text)


@pytest.fixture
def say() -> CollectingDispatcher:
    return CollectingDispatcher()


async def test_an_error_is_filed_and_the_applicant_told_its_number(
    application: App, say: CollectingDispatcher, capsys: pytest.CaptureFixture[str]
) -> None:
    await ActionBroken().run(say, tracker(message(SECRET)), {})

    (incident,) = list_incidents(application.unit_of_work)
    assert responses(say) == ["utter_common_action_failed_filed"]
    assert say.messages[0]["number"] == incident.number
    assert (incident.action, incident.error) == ("action_broken", "ValueError")
    assert incident.conversation_id == "conversation-1"
    assert SECRET not in capsys.readouterr().err + repr(incident)


async def test_a_form_that_fails_keeps_its_question(
    application: App, say: CollectingDispatcher
) -> None:
    state = tracker(message("是"), form="broken_form", requested="parcel_weight")
    events = await ValidateBrokenForm().run(say, state, {})

    assert slots_set(events) == {"form_failures": 0.0, "requested_slot": "parcel_weight"}
    assert len(list_incidents(application.unit_of_work)) == 1


async def test_without_a_database_the_applicant_still_gets_an_answer(
    application: App, say: CollectingDispatcher
) -> None:
    with application.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE incidents")

    await ActionBroken().run(say, tracker(message("在吗")), {})

    assert responses(say) == ["utter_common_action_failed"]


async def test_a_tracker_that_cannot_be_read_is_answered_as_well(
    application: App, say: CollectingDispatcher
) -> None:
    state = tracker(message("在吗"))
    state.latest_message["entities"] = [{"value": "没有名字"}]

    await ActionBroken().run(say, state, {})

    assert responses(say) == ["utter_common_action_failed_filed"]
    assert list_incidents(application.unit_of_work)[0].error == "KeyError"
