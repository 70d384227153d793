"""What a matter is at all ("那个特行证是啥玩意"), outside forms and between their questions."""

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_answer import say_answer
from actions.turns.names import sure_matter
from actions.turns.turn import Turn
from bot.domain.matters import Matter
from bot.services.words.matter_remarks import asks_what_it_is


def say_what_it_is(turn: Turn, say: CollectingDispatcher) -> Matter | None:
    """Say what the named matter is for and who needs it; None when that is not asked."""
    name = turn.entity("matter")
    is_asked = asks_what_it_is(turn.text) and not app().dialogue_words.topics_in(turn.text)
    matter = sure_matter(name) if name and is_asked else None  # but 流程是什么
    if matter is not None:
        purpose = app().matter_resolver.purpose(matter)
        say.utter_message(response="utter_matters_what_it_is", matter=matter.name, purpose=purpose)
        say_answer("eligibility", matter, say)
    return matter
