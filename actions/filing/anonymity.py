"""Whether one may stay unnamed: asked while a complaint is written down, or after it."""

from rasa_sdk.executor import CollectingDispatcher

from actions.turns.focus import TICKET
from actions.turns.turn import Turn
from bot.services.words.matter_remarks import asks
from bot.services.words.ticket import asks_anonymity, stays_unnamed

FEEDBACK, WHISTLE = "feedback_form", "whistle_form"
_FEEDBACK_WORDS = ("投诉", "举报", "反映", "建议", "意见")


def says_anonymity(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say what is kept back from others; False when the message is not about that."""
    is_meant = (
        turn.loop == FEEDBACK
        or (turn.loop == WHISTLE and stays_unnamed(turn.text))
        or turn.slots.get("focus") == TICKET
        or any(word in turn.text for word in _FEEDBACK_WORDS)
    )
    if not is_meant or not asks_anonymity(turn.text):
        return False
    if turn.loop == WHISTLE:
        say.utter_message(response="utter_whistle_unnamed")
    else:
        say.utter_message(response="utter_feedback_anonymous")
    return True


def says_unnamed(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say whether one may stay unnamed; True where a name is meant: 不留名行吧."""
    is_asked = turn.loop == FEEDBACK and ("名" in turn.text or asks(turn.text))
    return is_asked and says_anonymity(turn, say) and "名" in turn.text
