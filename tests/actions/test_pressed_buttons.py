"""Buttons below answers about a matter: they carry no words, and each is answered."""

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.turns.registry import action_named
from tests.actions.trackers import message, responses, tracker
from tests.catalogue_files import committed_catalogue

pytestmark = pytest.mark.usefixtures("application")

TOPICS = ("materials", "procedure", "time_limit", "fee", "place", "eligibility", "deferral")


@pytest.mark.parametrize("topic", TOPICS)
async def test_a_button_is_answered_for_every_matter(topic: str) -> None:
    unanswered = []
    for matter_id in committed_catalogue().matters:
        say = CollectingDispatcher()
        said = message(f"/ask_{topic}", f"ask_{topic}", 1.0)
        slots = {"matter_id": matter_id, "focus": "matter"}
        await action_named(f"action_answer_{topic}").run(say, tracker(said, slots=slots), {})
        if responses(say)[:1] != ["utter_matters_answer"]:
            unanswered.append((matter_id, responses(say)))
    assert unanswered == []
