"""What became of a department's reviews after it has put something right."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.reviews import Rectification
from bot.services.ports import UnitOfWork

OVER = timedelta(days=30)


@dataclass(frozen=True)
class Effect:
    """Bad reviews of the same department before and after.

    Attributes:
        days: How many whole days of `OVER` have passed since; 0 on the first.
    """

    before: int
    after: int
    days: int


def effect_of(unit: UnitOfWork, task: Rectification, settled: datetime, now: datetime) -> Effect:
    """Return how often the department was rated badly in equal times before and after.

    What an appeal has shown to be mistaken does not count.
    """
    passed = min(OVER, now - settled)
    count = unit.reviews.bad_reviews
    return Effect(
        before=count(task.department_id, settled - passed, settled),
        after=count(task.department_id, settled, settled + passed),
        days=passed.days,
    )
