"""A plan as the rows of its picture, with texts already broken into lines. Pure."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.plan_snapshot import PlanSnapshot, SnapshotStep

NEVER_FIRST = "，。、；：）》”！？"
NEVER_LAST = "（《“"
"""Where a line may not be broken."""


@dataclass(frozen=True)
class StageRow:
    """A heading."""

    name: str


@dataclass(frozen=True)
class StepRow:
    """One step with its bar.

    Attributes:
        lines: Name, broken into lines.
        right: Length and date, on the right.
        starts_after: Working days from the start of the plan.
        ends_after: As above.
    """

    lines: tuple[str, ...]
    right: str
    starts_after: float
    ends_after: float
    is_critical: bool
    is_milestone: bool
    is_own_work: bool
    is_done: bool


Row = StageRow | StepRow


def plan_rows(plan: PlanSnapshot, width: float) -> Iterator[Row]:
    """Yield the rows of a plan; names are broken after `width` full-width characters."""
    for stage in plan.stages:
        if stage.name:
            yield StageRow(stage.name)
        for group in stage.groups:
            for step in group.steps:
                yield _step(step, width)


def broken(text: str, width: float) -> tuple[str, ...]:
    """Return a text in lines of at most `width` full-width characters (others count half)."""
    lines, line = [], ""
    for character in " ".join(text.split()):
        if line and measure(line + character) > width and character not in NEVER_FIRST:
            kept = line.rstrip(NEVER_LAST)
            lines.append(kept or line)
            line = line[len(kept) :] if kept else ""
        line += character
    return (*lines, line)


def measure(text: str) -> float:
    """Return the width of a text in full-width characters."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.55 for c in text)


def _step(step: SnapshotStep, width: float) -> StepRow:
    marks = [
        word
        for word, applies in (
            ("已办", step.is_done),
            ("自愿", step.is_optional),
            ("视情形", bool(step.undecided)),
        )
        if applies
    ]
    name = step.name + (f"（{'、'.join(marks)}）" if marks else "")
    return StepRow(
        lines=broken(("★ " if step.is_critical else "") + name, width),
        right=_right(step),
        starts_after=step.starts_after,
        ends_after=step.ends_after,
        is_critical=step.is_critical,
        is_milestone=step.is_milestone,
        is_own_work=step.is_own_work,
        is_done=step.is_done,
    )


def _right(step: SnapshotStep) -> str:
    if step.is_own_work:
        return "您自行安排"
    if step.is_milestone or step.is_done:
        return ""
    length = step.length + ("＊" if step.is_uncertain else "")
    due = ("最早" if step.is_earliest else "") + step.due
    return " · ".join(part for part in (length, due) if part)
