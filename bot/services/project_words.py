"""What a sentence about a building project already tells: use, investor, land, new or renovated."""

from collections.abc import Mapping, Sequence

ProjectWords = Mapping[str, Mapping[str, Sequence[str]]]
"""Choosing question to answer to the words that mean it; kept in `data/plan_project/words.yml`."""


def choices_in(text: str, words: ProjectWords) -> dict[str, str]:
    """Return the answers that the text gives; two answers to one question cancel each other.

    Args:
        text: What was said.
        words: See `ProjectWords`; answers are the options of the choosing questions, or
            "yes" and "no".
    """
    found: dict[str, str] = {}
    for question, answers in words.items():
        hits = [answer for answer, said in answers.items() if any(word in text for word in said)]
        if len(hits) == 1:
            found[question] = hits[0]
    return found
