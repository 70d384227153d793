"""A plan as its page shows it: plain texts and numbers, frozen on the day it was made.

What is saved are these values and not the plan: the page must say next year what it says today,
even when the catalogue has changed since.
"""

import enum
from dataclasses import dataclass

VERSION = 1
"""Grows when the shape changes; older ones must still be readable."""


class MaterialMark(enum.Enum):
    """What the applicant has to do about a document."""

    BRING = "bring"
    LATER = "later"
    COMMIT = "commit"
    HELD = "held"
    IF_IT_APPLIES = "if_it_applies"


@dataclass(frozen=True)
class SnapshotMaterial:
    """One document; `form` and `copies` as on the list at the window."""

    name: str
    mark: MaterialMark
    form: str
    copies: int
    provided_by: str


@dataclass(frozen=True)
class SnapshotStep:
    """One step; every text is ready to be read.

    Attributes:
        length: 即办, 2小时, 5个工作日; "" for a milestone or the applicant's own time.
        due: Day it is finished, with weekday; "" for the applicant's own time.
        starts_after: Working days from the start of the plan, for the bar.
        ends_after: As above.
        is_earliest: The dates leave the applicant's own time out: earliest possible ones.
        is_uncertain: The length is of low confidence: 以窗口答复为准.
        undecided: Questions that would tell whether the step is needed.
        source: Where the length comes from.
        is_verified: The length was found at the source.
        checked_on: ISO date of the check.
        id: Id of the step inside its plan; "" in snapshots from before it was kept.
        matter_id: Id of the matter behind it; "" for own work, milestones, old snapshots.
        slack: By how much it may be late without delaying the plan (5个工作日); "" for none.
        slack_days: The same in working days.
    """

    name: str
    department: str
    length: str
    due: str
    starts_after: float
    ends_after: float
    is_provisional: bool
    is_earliest: bool
    is_critical: bool
    is_uncertain: bool
    is_optional: bool
    is_done: bool
    is_milestone: bool
    is_own_work: bool
    undecided: tuple[str, ...]
    materials: tuple[SnapshotMaterial, ...]
    fee: str
    channels: tuple[str, ...]
    note: str
    source: str
    is_verified: bool
    checked_on: str
    id: str = ""
    matter_id: str = ""
    slack: str = ""
    slack_days: float = 0.0


@dataclass(frozen=True)
class SnapshotGroup:
    """Steps that can be done side by side; `number` counts inside a stage, from 1."""

    number: int
    steps: tuple[SnapshotStep, ...]


@dataclass(frozen=True)
class SnapshotStage:
    """A stage and its groups, in order; `name` is "" when the plan has no stages."""

    name: str
    groups: tuple[SnapshotGroup, ...]


@dataclass(frozen=True)
class SnapshotPromise:
    """A limit that the plan is held against.

    Attributes:
        planned: What the plan takes in this measure; "" when it is not compared.
        kept: 在时限内 or 超过时限; "" when it is not compared.
        due: Last day on which it is kept.
    """

    scope: str
    limit: str
    planned: str
    kept: str
    due: str
    source: str


@dataclass(frozen=True)
class SnapshotTotal:
    """One of the three totals of a project.

    Attributes:
        name: 主流程审批, 全过程审批, 总历时.
        length: The total, ready to be read.
        days: The same in working days.
        limits: Official limits it is held against, in working days, the tightest first.
        kept: 在时限内 or 超过时限; "" without a limit.
        path: Names of the steps that decide it, first to last.
        longest: Name of the step of the path that takes longest, with its length.
    """

    name: str
    length: str
    days: float
    limits: tuple[float, ...]
    kept: str
    path: tuple[str, ...]
    longest: str


@dataclass(frozen=True)
class SnapshotWhatIf:
    """What another answer would change.

    Attributes:
        text: One sentence, ready to be read.
        elapsed_days: Working days more (above zero) or fewer in elapsed time.
    """

    text: str
    elapsed_days: float


@dataclass(frozen=True)
class PlanSnapshot:
    """Everything the page of a plan shows.

    Attributes:
        total: Length with everything side by side that can be.
        total_days: The same in working days, for the bars.
        sequential: Length if nothing ran side by side.
        critical_path: Names of the steps that decide the length.
        remarks: What to know about the plan as a whole.
        is_provisional: A date hangs on a calendar not yet published.
        checked_on: ISO date of the oldest check among the facts shown.
        totals: The three totals of a project; empty for other plans and old snapshots.
        what_ifs: What other answers would change, the one that saves most first.
    """

    version: int
    title: str
    place: str
    start_on: str
    finish_on: str
    total: str
    total_days: float
    sequential: str
    sequential_days: float
    critical_path: tuple[str, ...]
    promises: tuple[SnapshotPromise, ...]
    stages: tuple[SnapshotStage, ...]
    remarks: tuple[str, ...]
    is_provisional: bool
    checked_on: str
    totals: tuple[SnapshotTotal, ...] = ()
    what_ifs: tuple[SnapshotWhatIf, ...] = ()
