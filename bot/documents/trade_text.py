"""What a trade wants, in a line, before anything else of the business is known."""

import itertools
from collections.abc import Sequence

from bot.services.plans.steps import PlanStep

BASICS = "startup"
"""Category of what every business does first; its registration stands for all of it."""

LICENCE = "营业执照"
MARK = "、"
PERHAPS = "＊"

LONG_NAME = 14
"""Signs of a name behind which it is said what people call it, where that is another word."""

NOT_WHOLE = "这一行自己的许可、备案没有收录，不等于不用办，开业前请向窗口或12345核实。"
"""Said of a trade for which no licence is known: the list only looks whole."""


def wants_text(steps: Sequence[PlanStep], *, is_covered: bool = True) -> str:
    """Return what is wanted in order; what depends on answers still open has a mark.

    Args:
        steps: Of the plan.
        is_covered: Something is known of the licences of the trade itself.
    """
    special = [step for step in steps if step.matter and step.matter.category != BASICS]
    names = [LICENCE, *wanted_names(special)]
    line = f"要办：{MARK.join(names)}，还有刻章、税务这些开业手续。"
    if any(step.undecided for step in special):
        line += f"带{PERHAPS}的看情况，答完下面的问题就知道要不要。"
    return line if is_covered else line + NOT_WHOLE


def wanted_names(steps: Sequence[PlanStep]) -> list[str]:
    """Return the names of steps; what depends on answers still open has a mark."""
    return list(map(_name, steps))


def _name(step: PlanStep) -> str:
    """Return the name without what stands in brackets."""
    plain = step.planned.step.name.partition("（")[0]
    called = step.matter.aliases[0] if step.matter and step.matter.aliases else ""
    pairs = {one + other for one, other in itertools.pairwise(called)}
    if len(plain) >= LONG_NAME and called and not any(pair in plain for pair in pairs):
        plain += f"（{called}）"  # 建设项目环境影响报告书/报告表审批 is 环评 to everybody
    return f"{plain}{PERHAPS}" if step.undecided else plain
