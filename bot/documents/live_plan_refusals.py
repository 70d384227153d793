"""Why a step cannot be marked, in words."""

from datetime import date

from bot.domain.plan_errors import StepDone, StepNeeded, StepTooEarly
from bot.services.plans.words import chinese_date


def too_early_text(error: StepTooEarly, today: date) -> str:
    """Return what a step waits for."""
    still_open = [name for name, on in error.waits_for.items() if on is None]
    later = [f"“{name}”{chinese_date(on, today)}" for name, on in error.waits_for.items() if on]
    parts = []
    if still_open:
        parts.append(f"“{error.step}”要等这些办完：{'、'.join(still_open)}，它们还没标办完。")
    if later:
        parts.append(f"“{error.step}”不会比前面的步骤更早办完，前面记的是{'、'.join(later)}。")
    return "\n".join(parts)


def done_text(error: StepDone, today: date) -> str:
    """Return when a step was marked."""
    return f"“{error.step}”已经标过了，记的是{chinese_date(error.on, today)}办完。"


def needed_text(error: StepNeeded, today: date) -> str:
    """Return which later steps rest on this one."""
    names = "、".join(f"“{n}”（{chinese_date(on, today)}）" for n, on in error.followers.items())
    return f"“{error.step}”后面的{names}已经标了办完，请先改后面的。"
