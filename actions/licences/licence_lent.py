"""Answers whether somebody may work on the business licence of somebody else: 就用俺爹的照干 中不.

It is no change of the owner, and no licence of the trade, whatever was told or offered before.
"""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.points_of_matter import REPLACEMENT
from actions.questions.matter_faqs import to_be_named, utter
from actions.turns.focus import JOURNEY_FORMS, on_matter, read_focus
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer
from bot.services.words.any_matter import Point, is_of_point, uses_licence_of_others
from bot.services.words.gone_on import proposes
from bot.services.words.matter_remarks import asks

PERMIT = "证"
"""Stands in the name of what is no business licence."""


def answer_lent(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say that a business licence is not lent, where somebody means to work on one; or nothing."""
    is_free = turn.loop in {None, *JOURNEY_FORMS.values()} and turn.choice is None
    is_meant = uses_licence_of_others(turn.text) and PERMIT not in turn.text
    if not (is_free and is_meant and (asks(turn.text) or proposes(turn.text))):
        return []
    matter = app().catalogue.matter(REPLACEMENT)
    faq = next((one for one in matter.faqs if is_of_point(one.question, Point.LENT)), None)
    if faq is None:
        return []
    utter(faq_answer(faq, to_be_named(turn, matter)), say)
    spoken = read_focus(turn).matter
    return on_matter(spoken or matter, "eligibility")
