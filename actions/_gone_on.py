"""Answers what goes on with what was said right before, in words that name nothing of it."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions._change_told import answer_change_told
from actions._compared_again import answer_compared_again
from actions._focus import matter_in_focus, on_matter
from actions._left_undone import answer_left_undone
from actions._matter_faqs import utter
from actions._names import ENDS, form_in
from actions._not_recorded import of_word
from actions._policies_compared import answer_behind_policy
from actions._turn import Turn
from bot.documents.matter_text import faq_answer
from bot.services.matter_remarks import asks


def answer_gone_on(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer on the policy or the forms just told, or on a change of what was spoken of; or []."""
    answered = answer_behind_policy(turn, say) or answer_compared_again(turn, say)
    answered = answered or answer_change_told(turn, say) or answer_left_undone(turn, say)
    return answered or _of_end(turn, say)


def _of_end(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer one word about the end spoken of, and of no other form of business: 要公示吗."""
    spoken = matter_in_focus(turn)
    is_free = turn.loop is None and turn.choice is None and turn.entity("matter") is None
    if spoken is None or spoken.category != ENDS or not is_free or form_in(turn) is not None:
        return []
    faq = of_word(turn.text, spoken) if asks(turn.text) else None
    if faq is None:
        return []
    utter(faq_answer(faq), say)
    return on_matter(spoken)
