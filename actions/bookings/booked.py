"""Does what is wanted with a booking right after it was made: 几点来着, 能早点不, 取消吧."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.turns.history import last_responses
from actions.turns.registry import action_named
from actions.turns.turn import Turn
from bot.services.words.booked import asks_when_booked, cancels_booking, moves_booking

AFTER = frozenset(
    {
        "utter_booking_bring",
        "utter_booking_changed",
        "utter_booking_companion",
        "utter_booking_contact_stays",
        "utter_booking_done",
        "utter_booking_late",
        "utter_booking_list",
        "utter_booking_may_miss",
        "utter_booking_reminder",
        "utter_booking_where",
    }
)
"""Said of a booking that stands: what follows is about it."""

_ACTIONS = (
    (asks_when_booked, "action_show_bookings"),
    (cancels_booking, "action_cancel_booking"),
    (moves_booking, "action_change_booking"),
)


def does_with_booking(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Show, move or cancel the booking spoken of right before; None where nothing is wanted."""
    wanted = wish_with_booking(turn)
    return None if wanted is None else action_named(wanted).act(turn, say)


def wish_with_booking(turn: Turn) -> str | None:
    """Return the action that does what is wanted with the booking spoken of right before."""
    is_free = turn.loop is None and turn.choice is None and turn.entity("matter") is None
    if not is_free or not last_responses(turn) & AFTER:
        return None
    return next((name for wants, name in _ACTIONS if wants(turn.text)), None)
