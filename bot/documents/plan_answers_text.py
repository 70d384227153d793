"""Answers about a plan that stands: one of its steps, and which of its matters go online."""

import re
from collections.abc import Iterable, Sequence

from bot.documents.matter_text import MatterAnswer, source_line
from bot.documents.plan_text import DETAILS, step_line
from bot.domain.matters import Matter
from bot.planner.plan import Plan
from bot.services.plans.steps import PlanStep

_ONLINE = re.compile("网(?!点)|APP|App|小程序|平台|系统|线上|在线")


def step_text(steps: Sequence[PlanStep], plan: Plan) -> str:
    """Return the steps that go at the same time, one line each, as the plan says them."""
    lines = [step_line(step, plan, DETAILS[0]) for step in steps]
    return "\n".join(lines if len(lines) == 1 else (f"· {line}" for line in lines))


def ways_answer(matters: Iterable[Matter]) -> MatterAnswer:
    """Say which matters can be applied for online, by the way, and which have no such way.

    Args:
        matters: Those of the plan in their order, at least one.
    """
    known = list(dict.fromkeys(matters))
    by_way: dict[str, list[str]] = {}
    others: list[str] = []
    for matter in known:
        way = next((one for one in matter.channels if _ONLINE.search(one)), None)
        (others if way is None else by_way.setdefault(way, [])).append(matter.name)
    lines = [f"· {way}：{'、'.join(names)}" for way, names in by_way.items()]
    said = ["这些有网上的路子，不一定跑大厅：", *lines] if lines else []
    if others:
        said.append(f"没写网上怎么办的，去窗口前先问一声：{'、'.join(others)}")
    weakest = min(known, key=lambda matter: matter.provenance.verified)
    return MatterAnswer("\n".join(said), source_line(weakest.provenance))
