"""What another answer changes in a plan: which steps come and go, and when all is done."""

from collections.abc import Sequence

from bot.planner.plan import Plan
from bot.services.plans.steps import PlanStep
from bot.services.plans.words import chinese_due, chinese_length

MAX_NAMED = 6
"""Steps named of each kind; the rest is counted."""


def change_text(before: Sequence[PlanStep], after: Sequence[PlanStep], old: Plan, new: Plan) -> str:
    """Return what differs between two plans, in a few lines.

    Args:
        before: Steps of the plan as it was.
        after: Steps of the plan as it is now.
        old: The dated plan as it was.
        new: The dated plan as it is now.
    """
    was, now = _names(before), _names(after)
    lines = [
        _line("多出来的", [name for name in now if name not in was]),
        _line("不用办了的", [name for name in was if name not in now]),
        _length(old, new),
    ]
    said = [line for line in lines if line]
    return "\n".join(said) if said else "要办的步骤和时间都没有变化。"


def _names(steps: Sequence[PlanStep]) -> list[str]:
    return [step.planned.step.name for step in steps if not step.is_done]


def _line(heading: str, names: Sequence[str]) -> str:
    if not names:
        return ""
    more = f"等 {len(names)} 项" if len(names) > MAX_NAMED else ""
    return f"{heading}：{'、'.join(names[:MAX_NAMED])}{more}"


def _length(old: Plan, new: Plan) -> str:
    was, now = old.totals.elapsed, new.totals.elapsed
    if was == now:
        return ""
    due = chinese_due(new.finishes, new.start_on)
    return f"全程从{chinese_length(was)}变成{chinese_length(now)}，最快{due}办完。"
