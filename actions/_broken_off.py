"""Reads a message that holds up an open form: for time, or for another wish."""

import re
from collections.abc import Collection

from actions._reading import SURE
from actions._requests import SERVICE_INTENTS, STORIES
from actions._turn import Turn
from bot.services.matter_remarks import asks
from bot.services.remarks import clauses, hesitates, is_correction

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
    is_wish = turn.intent in SERVICE_INTENTS and turn.intent not in own
    is_wish = is_wish and turn.confidence >= SURE and turn.choice is None
    if turn.intent == "request_agent":
        is_wish = is_wish and _CALLS.search(turn.text) is not None  # 等会儿 你真人假人
    if turn.intent in STORIES:
        is_wish = is_wish and _STORY.search(turn.text) is not None  # 等等 他们还骂我
    return is_wish and _BREAK.match(turn.text) is not None


def only_hesitates(text: str) -> bool:
    """Tell whether time is asked for, and nothing else: "先不投诉了，我问问，周六有人没" asks."""
    asked = (part for part in clauses(text) if asks(part) and not hesitates(part))
    return hesitates(text) and not is_correction(text) and not any(asked)
