"""Answers outside the form of a booking: offered slots, the waiting list, the one-to-one helper."""

import re
from collections.abc import Sequence

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.turns.buttons import choice_button
from actions.turns.turn import CHOICE, Turn
from bot.documents.booking_text import booking_line, booking_text
from bot.documents.dates import spoken_moment
from bot.documents.labels import ANOTHER_BOOKING
from bot.domain.assistance import AssistanceClosed, AssistanceState, UnknownAssistance
from bot.domain.bookings import (
    AlreadyBooked,
    Booking,
    SlotUnavailable,
    TooManyBookings,
)
from bot.domain.halls import MODE_TITLES
from bot.domain.wait_errors import NoOffer
from bot.domain.waits import WaitState
from bot.services.bookings import holds as booking_holds
from bot.services.bookings.news import ASSIST_CHOICE, OFFER_CHOICE, clock_time
from bot.services.desk import assistance
from bot.services.desk.assistance import HelperCard
from bot.services.reading.answers import read_yes_no

AGAIN = "booking_again"
_MORE = re.compile("再[来约订定预]|另[外约]|还[要想]约|多约|第二个")
_MY_HELPER = re.compile("(我的|我那个|一对一|专属)的?帮办|全程帮办")


def shown_first(turn: Turn, own: Sequence[Booking], say: CollectingDispatcher) -> bool:
    """Show the bookings that there are before a new one is made; False to go on with the new.

    Words that tell a day, a way, or that it is another one, are not held up.
    """
    if _MY_HELPER.search(turn.text) and show_helper(turn, say):
        return True
    tells_more = turn.entities or turn.choice or _MORE.search(turn.text)
    if not own or turn.loop == "booking_form":
        return False
    lines = "\n".join(booking_line(booking, app().catalogue) for booking in own)
    if tells_more:
        if turn.choice is None:
            say.utter_message(response="utter_booking_beside", bookings=lines)
        return False
    again = choice_button(AGAIN, "yes", ANOTHER_BOOKING)
    again["payload"] = again["payload"].replace("/inform", "/book_appointment", 1)
    say.utter_message(response="utter_booking_have_one", bookings=lines, buttons=[again])
    return True


