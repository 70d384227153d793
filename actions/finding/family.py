"""Asks which matter of a field of work is meant that is asked for alone: 消防手续咋弄."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.turns.names import matter_buttons
from actions.turns.turn import Turn
from bot.domain.matters import Matter
from bot.services.words.family import field_asked
from bot.services.words.situations import changes_unsaid

MOST = 6
"""Matters that are named."""

FILING = "备案"
"""What many matters are, said alone."""

CHANGE = "变更"
"""Word for the matters of which it is asked which one is meant, where something changes."""

CHANGES = ("chg-name", "chg-address", "chg-legalrep", "chg-scope", "chg-equity", "chg-capital-up")

WHICH = "utter_common_which_of_many"


def asks_which_of_family(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Offer the matters of the field; None where none is asked for, or something is spoken of."""
    is_free = turn.loop is None and turn.choice is None
    if not is_free or turn.slots.get("focus") or turn.slots.get("journey"):
        return None
    families = app().dialogue_words.families
    word = CHANGE if changes_unsaid(turn.text) else field_asked(turn.text, (*families, FILING))
    if word is None:
        return None
    buttons = matter_buttons("topic_matter", _matters(word))
    say.utter_message(response=WHICH, word=word, buttons=buttons)
    return []


def _matters(word: str) -> list[Matter]:
    """Return the matters of a field; of filings those with the shortest names."""
    known = app().catalogue.matters
    ids = CHANGES if word == CHANGE else app().dialogue_words.families.get(word)
    if ids is not None:
        return [known[one] for one in ids if one in known]
    named = [matter for matter in known.values() if word in matter.name]
    return sorted(named, key=lambda matter: len(matter.name))[:MOST]
