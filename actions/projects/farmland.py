"""Answers for farm buildings, and whether farmland may be built on, before anything is asked."""

from rasa_sdk.executor import CollectingDispatcher

from actions.questions.worded import Worded
from actions.turns.turn import Turn
from bot.domain.matters import Matter
from bot.services.words.matter_remarks import asks
from bot.services.words.project import asks_of_farmland, asks_of_village_land, speaks_of_farm

FARMLAND = Worded("prj-farmland-convert", "耕地")
"""Says what is wanted before farmland is built on."""

VILLAGE = Worded("prj-rural-plan-permit", "归谁批")
"""Says who permits building in villages."""

WHICH_EIA = Worded("prj-eia", "哪种")
"""Says which report on the environment one needs."""

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
        WHICH_EIA.say(say)
    return True


def says_village_land(turn: Turn, say: CollectingDispatcher) -> Matter | None:
    """Say who permits building on a village's own land for building; None where that is not asked.

    Returns the matter.
    """
    is_asked = turn.choice is None and turn.entity("matter") is None
    if not is_asked or not (asks(turn.text) and asks_of_village_land(turn.text)):
        return None
    return VILLAGE.matter if VILLAGE.say(say) else None


def says_farmland(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say what is wanted before farmland is built on; False where that is not asked."""
    if turn.choice is not None or not asks_of_farmland(turn.text):
        return False
    return bool(FARMLAND.say(say))