def press(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer a button under an offered slot or about a helper."""
    assert turn.choice is not None
    slot, value = turn.choice
    if slot == OFFER_CHOICE:
        _answer_offer(turn, say, takes=value == "yes")
    elif value == "end":
        _end_help(turn, say)
    else:
        _answer_proposal(turn, say, agrees=value == "yes")
    return []


def answer_line(turn: Turn, say: CollectingDispatcher) -> bool:
    """Take a typed yes or no to what was offered in the line right above it."""
    said = read_yes_no(turn.text, turn.intent)
    if said is None or turn.choice is not None:
        return False
    offered = _offered_above(turn)
    if offered == OFFER_CHOICE:
        _answer_offer(turn, say, takes=said)
    elif offered == ASSIST_CHOICE:
        _answer_proposal(turn, say, agrees=said)
    return offered is not None


def show_helper(turn: Turn, say: CollectingDispatcher) -> bool:
    """Show who stays for the whole plan and how to reach and end it; False when nobody does."""
    card = assistance.my_helper(app().unit_of_work, turn.conversation_id)
    if card is None:
        return False
    if card.assistance.state is AssistanceState.PROPOSED:
        say.utter_message(
            response="utter_booking_helper_proposed",
            helper=card.name,
            buttons=_buttons(ASSIST_CHOICE, ("yes", "agree_title"), ("no", "disagree_title")),
        )
        return True
    say.utter_message(
        response="utter_booking_helper" if card.phone else "utter_booking_helper_no_phone",
        helper=card.name,
        phone=card.phone,
        buttons=_end_button(),
    )
    return True


def show_waits(turn: Turn, say: CollectingDispatcher) -> bool:
    """Show the line on the waiting list or what is offered; False when there is none."""
    waits = booking_holds.my_waits(app().unit_of_work, turn.conversation_id)
    for wait in waits:
        mode = MODE_TITLES[wait.mode]
        if wait.state is WaitState.OFFERED and wait.offered_at and wait.offer_until:
            say.utter_message(
                response="utter_booking_offer_stands",
                when=spoken_moment(wait.offered_at),
                until=clock_time(wait.offer_until),
                mode=mode,
                buttons=_buttons(OFFER_CHOICE, ("yes", "yes_title"), ("no", "no_title")),
            )
        else:
            say.utter_message(
                response="utter_booking_wait_stands",
                when=spoken_moment(wait.first_at),
                mode=mode,
                buttons=_buttons(OFFER_CHOICE, ("no", "leave_title")),
            )
    return bool(waits)


def leave_list(turn: Turn, say: CollectingDispatcher) -> bool:
    """Leave the waiting list when the words speak of it; False when they do not."""
    if "候补" not in turn.text and "排队" not in turn.text:
        return False
    _answer_offer(turn, say, takes=False)
    return True


def _answer_offer(turn: Turn, say: CollectingDispatcher, *, takes: bool) -> None:
    application = app()
    who, now = turn.conversation_id, application.now()
    if not takes:
        _decline(turn, say)
        return
    try:
        booking = booking_holds.accept_offer(
            application.unit_of_work,
            origin=turn.origin("offer"),
            conversation_id=who,
            now=now,
            calendar=application.calendar,
        )
    except (NoOffer, SlotUnavailable):
        say.utter_message(response="utter_booking_offer_over")
    except AlreadyBooked:
        say.utter_message(response="utter_booking_same_time")
    except TooManyBookings as error:
        say.utter_message(response="utter_booking_too_many", limit=str(error))
    else:
        text = booking_text(booking, application.catalogue)
        say.utter_message(response="utter_booking_offer_taken", booking=text)


def _decline(turn: Turn, say: CollectingDispatcher) -> None:
    unit_of_work, who, now = app().unit_of_work, turn.conversation_id, app().now()
    try:
        booking_holds.decline_offer(unit_of_work, conversation_id=who, now=now)
    except NoOffer:
        left = booking_holds.leave_waiting(unit_of_work, conversation_id=who, now=now)
        say.utter_message(
            response="utter_booking_left_list" if left else "utter_booking_offer_over"
        )
    else:
        say.utter_message(response="utter_booking_offer_declined")


def _answer_proposal(turn: Turn, say: CollectingDispatcher, *, agrees: bool) -> None:
    try:
        card = assistance.answer_proposal(
            app().unit_of_work, conversation_id=turn.conversation_id, agrees=agrees, now=app().now()
        )
    except AssistanceClosed:  # the same button twice
        show_helper(turn, say)
    except UnknownAssistance:
        say.utter_message(response="utter_booking_no_helper")
    else:
        _say_answered(card, say, agrees=agrees)


def _say_answered(card: HelperCard, say: CollectingDispatcher, *, agrees: bool) -> None:
    if not agrees:
        say.utter_message(response="utter_booking_helper_declined")
    elif card.phone:
        say.utter_message(
            response="utter_booking_helper_started",
            helper=card.name,
            phone=card.phone,
            buttons=_end_button(),
        )
    else:
        say.utter_message(
            response="utter_booking_helper_started_no_phone",
            helper=card.name,
            buttons=_end_button(),
        )


def _end_button() -> list[dict[str, str]]:
    return _buttons(ASSIST_CHOICE, ("end", "end_title"))


def _end_help(turn: Turn, say: CollectingDispatcher) -> None:
    try:
        card = assistance.end_by_applicant(
            app().unit_of_work, conversation_id=turn.conversation_id, now=app().now()
        )
    except (AssistanceClosed, UnknownAssistance):
        say.utter_message(response="utter_booking_no_helper")
    else:
        say.utter_message(response="utter_booking_helper_ended", helper=card.name)


def _offered_above(turn: Turn) -> str | None:
    """Return the choice of the buttons in the last line that was said to the applicant."""
    with app().reading() as unit:
        line = unit.conversations.last_said(turn.conversation_id)
    for slot in (OFFER_CHOICE, ASSIST_CHOICE):
        if line and any(f'{{"{CHOICE}": "{slot}=' in button.payload for button in line.buttons):
            return slot
    return None


def _buttons(slot: str, *choices: tuple[str, str]) -> list[dict[str, str]]:
    texts = app().booking_teller.texts
    return [choice_button(slot, value, getattr(texts, title)) for value, title in choices]
