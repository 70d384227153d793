"""Does what is wished in so many words: 你给我叫个真人来, 我要投诉 …就不能一次说清楚吗."""

from dataclasses import replace

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.trades.start_named import answer_names_only
from actions.turns.focus import TICKET
from actions.turns.registry import action_named
from actions.turns.turn import Turn
from bot.services.tickets import lookup as ticket_lookup
from bot.services.words.plain_wishes import calls_person, files_in_words, looks_for_unnumbered


def does_plain_wish(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Call a person, open a complaint, or tell how one without its number is found; or None."""
    if turn.choice is not None or turn.loop is not None or not turn.text:
        return None
    if begun := answer_names_only(turn, say):
        return begun
    if calls_person(turn.text):
        return action_named("action_request_agent").act(turn, say)
    if looks_for_unnumbered(turn.text):
        return _find_unnumbered(turn, say)
    is_filed = turn.slots.get("focus") == TICKET  # what is told on may belong to that one
    if is_filed or not files_in_words(turn.text):
        return None
    wish = replace(turn, intent="complain", confidence=1.0)
    return action_named("action_start_complaint").act(wish, say)


def _find_unnumbered(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Show what was filed in this conversation, else say how it is found without a number."""
    if ticket_lookup.numbers_of(app().reading, conversation_id=turn.conversation_id):
        return action_named("action_start_ticket").act(replace(turn, intent="query_ticket"), say)
    say.utter_message(response="utter_whistle_no_number")
    return [SlotSet("focus", turn.slots.get("focus"))]
