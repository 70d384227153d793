"""Ways into an application that was handed in: completing it, taking it back."""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.forms.ask import choice_button
from actions.turns.opens_form import start_form
from actions.turns.turn import Turn
from bot.documents import labels
from bot.documents.application_text import application_line
from bot.services.applications.applications import OpenApplication, open_applications

SUPPLEMENT, WITHDRAW = "supplement", "withdraw"
OPEN_SUPPLEMENT, OPEN_WITHDRAW = "apply_supplement", "apply_withdraw"
"""Choices of buttons that lead here; the value is a case number, or empty."""


def means_withdraw(text: str) -> bool:
    """Tell whether the words mean taking an application back."""
    return any(word in text for word in app().apply_words["withdraw"])


def means_supplement(text: str) -> bool:
    """Tell whether the words mean handing in missing papers."""
    return any(word in text for word in app().apply_words["supplement"])


def own(turn: Turn) -> tuple[OpenApplication, ...]:
    """Return the open applications of this conversation, newest first."""
    return open_applications(app().unit_of_work, turn.conversation_id)


def start_change(
    turn: Turn, say: CollectingDispatcher, *, withdraws: bool, number: str = ""
) -> list[EventType]:
    """Open the form for one application; which one is asked where there are several."""
    found = own(turn)
    if not found:
        say.utter_message(response="utter_apply_nothing_sent")
        return []
    known = {one.case.number for one in found}
    if not withdraws:
        waiting = [one.case.number for one in found if one.wanted]
        if not waiting:
            number = found[0].case.number
            say.utter_message(response="utter_apply_nothing_wanted", number=number)
            return []
        known = set(waiting)
    chosen = number if number in known else next(iter(known)) if len(known) == 1 else None
    return start_form(
        turn,
        "application_form",
        application_purpose=WITHDRAW if withdraws else SUPPLEMENT,
        application_number=chosen,
        application_given=None,
        application_confirmed=None,
    )


def offer_open(turn: Turn, say: CollectingDispatcher, number: str) -> list[EventType]:
    """Say that the same is under way, and what can be done with it."""
    found = next((one for one in own(turn) if one.case.number == number), None)
    if found is None:
        say.utter_message(response="utter_apply_already_sent", number=number)
        return []
    buttons = [
        {"title": labels.SHOW_CASE, "payload": "/query_case"},
        choice_button(OPEN_SUPPLEMENT, number, labels.SUPPLEMENT),
        choice_button(OPEN_WITHDRAW, number, labels.WITHDRAW_THIS),
    ]
    line = application_line(found)
    say.utter_message(response="utter_apply_under_way", application=line, buttons=buttons)
    return []


def open_apply_choice(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Answer a button of an application pressed outside its form; None for any other button."""
    assert turn.choice is not None
    slot, value = turn.choice
    if slot in {OPEN_SUPPLEMENT, OPEN_WITHDRAW}:
        return start_change(turn, say, withdraws=slot == OPEN_WITHDRAW, number=value)
    sent = turn.slots.get("apply_sent")
    if slot == "apply_confirmed" and sent:
        say.utter_message(response="utter_apply_already_sent", number=str(sent))
        return [SlotSet("case_shown", sent)]
    return None
