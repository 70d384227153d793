"""What a sentence about a new business tells by the way: kitchen, staff, tobacco, area."""

from collections.abc import Mapping, Sequence

from bot.services.answers import spoken_area_m2

BusinessWords = Mapping[str, Mapping[str, Sequence[str]]]
"""Question to answer to the words that mean it; kept in `data/start_business/words.yml`."""

AREA = "area_m2"


def told_by(text: str, words: BusinessWords) -> dict[str, str | float]:
    """Return answers by question; the longest word wins, so 没厨房 is not taken for 厨房.

    Args:
        text: What was said.
        words: See `BusinessWords`.
    """
    found: dict[str, str | float] = {}
    for question, answers in words.items():
        hits = [
            (len(word), answer) for answer, said in answers.items() for word in said if word in text
        ]
        if hits:
            found[question] = max(hits)[1]
    area = spoken_area_m2(text)
    if area is not None and area > 0:
        found[AREA] = area
    return found
