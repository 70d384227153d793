"""Says of a certificate that we are asked to issue that the catalogue does not hold it."""

from rasa_sdk.executor import CollectingDispatcher

from actions.turns.history import last_responses
from actions.turns.names import find_matters
from actions.turns.turn import Turn
from bot.services.words.issued import certificate_named, certificate_wanted

NOT_HELD = "utter_matters_not_listed_at_all"


def says_not_issued(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say so of "你这能开纳税证明不", and of "那社保证明呢" behind it; False for anything else."""
    if turn.choice is not None or turn.loop is not None:
        return False
    wanted = certificate_wanted(turn.text)
    if wanted is None and NOT_HELD in last_responses(turn):
        wanted = certificate_named(turn.text)
    near = [] if wanted is None else find_matters(wanted)
    if wanted is None or any(wanted in one.name or wanted in one.aliases for one in near):
        return False
    say.utter_message(response=NOT_HELD, name=wanted)
    return True
