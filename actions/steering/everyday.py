"""Refuses what everyday life asks, before a question of the catalogue sounds like it."""

from rasa_sdk.executor import CollectingDispatcher

from actions.steering.refused import say_not_ours
from actions.turns.turn import Turn
from bot.services.words.everyday import is_everyday, names_personal_paper

HEARD_AS = frozenset({"chitchat", "nlu_fallback", "out_of_scope"})
"""Intents of such a text: the model and the words have to agree."""

OURS = ("matter", "policy", "project_type")
"""Names of what we do see to."""

OF_PERSONS = "utter_common_personal_paper"
"""Tells who sees to passports and the like."""


def means_everyday(turn: Turn) -> bool:
    """Tell whether nothing of ours is asked, by the model and by the words: 明天下雨不."""
    is_free = turn.choice is None and turn.intent in HEARD_AS and not any(map(turn.entity, OURS))
    return is_free and is_everyday(turn.text)


def says_everyday(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say that it is not ours; False for anything else."""
    if not means_everyday(turn):
        return False
    if names_personal_paper(turn.text):
        say.utter_message(response=OF_PERSONS)
    else:
        say_not_ours(turn, say)
    return True
