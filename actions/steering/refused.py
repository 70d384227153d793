"""Refuses what is none of ours; the second text in a row that nobody understood offers a person."""

from rasa_sdk.executor import CollectingDispatcher

from actions.finding.no_matter import REFUSED, REFUSED_AGAIN
from actions.forms.patience import REFUSALS
from actions.turns.history import last_responses
from actions.turns.turn import Turn

NOT_UNDERSTOOD = REFUSALS | {
    REFUSED_AGAIN,
    "utter_common_did_you_mean",
    "utter_common_not_understood",
}
"""Responses to a text of which nothing was understood, whoever refused it."""


def is_refused_again(turn: Turn) -> bool:
    """Tell whether the text right before was refused as well."""
    return bool(last_responses(turn) & NOT_UNDERSTOOD)


def say_not_ours(turn: Turn, say: CollectingDispatcher) -> None:
    """Say that it is none of ours, the second time in a row with a person who may help."""
    say.utter_message(response=REFUSED_AGAIN if is_refused_again(turn) else REFUSED)
