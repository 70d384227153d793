"""Reads a message that holds up an open form: for time, or for another wish."""

import re
from collections.abc import Collection

from actions._reading import SURE
from actions._requests import SERVICE_INTENTS
from actions._turn import Turn
from bot.services.matter_remarks import asks
from bot.services.remarks import clauses, hesitates, is_correction

_BREAK = re.compile(
    "(?:[哎诶呃哦唉]|不是|那|先|你|您|[，, ])*"
    "(?:稍?等(?:一?[等下会]儿?)?|慢着?|且慢|打住|停(?:一?下)?)(?:[，,。！! ]|哈|啊|哦)*(?=.{3})"
)
"""Begins a message that stops what is going on; what is meant stands behind it."""


def breaks_off(turn: Turn, own: Collection[str | None]) -> bool:
    """Tell whether a message stops an open form for another service in the same breath.

    "等等，我找找单号" only asks for time: the model is not sure of any service there.

    Args:
        turn: The message.
        own: Intents that speak of what the open form is about.
    """
    is_wish = turn.intent in SERVICE_INTENTS and turn.intent not in own
    is_wish = is_wish and turn.confidence >= SURE and turn.choice is None
    return is_wish and _BREAK.match(turn.text) is not None


def only_hesitates(text: str) -> bool:
    """Tell whether time is asked for, and nothing else: "先不投诉了，我问问，周六有人没" asks."""
    asked = (part for part in clauses(text) if asks(part) and not hesitates(part))
    return hesitates(text) and not is_correction(text) and not any(asked)
