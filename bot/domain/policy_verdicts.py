"""The four verdicts on a policy, and the one fact that would change a no."""

import enum
import math
from collections.abc import Collection, Iterator

from bot.domain.eligibility import Profile, ProfileValue, Truth, truth_of
from bot.domain.policies import Criteria, Criterion, Operator, leaves

ANY_OTHER = "\0"
"""A word that no criterion names."""


class Verdict(enum.Enum):
    """What can be said to one enterprise about one policy."""

    FITS = "fits"
    WOULD_FIT = "would_fit"
    """No, but for a single fact."""
    DOES_NOT_FIT = "does_not_fit"
    UNKNOWN = "unknown"


def single_changes(
    criteria: Criteria, profile: Profile, fields: Collection[str] | None = None
) -> tuple[Criterion, ...]:
    """Return the clauses each of which alone, if it held, would make the policy fit.

    Empty unless the policy is refused; a clause whose change would still leave something unknown
    is not among them. O(leaves squared) truth values, so ask only where it may be.

    Args:
        criteria: Of the policy.
        profile: What is known of the enterprise.
        fields: Of a policy that is known to be refused, the fields that may turn it; None when
            nothing is known of it.

    Raises:
        BadProfile: An answer has a type that its field cannot be compared with.
    """
    if fields is None and truth_of(criteria, profile) is not Truth.NOT_MET:
        return ()
    tried = profile.keys() if fields is None else fields
    found: dict[Criterion, None] = {}
    for leaf in leaves(criteria):
        is_failed = (
            leaf.field in tried
            and leaf.field in profile
            and truth_of(leaf, profile) is Truth.NOT_MET
        )
        if is_failed and any(
            truth_of(criteria, {**profile, leaf.field: value}) is Truth.MET
            for value in _satisfying(leaf)
        ):
            found[leaf] = None
    return tuple(found)


def _satisfying(leaf: Criterion) -> Iterator[ProfileValue]:
    """Yield answers with which a clause holds, the nearest for comparisons of numbers."""
    if leaf.operator is Operator.NIN:
        yield ANY_OTHER
    elif isinstance(leaf.value, tuple):
        yield from leaf.value
    elif leaf.operator is Operator.LT:
        yield math.nextafter(float(leaf.value), -math.inf)
    elif leaf.operator is Operator.GT:
        yield math.nextafter(float(leaf.value), math.inf)
    else:
        yield leaf.value
