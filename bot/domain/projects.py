"""Construction projects: nine types, each a graph of steps from filing to joint acceptance."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from bot.domain.conditions import Answer, Condition
from bot.domain.facts import Provenance


class Clock(Enum):
    """Whose time a step takes; only some clocks count in the official limits."""

    GOVERNMENT = "government"
    TECHNICAL = "technical"
    UTILITY = "utility"
    NOTICE = "notice"
    TRANSACTION = "transaction"
    APPLICANT = "applicant"
    NONE = "none"


class Scope(Enum):
    """Which total a step counts in: the main process, the full process."""

    MAIN = "main"
    FULL = "full"


@dataclass(frozen=True)
class ProjectStage:
    """One of the four stages.

    Attributes:
        id: Stable id, `stage-1` to `stage-4`.
        name: Name without number.
        lead: Who leads the stage.
        contents: What happens in it.
        provenance: Origin.
    """

    id: str
    name: str
    lead: str
    contents: str
    provenance: Provenance


@dataclass(frozen=True)
class Alternative:
    """Another length of a step, in working days, that holds when the condition does."""

    when: Condition
    working_days: float


@dataclass(frozen=True)
class FlowNode:
    """One step of a project type.

    Attributes:
        id: Unique inside the project type.
        name: Name of a step that is no matter; "" when the matter's name serves.
        matter_id: The matter, or None for the applicant's own time, notices and milestones.
        stage_id: The stage it belongs to.
        working_days: Typical length; 0 for steps done at once.
        alternatives: Other lengths; the first whose condition holds replaces `working_days`.
        depends_on: Ids of steps of this type that come first.
        clock: Whose time it is.
        counts_in: Totals in which the step counts.
        when: Needed only then; None means always. A step that is not needed takes 0 days and still
            passes its predecessors on.
        is_milestone: A mark and no work.
        note: What to add for people; "" when nothing.
        provenance: Origin of the step's length.
    """

    id: str
    name: str
    matter_id: str | None
    stage_id: str
    working_days: float
    alternatives: tuple[Alternative, ...]
    depends_on: tuple[str, ...]
    clock: Clock
    counts_in: frozenset[Scope]
    when: Condition | None
    is_milestone: bool
    note: str
    provenance: Provenance


@dataclass(frozen=True)
class OfficialLimits:
    """Published limits for a project type, in working days; None where none is published.

    Attributes:
        main_working_days: Main process (administrative approvals and joint drawing review).
        full_working_days: Whole process.
        national_working_days: Upper limit of the State Council.
        scope: From when to when, where the source says so; else "".
        provenance: Origin.
    """

    main_working_days: float | None
    full_working_days: float | None
    national_working_days: float | None
    scope: str
    provenance: Provenance


@dataclass(frozen=True)
class OfficialLimit:
    """A published limit that is not tied to one project type, in working days."""

    scope: str
    working_days: float
    provenance: Provenance


@dataclass(frozen=True)
class JointProcedure:
    """Several departments' work done as one: 多规合一, 联合审图, 联合验收.

    Attributes:
        id: Stable id.
        name: Name people read.
        text: What is done as one.
        matter_ids: Matters of a plan to which it applies.
        provenance: Origin.
    """

    id: str
    name: str
    text: str
    matter_ids: tuple[str, ...]
    provenance: Provenance


@dataclass(frozen=True)
class ComputedPath:
    """A critical path that the researcher computed; the planner must find the same.

    Attributes:
        working_days: Length.
        path: Ids of its steps.
        limit_working_days: Official limit for this total; None when there is none.
        is_within: The path keeps the limit; None when there is no limit.
    """

    working_days: float
    path: tuple[str, ...]
    limit_working_days: float | None = None
    is_within: bool | None = None


@dataclass(frozen=True)
class Computed:
    """The researcher's own computation for the default scenario, for tests and comparison.

    Attributes:
        main: Main process.
        full: Whole process.
        elapsed: With the applicant's own time, notices and land trading.
        worst_case_full: Whole process, every condition at its longest.
        worst_case_main_working_days: Main process, every condition at its longest.
        main_by_stage: Working days on the critical path by stage id.
        statutory_main_working_days: Main process with the limits of the law; an estimate.
        main_earliest_start: Working days by step id.
        main_slack: Working days by step id.
        parallel_groups: Steps that can run side by side: (stage id, step ids).
        topological_order: Every step after its predecessors.
    """

    main: ComputedPath
    full: ComputedPath
    elapsed: ComputedPath
    worst_case_full: ComputedPath
    worst_case_main_working_days: float
    main_by_stage: Mapping[str, float]
    statutory_main_working_days: float
    main_earliest_start: Mapping[str, float]
    main_slack: Mapping[str, float]
    parallel_groups: tuple[tuple[str, tuple[str, ...]], ...]
    topological_order: tuple[str, ...]


@dataclass(frozen=True)
class ProjectType:
    """A kind of construction project.

    Attributes:
        id: Stable id such as `soc-industrial`.
        name: Name shown to applicants.
        aliases: What people say.
        applies_when: Which projects it is for, in words.
        excludes: Which it is not for, in words; "" when the source says nothing.
        official: Published limits.
        default_scenario: Usual answers by question id; where the applicant does not know.
        nodes: The steps, each after the steps it depends on.
        computed: The researcher's figures for the default scenario.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    applies_when: str
    excludes: str
    official: OfficialLimits
    default_scenario: Mapping[str, Answer]
    nodes: tuple[FlowNode, ...]
    computed: Computed
