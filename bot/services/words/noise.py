"""Tells whether a text is noise: letters, sounds, or each sign over and over (咚咚咚嗷嗷嗷)."""

import re
from itertools import groupby

from bot.services.words.remarks import is_babble, is_latin_noise

RUN = 3
"""Times that each sign stands in a row in what is nothing but sounds."""


_SAYS = re.compile(r"[\d好谢行中是对]")
"""Stands in a number, thanks or a yes, however often: 6668888, 好好好谢谢谢."""


_SOUNDS = frozenset(
    "叽咯么哒噗啵哩呱嗒咕噜嘛呢唏哇咔呜呼嘟嘀叮咚咣哐啪嘭砰吱喵汪咩哞咪啦啷嘎嗷嗡噼呲咝哧嗖唰哗嚓"
)
"""Signs that stand for sounds."""

_CRIES = frozenset("啊哦噢喔嗯呃唉哎诶呀哈呵嘿嘻哼呦哟")
"""Signs of what people cry out; of nothing but them a text may be a yes, or a laugh."""

LEAST_SOUNDS = 2


def _is_sounds(text: str) -> bool:
    """Tell whether a text is sounds and nothing else: 咯叽咯叽 么哒 噗."""
    signs = [sign for sign in text if sign.isalnum()]
    strange = {sign for sign in signs if sign in _SOUNDS}
    is_all = all(sign in _SOUNDS or sign in _CRIES for sign in signs)
    return len(signs) > LEAST_SOUNDS and is_all and len(strange) >= LEAST_SOUNDS


def is_noise(text: str) -> bool:
    """Tell whether a text says nothing at all; one sound over and over (哈哈哈) is a laugh."""
    runs = [len(list(same)) for _, same in groupby(text.strip())]
    is_repeated = len(runs) > 1 and min(runs) >= RUN and _SAYS.search(text) is None
    return is_repeated or _is_sounds(text) or is_latin_noise(text) or is_babble(text)
