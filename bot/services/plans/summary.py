"""The plain values of a plan for response templates: short Chinese words for days and lengths."""

from dataclasses import asdict, dataclass

from bot.planner.plan import Plan, PromiseCheck
from bot.services.plans.project import ProjectPlan
from bot.services.plans.start_business import StartPlan
from bot.services.plans.words import chinese_date, chinese_due, chinese_length


@dataclass(frozen=True)
class PlanSummary:
    """Values for the slots of a response; every one is text an applicant can read.

    Attributes:
        title: What is planned.
        start_on: Day 0.
        finish_on: Day the last step is due.
        total: Length with everything side by side that can be.
        one_after_the_other: Length if nothing ran side by side.
        n_steps: Steps to be done.
        critical_path: Names of the steps that decide the length, joined.
        promise: The promised length, "" without one.
        promise_due: Last day of the promise, "" without one.
        promise_kept: Whether the planned length is within the promise, "" without one.
        is_provisional: 是 when a date hangs on a calendar not yet published, else 否.
    """

    title: str
    start_on: str
    finish_on: str
    total: str
    one_after_the_other: str
    n_steps: str
    critical_path: str
    promise: str = ""
    promise_due: str = ""
    promise_kept: str = ""
    is_provisional: str = "否"

    def values(self) -> dict[str, str]:
        """Return the summary as keyword values of a response."""
        return asdict(self)


def summarise_start(plan: StartPlan) -> PlanSummary:
    """Return the values of a start-a-business plan."""
    form = plan.enterprise_type.name if plan.enterprise_type else ""
    values = _of_plan(plan.plan, " · ".join(part for part in (form, plan.trade_name) if part))
    if plan.promise is None:
        return PlanSummary(**values)
    return PlanSummary(
        **values,
        promise=chinese_length(plan.promise.promised.working_days or 0),
        promise_due=chinese_due(plan.promise.due, plan.plan.start_on),
    )


def summarise_project(plan: ProjectPlan) -> PlanSummary:
    """Return the values of a land-to-construction plan; the tightest limit is the promise."""
    values = _of_plan(plan.plan, plan.project_type.name)
    check = next(iter(plan.checks), None)
    if check is None:
        return PlanSummary(**values)
    return PlanSummary(
        **values,
        promise=chinese_length(check.promise.limit_working_days),
        promise_due=chinese_due(check.due, plan.plan.start_on),
        promise_kept=kept(check),
    )


def kept(check: PromiseCheck) -> str:
    """Return whether the planned length keeps the limit, in words."""
    return kept_word(is_within=check.is_within)


def kept_word(*, is_within: bool) -> str:
    """Return the words for a limit that is kept, or not."""
    return "在时限内" if is_within else "超过时限"


def _of_plan(plan: Plan, title: str) -> dict[str, str]:
    names = (plan.graph[step_id].name for step_id in plan.critical_path)
    return {
        "title": title,
        "start_on": chinese_date(plan.start_on, plan.start_on),
        "finish_on": chinese_due(plan.finishes, plan.start_on),
        "total": chinese_length(plan.totals.elapsed),
        "one_after_the_other": chinese_length(plan.one_after_the_other.elapsed),
        "n_steps": str(sum(p.step.clock != "none" for p in plan.active())),
        "critical_path": " → ".join(names),
        "is_provisional": "是" if plan.finishes.provisional else "否",
    }
