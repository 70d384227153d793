"""The figures of the open statistics: name, meaning, and the query that makes each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One figure.

    Attributes:
        shape: "number", "months" or "parts".
        labels: For parts, what the keys are ids of: "department", "matter", "level", ...
        sql: Returns rows (key, value) out of the table `counts`.
    """

    name: str
    title: str
    unit: str
    shape: str
    labels: str
    definition: str
    sql: str


@dataclass(frozen=True)
class Group:
    """Figures that stand together."""

    name: str
    title: str
    figures: Sequence[Figure]


@dataclass(frozen=True)
class FigureBook:
    """All figures, and what their keys are called.

    Attributes:
        labels: By what they are ids of; the catalogue knows departments and matters.
        unknown: What an empty key is called.
        other: What small parts together are called.
    """

    groups: Sequence[Group]
    labels: Mapping[str, Mapping[str, str]]
    unknown: Mapping[str, str]
    other: str

    @property
    def figures(self) -> Sequence[Figure]:
        """Return all figures in order."""
        return [figure for group in self.groups for figure in group.figures]


Values = Mapping[str, Sequence[tuple[str, float]]]
"""By name of the figure: key and value of each row; no row where too few would tell."""
