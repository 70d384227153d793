"""What comes first in a plan: its steps in groups that do not wait for each other."""

from collections.abc import Sequence
from itertools import groupby

from bot.documents.trade_text import MARK, PERHAPS
from bot.services.plans.steps import PlanStep


def waves_text(steps: Sequence[PlanStep]) -> str:
    """Return a line for each group of steps, in their order; "" without steps.

    Args:
        steps: Of a plan; a step without a matter behind it is left out.
    """
    asked = sorted((one for one in steps if one.matter), key=lambda one: one.planned.wave)
    waves = [list(group) for _, group in groupby(asked, key=lambda one: one.planned.wave)]
    return "\n".join(f"{at}. {MARK.join(map(_name, wave))}" for at, wave in enumerate(waves, 1))


def _name(step: PlanStep) -> str:
    """Return what a step is called, marked where it depends on answers still open."""
    return f"{step.planned.step.name}{PERHAPS if step.undecided else ''}"
