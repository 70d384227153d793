"""How long an answer to a complaint or suggestion takes, asked while it is written down."""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.turns.turn import Turn
from bot.documents.matter_text import source_line


def say_time_to_answer(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say the working days that the catalogue gives, with their source."""
    rule = app().catalogue.service_rules.suggestions
    say.utter_message(
        response="utter_feedback_time_to_answer",
        days=f"{rule.working_days:g}",
        source=source_line(rule.provenance),
    )
    return [SlotSet("focus", turn.slots.get("focus"))]
