"""Says that a licence is not in the catalogue, instead of answering for one that sounds near."""

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._names import find_matters, matter_buttons
from actions._turn import Turn
from bot.services.matter_remarks import licence_name


def says_not_listed(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say it of the licence that a question names, with near ones as buttons; False for none."""
    name = licence_name(turn.entity("matter") or turn.text) or licence_name(turn.text)
    found = find_matters(name)
    if name is None or not found or not app().matter_resolver.is_foreign(name, found[0]):
        return False
    buttons = matter_buttons("topic_matter", found)
    say.utter_message(response="utter_matters_not_listed", name=name, buttons=buttons)
    return True
