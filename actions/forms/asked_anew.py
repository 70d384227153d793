"""Asks an answer of a plan again that is said to be wrong, or says that the plan never asked it."""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.forms.form import ValidateForm
from actions.turns.opens_form import start_form
from actions.turns.turn import Turn
from bot.services.words.change import changed_into


def ask_anew(turn: Turn, form: ValidateForm, say: CollectingDispatcher) -> list[EventType]:
    """Ask the answer again that is said to be wrong.

    A change to something that no question of the plan is about asks none of them again: 改成两层了,
    of a shop.
    """
    questions = form.questions(turn, turn.slots)
    what = changed_into(turn.text)
    if what and not any(one.is_called(turn.text) for one in questions):
        say.utter_message(response="utter_plan_change_unknown", what=what)
        return [SlotSet("focus", turn.slots.get("focus"))]
    target = form.to_ask_again(turn, questions)
    if target is None:
        return []
    say.utter_message(response="utter_common_ask_again")
    return start_form(turn, form.form, **{target.slot: None})
