"""A question between the questions of a service of ours that is about no matter: "要穿正装不"."""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.questions.matter_faqs import utter
from actions.questions.shared_question import shared_question
from actions.steering.asides import say_service_question, service_again, sure_service_question
from actions.turns.focus import read_focus
from actions.turns.history import last_responses
from actions.turns.names import speaks_of_matter
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer

ABOUT_US = frozenset(
    {"booking_form", "feedback_form", "review_form", "ticket_form", "whistle_form"}
)
"""Forms in which such a question is asked about the service, and no matter is asked back."""


GENERAL = 0.45
"""How well a question about a service must fit where nothing else can be told."""

POLICIES = "policy_form"
"""There a question of costs or time is about the policies: "这些都免费吗"."""

REFUSED, REFUSED_AGAIN = "utter_common_out_of_scope", "utter_common_out_of_scope_again"
NOT_OURS = frozenset({REFUSED, REFUSED_AGAIN})

ASK_NO_MATTER = frozenset({POLICIES, "case_form", "feedback_form", "review_form", "whistle_form"})
"""Forms in which a question that names nothing is about no matter: 多久有信儿."""


def _was_refused(turn: Turn) -> bool:
    """Tell whether what was said right before is none of our business, and no matter is open."""
    is_free = turn.loop is None and read_focus(turn).matter is None
    return is_free and bool(last_responses(turn) & NOT_OURS)


def says_general(turn: Turn, say: CollectingDispatcher) -> bool:
    """Answer what the catalogue holds on our services or on any procedure; False for nothing."""
    general = sure_service_question(turn, GENERAL)
    shared = shared_question(turn)
    if shared is not None and (general is None or shared.score > general.score):
        utter(faq_answer(shared.faq), say)  # 材料不全几天内得告诉我, of a case
        return True
    if general is not None and general.faq is not None:
        say_service_question(general.faq, say)
    return general is not None


def say_no_matter(turn: Turn, named: str | None, say: CollectingDispatcher) -> list[EventType]:
    """Say honestly that nothing is known of it; no events where a matter may be meant.

    That is where one is named, or a word of one of the questions about a matter stands in it.
    """
    if _was_refused(turn) and named is None and not speaks_of_matter(turn.text):
        say.utter_message(response="utter_common_out_of_scope_still")
        return [SlotSet("focus", turn.slots.get("focus"))]
    again = service_again(turn) if turn.loop is not None else None
    if again is not None:
        say_service_question(again, say)
        return [SlotSet("form_failures", 0.0)]
    is_about_us = turn.loop not in {None, "matter_form"}
    if not is_about_us or named is not None or speaks_of_matter(turn.text):
        return []
    if says_general(turn, say):
        return [SlotSet("form_failures", 0.0)]
    if turn.loop not in ASK_NO_MATTER and app().dialogue_words.topics_in(turn.text):
        return []
    say.utter_message(response="utter_common_cannot_tell")
    return [SlotSet("form_failures", 0.0)]
