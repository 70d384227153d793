"""Which steps of a plan take longest, in words."""

from collections.abc import Sequence

from bot.planner.graph import Step
from bot.services.plans.words import chinese_length

MOST_NAMED = 3


def slowest_text(steps: Sequence[Step]) -> str:
    """Return the longest steps, the longest first; "" when none takes a day."""
    slow = sorted((s for s in steps if s.days() >= 1), key=lambda step: -step.days())
    return "\n".join(f"· {step.name}：{chinese_length(step.days())}" for step in slow[:MOST_NAMED])
