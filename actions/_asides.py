"""What is asked about a service itself: what a whistle is, by what a case can be found."""

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._focus import TICKET
from actions._history import last_responses
from actions._turn import Turn


def says_aside(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say what belongs to a question about the service that is used; False when it is none."""
    response = aside_in(turn)
    if response is not None:
        say.utter_message(response=response)
    return response is not None


def aside_in(turn: Turn) -> str | None:
    """Return the response to what is asked about the service itself, None when it is none."""
    if turn.choice is not None or not turn.text:
        return None
    is_after = turn.slots.get("focus") == TICKET
    said = last_responses(turn)
    for aside in app().dialogue_words.asides:
        if aside.fits(turn.text, turn.loop, turn.requested, is_after=is_after, said=said):
            return aside.response
    return None
