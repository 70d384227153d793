"""Takes names and numbers of persons out of a text; a person looks over what is left."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from bot.domain.reviews import masked_comment

NAME = "nr"
"""What the splitter calls the name of a person."""

PLACE = "ns"
SHORTEST_NAME = 2
SUFFIXES = "区县市"


def hide_persons(text: str, places: Iterable[str] = ()) -> str:
    """Return a text with family names only ("李某") and without long numbers.

    Args:
        text: What somebody wrote.
        places: Names of places that are no persons' ("东昌府区" stands for "东昌府" too).
    """
    found = []
    for word, kind in _splitter(tuple(sorted(places))).cut(masked_comment(text)):
        is_name = kind == NAME and len(word) >= SHORTEST_NAME
        found.append(f"{word[0]}某" if is_name else word)
    return "".join(found)


@lru_cache(maxsize=2)
def _splitter(places: tuple[str, ...]) -> Any:
    """Return the splitter that knows names; it reads its dictionary when it is asked first."""
    import jieba  # noqa: PLC0415 - a second to load, and seldom needed
    from jieba.posseg import POSTokenizer  # noqa: PLC0415 - as above

    words = jieba.Tokenizer()
    made = POSTokenizer(words)
    for place in places:
        for name in {place, place.rstrip(SUFFIXES)}:
            words.add_word(name, tag=PLACE)
            made.word_tag_tab[name] = PLACE
    return made
