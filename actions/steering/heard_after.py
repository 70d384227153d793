"""What is said to a remark where nothing is open: right after something was done, or to a cry."""

from collections.abc import Mapping

from rasa_sdk.executor import CollectingDispatcher

from actions.filing.just_filed import BOOKED, OTHERS, TICKETS
from actions.turns.focus import read_focus
from actions.turns.history import last_responses, said_lately
from actions.turns.intent_groups import CASES, EMPTY
from actions.turns.turn import Turn
from bot.services.words.form_remarks import only_gives_up
from bot.services.words.heard import Heard, heard_in, is_bare_slip, tells_status
from bot.services.words.wish import speaks_of_wish

LISTED = frozenset({"utter_cases_mine", "utter_policy_package"})
"""Said when a look-up or a package of policies is done."""

DONE = TICKETS | OTHERS | BOOKED | LISTED
"""Said when something is done; a remark may follow another."""

UNSAID = EMPTY | {"go_back", "mark_done", "out_of_scope", "skip"}
"""What the model takes a remark for that wishes nothing."""

WEAK = frozenset({"apply_online", "start_business", "urge_case"})
"""Wishes that it takes a remark for."""

AFTER: Mapping[Heard, str] = {
    Heard.HARDSHIP: "utter_common_heard_hardship",
    Heard.HURRY: "utter_common_heard_hurry_after",
    Heard.TIRED: "utter_common_heard_after",
    Heard.TOLD: "utter_common_heard_after",
    Heard.TROUBLE: "utter_common_heard_after",
}
"""What is said right after something was done."""

ALONE: Mapping[Heard, str] = {
    Heard.HARDSHIP: "utter_common_heard_hardship",
    Heard.HURRY: "utter_common_heard_hurry_alone",
}
"""What is said where nothing was done."""


def _of_done(text: str) -> str | None:
    """Return what is said to who gives up, or has told something wrong, when all is done."""
    if is_bare_slip(text):
        return "utter_common_heard_wrong"
    return "utter_common_heard_after" if only_gives_up(text) else None


def says_heard(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say that a remark was heard, which names nothing and wishes nothing; else False.

    "我对象在医院呢" right after a booking is no matter of ours, and "我急用" urges no case.
    """
    said = last_responses(turn)
    is_after = any(said_lately(turn, one) for one in DONE)
    if turn.choice is None and is_after and (done := _of_done(turn.text)):
        say.utter_message(response=done)
        return True
    is_named = any(one.name != "industry" or not is_after for one in turn.entities)
    heard = None if turn.choice is not None or is_named else heard_in(turn.text)
    is_weak = turn.intent in WEAK and not speaks_of_wish(turn.intent, turn.text)
    if heard is None or not (is_weak or turn.intent in UNSAID):
        return False
    is_wish = speaks_of_wish("complain", turn.text)  # 我还要投诉供电的 电表一个月了不给装
    if is_wish or (heard is Heard.HURRY and not is_weak):
        return False
    is_free = read_focus(turn).matter is None and not turn.slots.get("focus")
    response = (AFTER if is_after else ALONE if is_free else {}).get(heard)
    if heard is Heard.TOLD and not is_after and is_free and tells_status(turn.text):
        response = "utter_policy_for_you"  # 俺是退伍军人
    if response is None or (turn.intent in CASES and bool(said & TICKETS)):
        return False  # 能不能快点 right after a complaint shows where it is
    say.utter_message(response=response)
    return True
