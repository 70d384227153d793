"""Who wants to hand in before all is told is told what is still missing, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.forms.question import NO_REASON, Question, explain_question
from actions.turns.buttons import ITEM_MARK
from actions.turns.focus import JOURNEY_FORMS
from actions.turns.turn import Turn
from bot.services.reading.answers import read_yes_no
from bot.services.words.any_matter import speaks_of_case
from bot.services.words.asked import begins_it
from bot.services.words.form_remarks import confirms, hands_in, names_booking
from bot.services.words.remarks import clauses, declines

HANDED_IN = frozenset({"booking_form", "feedback_form", "whistle_form"})
"""Forms whose end is something that is handed in."""

TICKETS = HANDED_IN - {"booking_form"}

CONFIRMED = "_confirmed"
"""End of the slots whose question reads everything back by itself."""

REVIEW = "review_form"
"""Form that asks for a mark."""

BARE_RATING = 4
"""Signs of a mark without more: 一般, 还行吧."""


def as_meant_inside(turn: Turn) -> Turn:
    """Return the turn without the wish to apply online, where "直接提交" means what is open.

    A bare word that would be a mark for us is none either where no mark is asked for, and who
    says to go on with what is being planned applies for nothing else.
    """
    if turn.loop in HANDED_IN and turn.intent == "apply_online" and hands_in(turn.text):
        return replace(turn, intent="affirm")
    begins = turn.loop in JOURNEY_FORMS.values() and begins_it(turn.text)
    if begins and turn.intent in {"apply_online", "urge_case"} and turn.entity("matter") is None:
        return replace(turn, intent="affirm")  # 那就办吧 begins what is being planned
    is_hasty = turn.intent == "urge_case" and turn.loop in JOURNEY_FORMS.values()
    if is_hasty and turn.entity("case_number") is None and not speaks_of_case(turn.text):
        return replace(turn, intent="ask_time_limit")  # 能加急不, of what is not handed in
    if turn.text.isdigit() and turn.intent == "goodbye":
        return replace(turn, intent="inform")
    is_drop = turn.intent == "cancel_appointment" and turn.loop in TICKETS
    if is_drop and not names_booking(turn.text):  # 取消吧 他们刚打电话来了
        return replace(turn, intent="stop")
    if turn.intent == "rate_service" and turn.loop != REVIEW and len(turn.text) <= BARE_RATING:
        return replace(turn, intent="inform")  # 一般 to the question for the kind of taxpayer
    return turn


def only_hands_in(turn: Turn, opened: Question | None) -> bool:
    """Tell whether "不留了，直接派吧" says no more than that it is to be handed in as it stands."""
    if turn.loop not in HANDED_IN or turn.choice is not None or not hands_in(turn.text):
        return False
    is_last = opened is None or opened.is_optional or opened.slot.endswith(CONFIRMED)
    return not is_last and all(
        confirms(part) or declines(part) or read_yes_no(part) for part in clauses(turn.text)
    )


def say_missing(
    turn: Turn, questions: Sequence[Question], slots: Mapping[str, Any], say: CollectingDispatcher
) -> None:
    """Say what is missing where a text wants to hand in, with the reason of the next question."""
    if turn.loop not in HANDED_IN or turn.choice is not None or not hands_in(turn.text):
        return
    left = [q for q in questions if slots.get(q.slot) is None and not q.is_optional]
    left = [q for q in left if not q.slot.endswith(CONFIRMED) and q.label]
    if not left:
        return
    what = ITEM_MARK.join(question.label[0] for question in left)
    say.utter_message(response="utter_common_still_missing", what=what)
    if left[0].why != NO_REASON:
        explain_question(replace(left[0], explain=None), turn, say)
