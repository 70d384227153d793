"""Reads a message that holds up an open form: for time, or for another wish."""

import re
from collections.abc import Collection
from dataclasses import replace

from actions.forms.reading import SURE
from actions.turns.intent_actions import own_intents
from actions.turns.intent_groups import SERVICE_INTENTS, STORIES
from actions.turns.turn import Turn
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import clauses, hesitates, is_correction

_BREAK = re.compile(
    "(?:[哎诶呃哦唉]|不是|那|先|你|您|[，, ])*"
    "(?:稍?等一?[等下会]儿?|且慢|打住|慢着|停一?下|(?:稍?等|慢|停)(?=[，,。！! ]))"
    "(?:[，,。！! ]|哈|啊|哦)*(?=.{3})"
)
"""Begins a message that stops what is going on; what is meant stands behind it."""

_CALLS = re.compile("[转找叫要换接让给]")
"""Calls for a person, and does not ask who is there."""

_STORY = re.compile("投诉|吹哨|吹个哨|举报|建议|意见|反映|评价|打分")
"""Names what is to be filed; else it is told of what is open."""


def breaks_off(turn: Turn, own: Collection[str | None]) -> bool:
    """Tell whether a message stops an open form for another service in the same breath.

    "等等，我找找单号" only asks for time: the model is not sure of any service there.

    Args:
        turn: The message.
        own: Intents that speak of what the open form is about.
    """
    wish = _wish(turn) if turn.choice is None else None
    if wish is None or wish in own:
        return False
    if wish == "request_agent" and _CALLS.search(turn.text) is None:
        return False  # 等会儿 你真人假人
    if wish in STORIES and _STORY.search(turn.text) is None:
        return False  # 等等 他们还骂我
    return _BREAK.match(turn.text) is not None


def wish_behind(turn: Turn) -> Turn | None:
    """Return the turn as the wish of its last clause, for which it breaks off; or None.

    None where the whole message is heard as that wish already.
    """
    is_off = turn.loop is not None and breaks_off(turn, own_intents(turn.loop))
    if not is_off or turn.intent == _wish(turn):
        return None
    last = turn.clauses[-1]
    said = replace(turn, text=last.text, typed=last.text, entities=last.entities, clauses=())
    ranking = ((last.intent, last.confidence),)
    return replace(said, intent=last.intent, confidence=last.confidence, ranking=ranking)


def _wish(turn: Turn) -> str | None:
    """Return the service that a message wishes for sure: all of it, or its last clause alone."""
    said = [(turn.intent, turn.confidence)]
    said += [(clause.intent, clause.confidence) for clause in turn.clauses[-1:]]
    return next((name for name, sure in said if name in SERVICE_INTENTS and sure >= SURE), None)


def only_hesitates(text: str) -> bool:
    """Tell whether time is asked for, and nothing else: "先不投诉了，我问问，周六有人没" asks."""
    asked = (part for part in clauses(text) if asks(part) and not hesitates(part))
    return hesitates(text) and not is_correction(text) and not any(asked)
