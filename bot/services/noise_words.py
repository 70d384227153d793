"""Tells whether a text is noise: letters, sounds, or each sign over and over (咚咚咚嗷嗷嗷)."""

import re
from itertools import groupby

from bot.services.remarks import is_babble, is_latin_noise

RUN = 3
"""Times that each sign stands in a row in what is nothing but sounds."""


_SAYS = re.compile(r"[\d好谢行中是对]")
"""Stands in a number, thanks or a yes, however often: 6668888, 好好好谢谢谢."""


def is_noise(text: str) -> bool:
    """Tell whether a text says nothing at all; one sound over and over (哈哈哈) is a laugh."""
    runs = [len(list(same)) for _, same in groupby(text.strip())]
    is_repeated = len(runs) > 1 and min(runs) >= RUN and _SAYS.search(text) is None
    return is_repeated or is_latin_noise(text) or is_babble(text)
