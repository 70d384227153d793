"""Reads what is lost of the two things that any business has: its licence, its seal."""

import re
from enum import Enum


class Lost(Enum):
    """What is lost."""

    LICENCE = "licence"
    SEAL = "seal"


_THING = (
    "(?P<seal>戳子?|(?:公|印|财务|合同)章|大印)|"
    "(?P<licence>营业执照|执照|(?<![护牌拍对])照(?![片相样顾]))"
)
_GONE = (
    "弄?丢(?:了|在|哪)|遗失|找不[着到见](?![人地门])|不见了|没影了?|(?:整|弄|搞)没了|"
    "不(?:知道?|晓得)(?:给)?(?:塞|放|搁|丢|扔|弄|掉)(?:到|在)?哪|(?:忘了?|记不得)(?:塞|放|搁)(?:到|在)?哪"
)
_LOST = re.compile(f"(?:{_THING})[^，,。]{{0,8}}?(?:{_GONE})")
_ELSE = re.compile("借|抢|拿走|扣|赔|报警")
"""Tells that somebody has it, which is no loss."""


def lost_thing(text: str) -> Lost | None:
    """Return what a text tells to be lost: 照早不知道塞哪了, 戳子也一块不见了; None for nothing."""
    found = _LOST.search(text) if _ELSE.search(text) is None else None
    if found is None:
        return None
    return Lost.SEAL if found["seal"] else Lost.LICENCE
