"""Answers whether farmland may be built on, before anything of the project is asked."""

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._matter_faqs import utter
from actions._turn import Turn
from bot.documents.matter_text import faq_answer
from bot.services.project_words import asks_of_farmland

CONVERT = "prj-farmland-convert"
"""Matter by which farmland becomes land for building."""

FARMLAND = "耕地"
"""Word of the matter's question on it."""


def says_farmland(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say what is wanted before farmland is built on; False where that is not asked."""
    if turn.choice is not None or not asks_of_farmland(turn.text):
        return False
    matter = app().catalogue.matter(CONVERT)
    faq = next((one for one in matter.faqs if FARMLAND in one.question), None)
    if faq is not None:
        utter(faq_answer(faq, matter), say)
    return faq is not None
