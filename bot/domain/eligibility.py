"""Whether an enterprise may claim a policy, clause by clause, with what is not known left open."""

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.errors import BotError
from bot.domain.policies import (
    AllOf,
    Criteria,
    Criterion,
    Operator,
    Policy,
    PolicyStatus,
    Scalar,
    Validity,
    leaves,
)

ProfileValue = Scalar | tuple[str, ...]
"""One answer; a tuple when several words fit, such as two identities of a founder."""

Profile = Mapping[str, ProfileValue]
"""What is known of an enterprise, by field id; unknown fields are simply missing."""


class BadProfile(BotError):
    """An answer has a type that its field cannot be compared with."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class Truth(enum.Enum):
    """Outcome of a clause or of a whole policy (Kleene's three values)."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Standing(enum.Enum):
    """What may be said about a policy being in force on a day."""

    IN_FORCE = "in_force"
    NEEDS_CHECK = "needs_check"
    """Not confirmed for this year, or past its last known day: never told as a fact."""
    NOT_YET = "not_yet"
    ENDED = "ended"


@dataclass(frozen=True)
class Clause:
    """One leaf of the criteria and how the enterprise meets it.

    Attributes:
        answer: What the profile says, None when it says nothing.
        is_open: The answer is missing and could still decide the policy.
    """

    criterion: Criterion
    truth: Truth
    answer: ProfileValue | None
    is_open: bool


@dataclass(frozen=True)
class PolicyMatch:
    """One policy seen by one enterprise.

    Attributes:
        clauses: All leaves in reading order.
        missing: Ids of fields that could still decide, in reading order, without repetition;
            empty when the outcome is certain.
    """

    policy: Policy
    truth: Truth
    standing: Standing
    clauses: tuple[Clause, ...]
    missing: tuple[str, ...]


def evaluate(policy: Policy, profile: Profile, today: date) -> PolicyMatch:
    """Decide a policy for a profile on a local date; O(leaves).

    Raises:
        BadProfile: An answer has a type that its field cannot be compared with.
    """
    open_leaves = {id(leaf) for leaf in _open_leaves(policy.criteria, profile)}
    clauses = tuple(
        Clause(leaf, truth_of(leaf, profile), profile.get(leaf.field), id(leaf) in open_leaves)
        for leaf in leaves(policy.criteria)
    )
    return PolicyMatch(
        policy=policy,
        truth=truth_of(policy.criteria, profile),
        standing=standing(policy.validity, today),
        clauses=clauses,
        missing=tuple(dict.fromkeys(c.criterion.field for c in clauses if c.is_open)),
    )


def truth_of(criteria: Criteria, profile: Profile) -> Truth:
    """Decide a criteria tree with the answers there are; missing ones never count as no.

    Raises:
        BadProfile: An answer has a type that its field cannot be compared with.
    """
    if isinstance(criteria, Criterion):
        return _leaf(criteria, profile)
    truths = {truth_of(part, profile) for part in criteria.parts}
    decisive = Truth.NOT_MET if isinstance(criteria, AllOf) else Truth.MET
    if decisive in truths:
        return decisive
    if Truth.UNKNOWN in truths:
        return Truth.UNKNOWN
    return Truth.MET if isinstance(criteria, AllOf) else Truth.NOT_MET


def standing(validity: Validity, today: date) -> Standing:
    """Return what may be said about a policy on a local date.

    A policy that is marked for checking stays so even after its last known day: it may have been
    prolonged.
    """
    if today < validity.since:
        return Standing.NOT_YET
    if validity.status is PolicyStatus.NEEDS_CHECK:
        return Standing.NEEDS_CHECK
    if validity.until is not None and today > validity.until:
        return Standing.ENDED
    return Standing.IN_FORCE


def _open_leaves(criteria: Criteria, profile: Profile) -> Iterator[Criterion]:
    if truth_of(criteria, profile) is not Truth.UNKNOWN:
        return
    if isinstance(criteria, Criterion):
        yield criteria
        return
    for part in criteria.parts:
        yield from _open_leaves(part, profile)


def _leaf(criterion: Criterion, profile: Profile) -> Truth:
    answer = profile.get(criterion.field)
    if answer is None:
        return Truth.UNKNOWN
    answers = answer if isinstance(answer, tuple) else (answer,)
    if criterion.operator is Operator.NIN:
        holds = not any(_among(each, criterion) for each in answers)
    else:
        holds = any(_holds(each, criterion) for each in answers)
    return Truth.MET if holds else Truth.NOT_MET


def _holds(answer: Scalar, criterion: Criterion) -> bool:
    if criterion.operator in {Operator.EQ, Operator.IN}:
        return _among(answer, criterion)
    wanted = criterion.value
    if not _is_number(answer) or not _is_number(wanted):
        raise BadProfile(criterion.field)
    assert isinstance(answer, (int, float)) and isinstance(wanted, (int, float))  # noqa: PT018
    if criterion.operator is Operator.LT:
        return answer < wanted
    if criterion.operator is Operator.LTE:
        return answer <= wanted
    if criterion.operator is Operator.GT:
        return answer > wanted
    return answer >= wanted


def _among(answer: Scalar, criterion: Criterion) -> bool:
    wanted = criterion.value if isinstance(criterion.value, tuple) else (criterion.value,)
    # True is no 1 here: a yes never answers a question for a number
    if any(isinstance(answer, bool) != isinstance(each, bool) for each in wanted):
        raise BadProfile(criterion.field)
    return answer in wanted


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
