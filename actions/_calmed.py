"""What is said once a danger that was just cried out is over: "灭了，谢谢"."""

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._history import message_before
from actions._turn import Turn


def is_calmed(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say that it is good to hear, when the message before cried for help and this one calms."""
    danger = app().dialogue_words.danger
    before = message_before(turn)
    if not turn.text or before is None or not danger.calms(turn.text):
        return False
    intent = ((before.get("parse_data") or {}).get("intent") or {}).get("name")
    if intent != "emergency" and not danger.are_in(str(before.get("text") or "")):
        return False
    say.utter_message(response="utter_common_danger_over")
    return True
