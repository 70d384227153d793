"""Taking up a form that was left: what is known of it, and the offer to go on or begin anew."""

import re
from collections.abc import Sequence

from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.forms.known import known_items
from actions.turns.buttons import ITEM_MARK, choice_button
from actions.turns.intent_groups import CASES
from actions.turns.offers import say_back
from actions.turns.registry import asked_in
from actions.turns.turn import Turn
from bot.documents.labels import AFRESH as AFRESH_TITLE
from bot.documents.labels import CONTINUE as CONTINUE_TITLE
from bot.services.words.remarks import clauses, resumes
from bot.services.words.story import asks_progress

PAUSED = "paused_form"
"""Slot: the form that was left unfinished and can be taken up again."""

RESUME_CHOICE = "resume"
_EARLIER = re.compile("上次|上回|昨天|昨晚|昨儿|前天|前儿|那天|上个?(?:周|星期|礼拜)")
"""Says that something was begun on another day."""

CONTINUE, AFRESH = "continue", "fresh"
"""Choices of the buttons under "last time we got as far as …"."""


def resume(form: str, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Take up a form where it was left, and say what is known of it."""
    say_back(form, say, known_items(asked_in(form, turn), turn.slots))
    return [SlotSet(PAUSED, None), SlotSet("form_failures", 0.0), FollowupAction(form)]


def nothing_to_resume(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say that nothing was left open where earlier talk is to be gone on with; [] for other texts.

    "昨天问到一半 今天接着弄" on another telephone is no question of the catalogue.
    """
    if turn.intent in CASES and asks_progress(turn.text):  # 上礼拜交的，办到哪一步了
        return []
    if not _EARLIER.search(turn.text) or not any(map(resumes, [turn.text, *clauses(turn.text)])):
        return []
    say.utter_message(response="utter_common_none_half_filled")
    return [SlotSet("form_failures", 0.0)]


def offer_to_resume(
    form: str, say: CollectingDispatcher, items: Sequence[str] = ()
) -> list[EventType]:
    """Say what was left open and what is known, and offer to go on or to begin anew."""
    label = app().dialogue_words.forms.get(form, "")
    buttons = [
        choice_button(RESUME_CHOICE, CONTINUE, CONTINUE_TITLE),
        choice_button(RESUME_CHOICE, AFRESH, AFRESH_TITLE),
    ]
    if items:
        known = ITEM_MARK.join(items)
        say.utter_message(
            response="utter_common_offer_resume_known", label=label, items=known, buttons=buttons
        )
    else:
        say.utter_message(response="utter_common_offer_resume", label=label, buttons=buttons)
    return [SlotSet("form_failures", 0.0)]
