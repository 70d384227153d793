"""Recognises that somebody who waits for a person does not want to wait any more."""

import re

LONGEST = 20
"""Characters; a longer text tells the person what it is about."""

_LEAVES_QUEUE = re.compile(
    "(?<!能)(?<!要)不(想|用|要|再)?(等|排队?|转)(人工|人|他们?|你们?)?(了|啦|咯|喽)|"
    "不(用|要|找|需要)(转)?(人工|真人|客服)了|(别|不用)转(人工)?了|取消(排队|转人工|人工)"
)


def leaves_queue(text: str) -> bool:
    """Tell whether a text leaves the queue: "不等了，跟你说就行"."""
    return len(text) <= LONGEST and _LEAVES_QUEUE.search(text) is not None
