"""What is said when a form about a booking is left: one that is made already stays."""

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.turns.turn import Turn
from bot.documents.booking_text import booking_line
from bot.services.bookings import bookings


def say_booking_left(turn: Turn, say: CollectingDispatcher) -> None:
    """Say that nothing is booked, or that the booking that was to be moved or dropped stays.

    "不改了" in the middle of moving one cancels nothing.
    """
    number = turn.slots.get("booking_number")
    own = bookings.my_bookings(app().unit_of_work, turn.conversation_id, only_open=True)
    booking = next((one for one in own if one.number == number), None)
    if booking is None:
        say.utter_message(response="utter_booking_given_up")
    else:
        line = booking_line(booking, app().catalogue)
        say.utter_message(response="utter_booking_stays", booking=line)
