"""Recognises what goes on from one hall to another: 东昌府的呢, 别的地方还有不."""

import re

_OTHER = re.compile(
    "(?:别的|其他|其它|另外|旁的)(?:地方|大厅|县区?|区县?|地儿)(?:的|呢|还|也|都|能|在|有|哪儿?|里)*(?:没|吗|不|么|呢)?[?？]?|"
    "(?:还)?有(?:没有)?(?:别的|其他|其它)(?:的)?(?:大厅|地方)(?:没|吗|不|么|呢)?[?？]?"
)
_PLACE_ONLY = re.compile(
    "(?:那|要是|换成?|在|到|我|俺|[，, ])*"
    "(?:东昌府|茌平|阳谷|莘县|东阿|冠县|高唐|临清|开发区|经开区?|高新区?|度假区)"
    "(?:区|县|市)?(?:的|那边|这边|大厅)*(?:呢|在哪儿?|嘞)?[?？]?"
)


def asks_for_other_hall(text: str) -> bool:
    """Tell whether a hall elsewhere is asked for, without saying where."""
    return _OTHER.fullmatch(text.strip()) is not None


def names_place_only(text: str) -> bool:
    """Tell whether a text names a district of the city and nothing else."""
    return _PLACE_ONLY.fullmatch(text.strip()) is not None
