"""What is said once a danger that was just cried out is over: "灭了，谢谢"."""

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._history import message_before
from actions._turn import Turn
from bot.services.form_remarks import confirms
from bot.services.remarks import clauses


def is_calmed(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say that it is good to hear, when the message before cried for help and this one calms.

    Who hands in in the same breath what was open, "救护车来了，投诉提上", is not kept waiting.
    """
    danger = app().dialogue_words.danger
    before = message_before(turn)
    hands_in = turn.loop is not None and any(map(confirms, clauses(turn.text)))
    if not turn.text or before is None or hands_in or not danger.calms(turn.text):
        return False
    intent = ((before.get("parse_data") or {}).get("intent") or {}).get("name")
    if intent != "emergency" and not danger.are_in(str(before.get("text") or "")):
        return False
    say.utter_message(response="utter_common_danger_over")
    return True
