"""Comparisons of one field with many numbers, sorted, so that one search decides all of them."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.eligibility import BadProfile, Profile, ProfileValue, Truth, truth_of
from bot.domain.policies import Criterion, Operator

NO, OPEN, YES = 0, 1, 2
_NUMBERS: Mapping[str, int] = {
    Truth.NOT_MET.value: NO,
    Truth.UNKNOWN.value: OPEN,
    Truth.MET.value: YES,
}
_COMPARISONS = (Operator.LT, Operator.LTE, Operator.GT, Operator.GTE)


@dataclass(frozen=True)
class ClauseRun:
    """Clauses of one field and operator, in the order of their numbers.

    Attributes:
        start: Number of the first clause; the others follow it.
        limits: What each compares with, ascending.
    """

    field: str
    operator: Operator
    start: int
    limits: Sequence[float]

    def decide(self, answer: ProfileValue, into: list[int]) -> None:
        """Write the truth of each clause for an answer; O(log clauses) and two copies.

        Raises:
            BadProfile: The answer is no number.
        """
        if isinstance(answer, bool) or not isinstance(answer, (int, float)):
            raise BadProfile(self.field)
        is_upper = self.operator in (Operator.LT, Operator.LTE)
        # equal limits hold for LTE and GTE, and not for LT and GT
        is_left = self.operator in (Operator.LTE, Operator.GT)
        cut = (bisect_left if is_left else bisect_right)(self.limits, answer)
        below, above = (NO, YES) if is_upper else (YES, NO)
        count = len(self.limits)
        into[self.start : self.start + count] = [below] * cut + [above] * (count - cut)


def is_comparison(leaf: Criterion) -> bool:
    """Tell whether a clause compares with a number."""
    return leaf.operator in _COMPARISONS and not isinstance(leaf.value, (str, bool, tuple))


def runs_of(
    comparisons: Sequence[Criterion],
) -> tuple[dict[str, list[ClauseRun]], list[Criterion]]:
    """Return the runs by field, and the clauses in the order in which they are numbered, from 0."""
    groups: dict[tuple[str, Operator], list[Criterion]] = {}
    for leaf in comparisons:
        groups.setdefault((leaf.field, leaf.operator), []).append(leaf)
    runs: dict[str, list[ClauseRun]] = {}
    order: list[Criterion] = []
    for (field, operator), members in groups.items():
        members.sort(key=_limit)
        run = ClauseRun(field, operator, len(order), [_limit(leaf) for leaf in members])
        runs.setdefault(field, []).append(run)
        order += members
    return runs, order


def single(leaf: Criterion, profile: Profile) -> int:
    """Return the truth of one clause as a number; raises `BadProfile`."""
    return _NUMBERS[truth_of(leaf, profile).value]


def _limit(leaf: Criterion) -> float:
    assert isinstance(leaf.value, (int, float))
    return leaf.value
