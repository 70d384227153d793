"""Says that a skill is out of use."""

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from bot.domain.switches import SKILL
from bot.services.operating.switches import switches_off


def says_off(skill: str, say: CollectingDispatcher) -> bool:
    """Say that a skill is out of use and why; False while it is in use. Asks the database."""
    off = switches_off(app().reading).get(f"{SKILL}{skill}")
    if off is not None:
        say.utter_message(response="utter_common_service_off", reason=off.reason)
    return off is not None
