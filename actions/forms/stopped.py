"""What is said when a form is left in the middle."""

from rasa_sdk.executor import CollectingDispatcher

from actions.applying.draft import VALUES
from actions.turns.turn import Turn

STORIES = {"feedback_form": "feedback_text", "whistle_form": "whistle_description"}
"""Form to the slot of what is told in it, which somebody may believe to be handed in."""

APPLIES = "apply_form"
"""Form of an application, of which what is filled in stays."""


def say_stopped(turn: Turn, say: CollectingDispatcher) -> None:
    """Say that it rests here; what was told of a trouble is not handed in yet."""
    if turn.slots.get(STORIES.get(str(turn.loop), "")):
        say.utter_message(response="utter_feedback_stopped")
    elif turn.loop == APPLIES and turn.slots.get(VALUES):
        say.utter_message(response="utter_apply_stopped")
    else:
        say.utter_message(response="utter_common_stopped")
