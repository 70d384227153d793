"""Reads what is said about papers: "2后补，租赁合同没有，其他都有"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.applications import PaperChoice
from bot.services.applications.papers import PaperLine, PaperWords

CLAUSES = re.compile(r"[，,；;。！!\n]+")
NUMBER = re.compile(r"(?<![0-9])([0-9]{1,2})(?![0-9])")
SIGNS = re.compile(r"[（）()《》“”、/及和与\s]+")
FILLER = re.compile(r"[第份个号的了吧呢啊我我们这那还先就用以]")
SHORTEST = 2
CHOICES = (
    PaperChoice.LATER,
    PaperChoice.COMMIT,
    PaperChoice.NOT_NEEDED,
    PaperChoice.LACKING,
    PaperChoice.HAVE,
)


@dataclass(frozen=True)
class PaperWish:
    """What a sentence says.

    Attributes:
        wishes: Number of the line to what is wanted for it.
        unclear: Clauses with a choice whose paper is not clear.
        is_done: Nothing more is to be changed.
    """

    wishes: dict[int, PaperChoice]
    unclear: tuple[str, ...]
    is_done: bool


def read_papers(text: str, lines: Sequence[PaperLine], words: PaperWords) -> PaperWish:
    """Read what a sentence says about the papers."""
    wishes: dict[int, PaperChoice] = {}
    unclear = []
    done = False
    for clause in filter(None, (part.strip() for part in CLAUSES.split(text))):
        found = _choice(clause, words)
        meant = _meant(clause, lines, words)
        if found is not None and meant:
            wishes.update(dict.fromkeys(meant, found))
        elif any(word in clause for word in words["done"]):
            done = True
        elif found is not None:
            unclear.append(clause)
    return PaperWish(wishes, tuple(unclear), is_done=done and not unclear)


def named_papers(text: str, papers: Sequence[str], words: PaperWords) -> tuple[str, ...]:
    """Return the papers that a sentence names, by number (from 1) or name; all for "都交了"."""
    if any(word in text for word in words["all"]):
        return tuple(papers)
    numbers = {int(number) for number in NUMBER.findall(text)}
    by_number = [name for number, name in enumerate(papers, start=1) if number in numbers]
    if by_number:
        return tuple(by_number)
    return tuple(
        name
        for name in papers
        if any(part in text for part in SIGNS.split(name) if len(part) >= SHORTEST)
    )


def _choice(clause: str, words: PaperWords) -> PaperChoice | None:
    hits = [
        (len(word), -rank, choice)
        for rank, choice in enumerate(CHOICES)
        for word in words[choice.value]
        if word in clause
    ]
    return max(hits, key=lambda hit: hit[:2])[2] if hits else None


def _meant(clause: str, lines: Sequence[PaperLine], words: PaperWords) -> list[int]:
    """Return the numbers of the papers that a clause names, by number or by name."""
    known = {line.number for line in lines}
    numbers = [int(number) for number in NUMBER.findall(clause) if int(number) in known]
    if numbers:
        return numbers
    bare = clause
    for name in CHOICES:
        for word in sorted(words[name.value], key=len, reverse=True):
            bare = bare.replace(word, "")
    bare = FILLER.sub("", bare)
    exact = [line.number for line in lines if len(bare) >= SHORTEST and bare in line.material.name]
    if len(exact) == 1:
        return exact
    parts = [
        (line.number, part)
        for line in lines
        for part in SIGNS.split(line.material.name)
        if len(part) >= SHORTEST and part in clause
    ]
    longest = max((len(part) for _, part in parts), default=0)
    named = {number for number, part in parts if len(part) == longest}
    return [*named] if len(named) == 1 else []
