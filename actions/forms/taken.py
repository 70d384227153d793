"""Says what the first sentence of a form told already, so that it can be corrected at once."""

from collections.abc import Mapping
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.forms.form import form_named
from actions.forms.question import shown
from actions.turns.buttons import ITEM_MARK
from actions.turns.turn import Turn


def say_taken(
    form: str,
    turn: Turn,
    answers: Mapping[str, Any],
    say: CollectingDispatcher,
    behind: Mapping[str, str] | None = None,
) -> None:
    """Name the answers that people can read; says nothing when there are none.

    Args:
        form: Name of the form that opens.
        turn: The message that opens it.
        answers: Slot to value; None for what is not known.
        say: Where it is said.
        behind: Slot to what is read behind its answer: 上午 behind a day.
    """
    opened = form_named(form)
    told = {name: value for name, value in answers.items() if value is not None}
    if opened is None or not told:
        return
    questions = opened.questions(turn, {**turn.slots, **answers})
    more = behind or {}
    known = [q for q in questions if q.slot in told]
    items = [shown(q, told[q.slot]) + more.get(q.slot, "") for q in known]
    if any(items):
        say.utter_message(
            response="utter_common_noted_as", items=ITEM_MARK.join(item for item in items if item)
        )
