"""Joins lines that wait into as few messages as they fit in. Pure functions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.domain.channels import Abilities, ChoiceWords, Part, PartKind, adapt
from bot.domain.conversations import Author
from bot.domain.deliveries import Delivery

GAP = "\n\n"


@dataclass(frozen=True)
class Piece:
    """One piece of one line.

    Attributes:
        delivery: The line.
        number: Pieces of it that are out once this one is.
        is_last: Then the whole line is out.
    """

    delivery: Delivery
    number: int
    is_last: bool
    part: Part


@dataclass(frozen=True)
class Folded:
    """One message made of pieces in order; its buttons are those of the last one."""

    part: Part
    pieces: tuple[Piece, ...]

    @property
    def delivery(self) -> Delivery:
        """The line that the message ends with."""
        return self.pieces[-1].delivery

    def apart(self) -> tuple["Folded", ...]:
        """Return each piece as a message of its own."""
        return tuple(Folded(piece.part, (piece,)) for piece in self.pieces)


def fold(lines: Sequence[Delivery], abilities: Abilities, words: ChoiceWords) -> tuple[Folded, ...]:
    """Return what is left of the lines, folded; order is kept, a picture or file stands alone."""
    folded: list[Folded] = []
    for line in lines:
        for piece in _pieces(line, abilities, words):
            joined = _join(folded[-1], piece, abilities) if folded else None
            if joined is None:
                folded.append(Folded(piece.part, (piece,)))
            else:
                folded[-1] = joined
    return tuple(folded)


def _pieces(line: Delivery, abilities: Abilities, words: ChoiceWords) -> Iterator[Piece]:
    parts = adapt(line.message, abilities, words)
    for number in range(line.parts_sent, len(parts)):
        part = parts[number]
        if number == 0 and line.message.author is Author.AGENT and part.kind is PartKind.TEXT:
            part = replace(part, text=f"{words.agent}\n{part.text}")
        yield Piece(line, number + 1, number + 1 == len(parts), part)


def _join(before: Folded, piece: Piece, abilities: Abilities) -> Folded | None:
    first, second = before.part, piece.part
    if first.kind is not PartKind.TEXT or second.kind is not PartKind.TEXT or first.buttons:
        return None
    text = f"{first.text}{GAP}{second.text}"
    limit = abilities.message_length
    if second.buttons and abilities.menu is not None:
        limit = abilities.menu.message_length
    if limit is not None and abilities.unit.length(text) > limit:
        return None
    return Folded(replace(second, text=text), (*before.pieces, piece))
