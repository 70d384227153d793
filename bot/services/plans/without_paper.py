"""What can be done while a document is missing."""

from dataclasses import dataclass

from bot.domain.plan_snapshot import MaterialMark
from bot.services.plans.life_view import LivePlan, LiveStep, StepState
from bot.services.plans.papers import Paper


@dataclass(frozen=True)
class WithoutPaper:
    """What can be done while a document is missing; only open steps, in the order of the plan.

    Attributes:
        free: Can start now and do not ask for it.
        later: Take it afterwards.
        commit: Take a written commitment in its place.
        needless: The state holds it already, or it is asked for in some cases only.
        blocked: Want to have it at once.
        behind: Wait for those that are blocked.
    """

    paper: Paper
    free: tuple[LiveStep, ...]
    later: tuple[LiveStep, ...]
    commit: tuple[LiveStep, ...]
    needless: tuple[LiveStep, ...]
    blocked: tuple[LiveStep, ...]
    behind: tuple[LiveStep, ...]


def without_paper(plan: LivePlan, paper: Paper) -> WithoutPaper:
    """Return what a missing document means for each open step of a plan."""
    marks = {use.step_id: use.mark for use in paper.uses}
    by_mark: dict[MaterialMark, list[LiveStep]] = {mark: [] for mark in MaterialMark}
    open_steps = [step for step in plan.steps if step.state is not StepState.DONE]
    for step in open_steps:
        if step.id in marks:
            by_mark[marks[step.id]].append(step)
    stopped = {step.id for step in by_mark[MaterialMark.BRING]}
    graph = plan.plan.plan.graph
    return WithoutPaper(
        paper=paper,
        free=tuple(s for s in open_steps if s.state is StepState.READY and s.id not in marks),
        later=tuple(by_mark[MaterialMark.LATER]),
        commit=tuple(by_mark[MaterialMark.COMMIT]),
        needless=tuple(by_mark[MaterialMark.HELD] + by_mark[MaterialMark.IF_IT_APPLIES]),
        blocked=tuple(by_mark[MaterialMark.BRING]),
        behind=tuple(
            s for s in open_steps if s.id not in stopped and graph.ancestors(s.id) & stopped
        ),
    )
