"""Faults found in the catalogue's files, each with its place, collected and reported together."""

from dataclasses import dataclass, field
from pathlib import Path

from bot.domain.errors import BotError


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands: file (relative to the catalogue) and line, counted from 1."""

    file: str
    line: int


@dataclass(frozen=True, order=True)
class Problem:
    """One fault, in a plain sentence."""

    place: Place
    sentence: str

    def __str__(self) -> str:
        return f"{self.place.file}:{self.place.line}: {self.sentence}"


class CatalogueInvalid(BotError):  # noqa: N818 - named by what went wrong
    """The catalogue has faults.

    Attributes:
        problems: All of them, ordered by file and line.
    """

    def __init__(self, path: Path, problems: tuple[Problem, ...]) -> None:
        lines = "\n".join(str(problem) for problem in problems)
        super().__init__(f"{len(problems)} problem(s) in {path}\n{lines}")
        self.problems = problems


@dataclass
class Findings:
    """Collects problems, and remembers where each entry stands.

    Attributes:
        problems: Found so far, in no particular order.
        places: Place of an entry by (kind, id).
    """

    problems: list[Problem] = field(default_factory=list)
    places: dict[tuple[str, str], Place] = field(default_factory=dict)

    def report(self, place: Place, sentence: str) -> None:
        """Add a problem."""
        self.problems.append(Problem(place, sentence))

    def register(self, kind: str, entry_id: str, place: Place) -> bool:
        """Remember where an entry stands.

        Returns:
            False, and a problem is added, when the kind already has an entry with this id.
        """
        known = self.places.get((kind, entry_id))
        if known is not None:
            self.report(
                place,
                f"the {kind} {entry_id!r} is already defined in {known.file}:{known.line}",
            )
            return False
        self.places[kind, entry_id] = place
        return True

    def place_of(self, kind: str, entry_id: str) -> Place:
        """Return where a registered entry stands."""
        return self.places[kind, entry_id]
