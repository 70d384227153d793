"""Reads whether a move leaves the district: 没跨县, 换到外县了."""

import re

_STAYS = re.compile(
    "[没不未](?:有)?(?:跨|出|换)(?:过|了)?(?:县|区|市|$)|"
    "(?:一个|同一个?|本)(?:县|区|市)(?:区|里|内)?"
)
_LEAVES = re.compile(
    "(?<![没不未有])(?:跨|出)了?(?:县|区(?!号)|市)|(?:另一?个|别的|外|隔壁|其他)(?:县|区|市)"
)
_ASKS = re.compile("[吗嘛么]|[?？]|[算要用]不[算要用]?|咋|怎|啥|哪")


def leaves_district(text: str) -> bool | None:
    """Return whether a move is told to leave the district; None where nothing is told of it."""
    if _ASKS.search(text) is not None:
        return None
    if _STAYS.search(text) is not None:
        return False
    return True if _LEAVES.search(text) is not None else None
