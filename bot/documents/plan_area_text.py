"""The steps of a plan that belong to one area, one line each."""

from collections.abc import Sequence

from bot.services.plans.steps import PlanStep


def area_text(steps: Sequence[PlanStep]) -> str:
    """Return the lines: name, whether it depends on the case, who leads it."""
    return "\n".join(_line(step) for step in steps)


def _line(step: PlanStep) -> str:
    depends = "（看情况：后面会问到，问完就知道要不要）" if step.undecided else ""
    lead = f"，{step.department}办" if step.department else ""
    return f"· {step.planned.step.name}{depends}{lead}"
