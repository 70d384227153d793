"""Answers who takes back what was just filed: it stands, and a person can withdraw it."""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.filing.just_filed import FILED, OF_TICKETS
from actions.turns.focus import TICKET
from actions.turns.history import last_responses, services_spoken_of
from actions.turns.turn import Turn
from bot.services.words.steering import takes_back_just
from bot.services.words.ticket import names_ticket


def takes_back_filed(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Say how the ticket filed right before is withdrawn; None where nothing is taken back.

    "消消气了 刚才那条投诉撤了吧". Later in the talk only one that is named is meant.
    """
    number = turn.slots.get("ticket_number")
    is_free = turn.loop is None and turn.choice is None and turn.entity("matter") is None
    if not is_free or not number or turn.slots.get("focus") != TICKET:
        return None
    is_behind = bool(services_spoken_of(turn) & OF_TICKETS or last_responses(turn) & FILED)
    if not takes_back_just(turn.text) or not (is_behind or names_ticket(turn.text)):
        return None
    say.utter_message(response="utter_whistle_take_back_number", number=number)
    return [SlotSet("focus", TICKET)]
