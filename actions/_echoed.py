"""Says again what an answer just told of a thing that a few words take up: 补刻的呢, 个体户刻呢.

A fee reads "新开办企业首套印章政府买单；补刻、个体户自费", and who asks on takes one word of it up.
"""

import re
from difflib import SequenceMatcher

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions._history import last_bot_messages
from actions._turn import Turn
from bot.documents.matter_text import is_source
from bot.services.remarks import thing_asked_of
from bot.services.wording import normalise

SHORTEST, LONGEST = 2, 8
"""Signs that such a text shares with what was said, and signs of the text."""

_SENTENCES = re.compile(r"[\n。；;]+")


def answer_echo(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say the sentences of the last answer that hold the thing asked of; no events for none."""
    is_short = len(turn.text) <= LONGEST and turn.text.rstrip("?？").endswith("呢")
    if not is_short or turn.loop is not None or turn.choice is not None or turn.entity("matter"):
        return []
    thing = normalise(thing_asked_of(turn.text).removesuffix("的"))
    for event in last_bot_messages(turn):
        text = str(event.get("text") or "")
        told = [part.strip() for part in _SENTENCES.split(text) if part.strip()]
        source = next((part for part in told if is_source(part)), None)
        found = [part for part in told if part != source and _is_in(thing, part)]
        if source is not None and found:
            say.utter_message(response="utter_matters_echo", answer="；".join(found), source=source)
            return [SlotSet("focus", turn.slots.get("focus"))]
    return []


def _is_in(thing: str, sentence: str) -> bool:
    """Tell whether a sentence holds most of a thing: 个体户 of 个体户刻."""
    match = SequenceMatcher(None, thing, normalise(sentence), autojunk=False)
    size = match.find_longest_match().size
    return size >= SHORTEST and 2 * size > len(thing)
