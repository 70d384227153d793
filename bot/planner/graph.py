"""The steps of a plan as a directed acyclic graph."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from heapq import heapify, heappop, heappush

from bot.planner.errors import (
    CyclicPlan,
    DuplicateStep,
    NegativeWorkingDays,
    UnknownPredecessor,
    UnknownStep,
)


@dataclass(frozen=True)
class Step:
    """One thing to be done in a plan.

    Attributes:
        id: Unique inside the plan.
        name: What applicants read.
        matter_id: The catalogue's matter, None for an applicant's own work or a milestone.
        working_days: Length in working days, >= 0; two hours are 0.25.
        depends_on: Ids of the steps that must be finished before, in order of importance.
        clock: Whose time it is: government, technical, utility, notice, transaction, applicant,
            none (a milestone).
        counts_in: Names of the official measures the step counts in: main, full.
        responsible: Department or person who does it.
        stage: Stage of the procedure it belongs to.
        note: A remark from the catalogue.
        is_skipped: Its condition is false: it takes no time, but still passes on what came before.
        is_open_ended: It takes time that nobody has named yet (design, building); counted as 0.
        calendar_days: Length of a public notice in calendar days; 0 for other steps. See
            `calendar_days.with_calendar_days`, which sets `working_days` from it.
    """

    id: str
    name: str
    matter_id: str | None = None
    working_days: float = 0
    depends_on: tuple[str, ...] = ()
    clock: str = "government"
    counts_in: frozenset[str] = frozenset()
    responsible: str = ""
    stage: str = ""
    note: str | None = None
    is_skipped: bool = False
    is_open_ended: bool = False
    calendar_days: int = 0

    def days(self, measure: str | None = None) -> float:
        """Return the working days the step takes in `measure`, in elapsed time when None."""
        counts = measure is None or measure in self.counts_in
        return 0 if self.is_skipped or not counts else self.working_days


@dataclass(frozen=True)
class StepGraph:
    """Steps and who waits for whom; checked when made.

    Attributes:
        steps: The steps in the order given, which also decides ties.
    """

    steps: tuple[Step, ...]
    _by_id: Mapping[str, Step] = field(init=False, repr=False, compare=False)
    _order: tuple[Step, ...] = field(init=False, repr=False, compare=False)
    _successors: Mapping[str, list[str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Build the graph in O(steps log steps + edges).

        Raises:
            DuplicateStep: Two steps share an id.
            UnknownPredecessor: A `depends_on` names no step.
            NegativeWorkingDays: A step takes less than no time.
            CyclicPlan: Steps wait for each other.
        """
        by_id = {step.id: step for step in self.steps}
        _check(self.steps, by_id)
        successors: dict[str, list[str]] = {step_id: [] for step_id in by_id}
        for step in self.steps:
            for predecessor in step.depends_on:
                successors[predecessor].append(step.id)
        object.__setattr__(self, "_by_id", by_id)
        object.__setattr__(self, "_order", _in_order(by_id))
        object.__setattr__(self, "_successors", successors)

    def __getitem__(self, step_id: str) -> Step:
        """Return a step.

        Raises:
            UnknownStep: There is no step of this id.
        """
        try:
            return self._by_id[step_id]
        except KeyError:
            raise UnknownStep(step_id) from None

    def ordered(self) -> tuple[Step, ...]:
        """Return the steps so that each stands after all it waits for."""
        return self._order

    def successors(self, step_id: str) -> tuple[str, ...]:
        """Return the ids of the steps that wait for this one directly."""
        return tuple(self._successors[step_id])

    def ancestors(self, step_id: str) -> frozenset[str]:
        """Return the ids of all steps this one waits for, directly or not."""
        found: set[str] = set()
        waiting = list(self[step_id].depends_on)
        while waiting:
            before = waiting.pop()
            if before not in found:
                found.add(before)
                waiting += self._by_id[before].depends_on
        return frozenset(found)

    def waves(self) -> Mapping[str, int]:
        """Return the wave of each step; active steps of one wave never wait for each other.

        A skipped step opens no wave of its own.
        """
        waves: dict[str, int] = {}
        for step in self._order:
            before = max((waves[p] for p in step.depends_on), default=0)
            waves[step.id] = before + (not step.is_skipped)
        return waves


def _in_order(by_id: Mapping[str, Step]) -> tuple[Step, ...]:
    """Return the steps in topological order; of those that are ready the one named first."""
    position = {step_id: index for index, step_id in enumerate(by_id)}
    names = list(by_id)
    sorter = TopologicalSorter({step.id: step.depends_on for step in by_id.values()})
    try:
        sorter.prepare()
    except CycleError as error:
        raise CyclicPlan(" -> ".join(error.args[1])) from None
    ready = [position[step_id] for step_id in sorter.get_ready()]
    heapify(ready)
    order: list[Step] = []
    while ready:
        step_id = names[heappop(ready)]
        order.append(by_id[step_id])
        sorter.done(step_id)
        for following in sorter.get_ready():
            heappush(ready, position[following])
    return tuple(order)


def _check(steps: Iterable[Step], by_id: Mapping[str, Step]) -> None:
    seen: set[str] = set()
    for step in steps:
        if step.id in seen:
            raise DuplicateStep(step.id)
        seen.add(step.id)
        if step.working_days < 0:
            raise NegativeWorkingDays(f"{step.id}: {step.working_days}")
        for predecessor in step.depends_on:
            if predecessor not in by_id:
                raise UnknownPredecessor(f"{step.id} waits for {predecessor}")
