"""Earliest and latest times of the steps of a graph, and its critical path.

Times are working days after the start of the plan, in one measure: elapsed time, or only what
counts in an official measure (`main`, `full`). Each function costs O(steps + edges).

Source: the critical path method, forward and backward pass.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.planner.calendar import ROUNDING_SLACK
from bot.planner.graph import StepGraph


@dataclass(frozen=True)
class Window:
    """When a step can and must run, in working days after the start of the plan.

    Attributes:
        earliest_start: Not before this.
        earliest_finish: Earliest start plus its length.
        latest_start: Starting later delays the whole plan.
        latest_finish: Finishing later delays the whole plan.
    """

    earliest_start: float
    earliest_finish: float
    latest_start: float
    latest_finish: float

    @property
    def slack(self) -> float:
        """Working days the step can be late without delaying the plan; never negative."""
        difference = self.latest_start - self.earliest_start
        return difference if difference > ROUNDING_SLACK else 0


def finishes(graph: StepGraph, measure: str | None = None) -> Mapping[str, float]:
    """Return the earliest finish of each step in `measure`: the forward pass alone."""
    finish: dict[str, float] = {}
    for step in graph.ordered():
        start = max([finish[p] for p in step.depends_on], default=0)
        finish[step.id] = start + step.days(measure)
    return finish


def windows(graph: StepGraph, measure: str | None = None) -> Mapping[str, Window]:
    """Return the window of each step in `measure`, in elapsed time when None."""
    finish = finishes(graph, measure)
    latest = dict.fromkeys(finish, max(finish.values(), default=0))
    found: dict[str, Window] = {}
    for step in reversed(graph.ordered()):
        days, end = step.days(measure), latest[step.id]
        found[step.id] = Window(finish[step.id] - days, finish[step.id], end - days, end)
        for predecessor in step.depends_on:
            latest[predecessor] = min(latest[predecessor], end - days)
    return {step.id: found[step.id] for step in graph.ordered()}


def total_days(graph: StepGraph, measure: str | None = None) -> float:
    """Return the length of the longest path; 0 for a plan without steps."""
    return max(finishes(graph, measure).values(), default=0)


def one_after_the_other(graph: StepGraph, measure: str | None = None) -> float:
    """Return how long it takes when no two steps run side by side."""
    return sum(step.days(measure) for step in graph.steps)


def critical_path(graph: StepGraph, measure: str | None = None) -> tuple[str, ...]:
    """Return the steps that take time on a longest path, first to last.

    Among equal paths the one through the predecessors named first is taken.
    """
    finish = finishes(graph, measure)
    at = max(graph.ordered(), key=lambda step: finish[step.id], default=None)
    path: list[str] = []
    while at is not None:
        if at.days(measure):
            path.append(at.id)
        before = max(at.depends_on, key=finish.__getitem__, default=None)
        at = None if before is None else graph[before]
    return tuple(reversed(path))
