"""Reads what is told of a business where no question is open, before anything is guessed."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.trades.heard_behind import says_heard_behind
from actions.trades.opening_told import begins_told
from actions.trades.runs_told import notes_running
from actions.trades.taking_over import answer_taking_over, begins_for_licence
from actions.trades.told_behind import answer_told_behind
from actions.turns.turn import Turn


def answer_told_outside(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Take up what was offered, offer what is to be taken over, keep a trade; [] for none."""
    begun = answer_told_behind(turn, say) or answer_taking_over(turn, say)
    begun = begun or notes_running(turn, say) or begins_for_licence(turn, say)
    return begun or begins_told(turn, say) or says_heard_behind(turn, say)
