"""Asks back which paper is meant where a text speaks of one by no name: 那个小本本换新的怎么换."""

from rasa_sdk.events import EventType

from actions import app
from actions.turns.focus import read_focus
from actions.turns.opens_form import start_form
from actions.turns.turn import Turn
from bot.services.words.vague import names_only_a_paper

USUAL = "procedure"
"""Topic that is asked where the text says no other."""


def ask_which_paper(turn: Turn) -> list[EventType]:
    """Open the question for the matter; no events where something is named or talked about."""
    spoken = read_focus(turn)
    is_free = turn.loop is None and spoken.matter is None and not spoken.is_plan
    if not is_free or turn.choice is not None or not names_only_a_paper(turn.text):
        return []
    topic = next(iter(app().dialogue_words.topics_in(turn.text)), USUAL)
    return start_form(turn, "matter_form", matter_topic=topic, matter_id=None, matter_name=None)
