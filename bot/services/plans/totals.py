"""The three totals of a project plan: their limits, what decides them, and what may wait."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.projects import OfficialLimits
from bot.planner.graph import Step
from bot.planner.plan import FULL, MAIN, MEASURES, Plan
from bot.services.plans.steps import PlanStep
from bot.services.plans.what_ifs import WhatIf
from bot.services.plans.words import chinese_change

NAMES: Mapping[str | None, str] = {MAIN: "主流程审批", FULL: "全过程审批", None: "总历时"}
"""What applicants read for each measure; None is elapsed time."""


@dataclass(frozen=True)
class PlanTotal:
    """One total.

    Attributes:
        measure: `main`, `full`, None for elapsed time.
        name: What applicants read.
        working_days: The total.
        limits: Official limits it is held against, the tightest first; none for elapsed time.
        path: The steps that decide it, first to last.
        longest: The step of the path that takes longest; None when nothing takes time.
    """

    measure: str | None
    name: str
    working_days: float
    limits: tuple[float, ...]
    path: tuple[Step, ...]
    longest: Step | None

    @property
    def is_within(self) -> bool:
        """The total keeps every limit."""
        return all(self.working_days <= limit for limit in self.limits)


def totals_with_limits(plan: Plan, official: OfficialLimits) -> tuple[PlanTotal, ...]:
    """Return main, full and elapsed total, each with its limits and its path."""
    main, full, national = (
        official.main_working_days,
        official.full_working_days,
        official.national_working_days,
    )
    limits = {MAIN: (main,), FULL: (full, national), None: ()}
    days = dict(
        zip(MEASURES, (plan.totals.main, plan.totals.full, plan.totals.elapsed), strict=True)
    )
    return tuple(
        _total(plan, measure, days[measure], tuple(x for x in limits[measure] if x is not None))
        for measure in MEASURES
    )


def _total(
    plan: Plan, measure: str | None, working_days: float, limits: tuple[float, ...]
) -> PlanTotal:
    path = tuple(plan.graph[step_id] for step_id in plan.critical_steps(measure))
    longest = max(path, key=lambda step: step.days(measure), default=None)
    return PlanTotal(measure, NAMES[measure], working_days, tuple(sorted(limits)), path, longest)


def may_wait(steps: Sequence[PlanStep]) -> tuple[PlanStep, ...]:
    """Return the steps that can be late without delaying the plan, the most patient first."""
    patient = (
        step
        for step in steps
        if step.planned.window.slack >= 1
        and step.planned.step.clock != "none"
        and not (step.is_done or step.planned.step.is_open_ended)
    )
    return tuple(sorted(patient, key=lambda step: -step.planned.window.slack))


def what_if_text(what_if: WhatIf) -> str:
    """Return another answer and what it changes as one sentence without a full stop."""
    change = what_if.change
    changes = zip(MEASURES, (change.main, change.full, change.elapsed), strict=True)
    told = "、".join(
        f"{NAMES[measure]}{chinese_change(days)}" for measure, days in changes if abs(days) >= 1
    )
    end = f"（算到{what_if.until}）" if what_if.until else ""
    return f"如果{what_if.said}，{told}{end}"
