"""Answers for farm buildings, and whether farmland may be built on, before anything is asked."""

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._matter_faqs import utter
from actions._turn import Turn
from bot.documents.matter_text import faq_answer
from bot.domain.matters import Matter
from bot.services.matter_remarks import asks
from bot.services.project_words import asks_of_farmland, asks_of_village_land, speaks_of_farm

CONVERT = "prj-farmland-convert"
"""Matter by which farmland becomes land for building."""

FARMLAND = "耕地"
"""Word of the matter's question on it."""


RURAL, WHO_PERMITS = "prj-rural-plan-permit", "归谁批"
"""Matter by which is built in villages, and words of its question who permits it."""

EIA, WHICH = "prj-eia", "哪种"
"""Matter of the environment, and word of its question which kind one needs."""

ENVIRONMENT = "环"
"""In a text that asks for it: 环评, 环保."""


def says_farm_building(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say what is known of sheds for plants and animals; False where none is spoken of.

    They are built on farmland: the flows from land to acceptance are not theirs.
    """
    if turn.choice is not None or not speaks_of_farm(turn.text):
        return False
    say.utter_message(response="utter_plan_project_farm")
    if ENVIRONMENT in turn.text:
        matter = app().catalogue.matter(EIA)
        faq = next((one for one in matter.faqs if WHICH in one.question), None)
        if faq is not None:
            utter(faq_answer(faq, matter), say)
    return True


def says_village_land(turn: Turn, say: CollectingDispatcher) -> Matter | None:
    """Say who permits building on a village's own land for building; None where that is not asked.

    Returns the matter.
    """
    is_asked = turn.choice is None and turn.entity("matter") is None
    if not is_asked or not (asks(turn.text) and asks_of_village_land(turn.text)):
        return None
    matter = app().catalogue.matter(RURAL)
    faq = next((one for one in matter.faqs if WHO_PERMITS in one.question), None)
    if faq is not None:
        utter(faq_answer(faq, matter), say)
    return None if faq is None else matter


def says_farmland(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say what is wanted before farmland is built on; False where that is not asked."""
    if turn.choice is not None or not asks_of_farmland(turn.text):
        return False
    matter = app().catalogue.matter(CONVERT)
    faq = next((one for one in matter.faqs if FARMLAND in one.question), None)
    if faq is not None:
        utter(faq_answer(faq, matter), say)
    return faq is not None
