"""Answers who thanks, takes leave or has understood: a word of goodbye, and no menu.

"行吧 我再去问问他 谢了" wants nothing more; a guess of a service, or what nobody asked, is rude.
"""

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.turns.focus import read_focus
from actions.turns.intent_groups import SERVICE_INTENTS
from actions.turns.offers import standing_offer
from actions.turns.turn import Turn
from bot.services.words.asked import begins_it
from bot.services.words.closing import Closing, closing, thanks_first
from bot.services.words.form_remarks import confirms
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import resumes
from bot.services.words.story import tells_trouble

RESPONSES = {
    Closing.THANKS: "utter_common_thank",
    Closing.LEAVES: "utter_common_goodbye",
    Closing.HEARD: "utter_common_heard",
}

NAMES = (
    "case_number",
    "company_name",
    "enterprise_type",
    "matter",
    "phone",
    "policy",
    "project_type",
    "rating",
    "service_mode",
    "ticket_number",
)
"""Entities of a text that wants more than to close what was said."""

OPEN_STILL = frozenset({"deny", "rate_service", "request_agent", "stop"})
"""Intents of leaving that have an answer of their own: what was offered or filed is dropped."""

SURE = 0.5
"""From this confidence on a service is wanted; a booking is named as one, else one only goes."""


def closes(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say goodbye, or that it is good to hear, when a text only closes; False when it does not."""
    said = turn.typed or turn.text
    kind = _closing(turn) if turn.loop is None and turn.choice is None else None
    if kind is None or asks(turn.text) or app().dialogue_words.topics_in(turn.text):
        return False
    if begins_it(turn.text) or tells_trouble(turn.text):
        return False
    if any(turn.entity(name) for name in NAMES) or confirms(said):
        return False
    withdraws = any(word in turn.text for word in app().apply_words["withdraw"])
    if resumes(turn.text) or withdraws:
        return False
    wants = turn.intent in SERVICE_INTENTS - {"book_appointment"} and turn.confidence >= SURE
    if kind is Closing.THANKS and closing(turn.text) is None and _was_offered(turn):
        return False  # 好的，谢谢 takes what was offered
    if kind is not Closing.THANKS and (wants or turn.intent in OPEN_STILL):
        return False
    say.utter_message(response=RESPONSES[kind])
    return True


def _closing(turn: Turn) -> Closing | None:
    """Return how a text closes; thanks do it too before talk in which nothing is named."""
    said = turn.typed or turn.text
    kind = closing(said)
    if kind is None and not turn.entities and thanks_first(said):
        return Closing.THANKS
    return kind


def _was_offered(turn: Turn) -> bool:
    return bool(turn.slots.get("life_event_offer")) or standing_offer(turn) is not None


def nothing_open(turn: Turn) -> str:
    """Return what is said to a yes, or to leaving, when no question is open.

    After something was answered it is only heard: a menu would begin from the beginning.
    """
    focus = read_focus(turn)
    is_talking = focus.matter is not None or bool(turn.slots.get("focus"))
    is_left = bool(turn.slots.get("paused_form"))
    is_heard = is_talking and not is_left and turn.intent in {"affirm", "stop"}
    return "utter_common_heard" if is_heard else "utter_common_nothing_open"
