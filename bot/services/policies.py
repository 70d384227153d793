"""Which policies fit an enterprise, why, and what to ask next."""

import enum
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.catalogue import Catalogue
from bot.domain.eligibility import (
    Clause,
    PolicyMatch,
    Profile,
    Standing,
    Truth,
    evaluate,
    standing,
)
from bot.domain.facts import Confidence
from bot.domain.policies import Criterion, Policy, Scalar, leaves
from bot.services.lookup import Lookup

_TRUTH_ORDER = (Truth.MET, Truth.UNKNOWN, Truth.NOT_MET)
_STANDING_ORDER = (Standing.IN_FORCE, Standing.NEEDS_CHECK, Standing.NOT_YET, Standing.ENDED)
_CONFIDENCE_ORDER = (Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW)


class AnswerKind(enum.Enum):
    """What kind of answer a field takes."""

    YES_NO = "yes_no"
    NUMBER = "number"
    CHOICE = "choice"


@dataclass(frozen=True)
class PolicyQuestion:
    """The next thing worth asking.

    Attributes:
        field: Id in the profile.
        text: Meaning, unit and possible values, for people.
        options: Values that criteria name, in the order of the catalogue; for `CHOICE` only.
            Others may be true too: offer 都不是, which is any other word.
        decides: How many of the open policies it bears on.
    """

    field: str
    text: str
    kind: AnswerKind
    options: tuple[str, ...]
    decides: int


@dataclass(frozen=True)
class PolicyPackage:
    """The policies of one enterprise, sorted by what can be said about them now.

    Attributes:
        fitting: All clauses that matter are met, and the policy has not ended.
        undecided: Something is missing; each match says what.
        question: What to ask next, None when nothing would change.
    """

    fitting: tuple[PolicyMatch, ...]
    undecided: tuple[PolicyMatch, ...]
    refused: tuple[PolicyMatch, ...]
    question: PolicyQuestion | None


def match(profile: Profile, catalogue: Catalogue, *, today: date) -> list[PolicyMatch]:
    """Evaluate all policies; fitting ones first, then the ones with least missing.

    Raises:
        BadProfile: An answer has a type that its field cannot be compared with.
    """
    found = [evaluate(policy, profile, today) for policy in catalogue.policies.values()]
    return sorted(found, key=_rank)


@dataclass(frozen=True)
class FoundPolicy:
    """A policy found on a topic, and whether it may be told as being in force."""

    policy: Policy
    standing: Standing


def search_policies(
    text: str, *, lookup: Lookup, catalogue: Catalogue, today: date, limit: int = 5
) -> list[FoundPolicy]:
    """Return policies on a topic, best first; those that have ended are left out."""
    # ended ones are dropped after the search, so a few more are asked for
    found = (catalogue.policy(hit.entry_id) for hit in lookup.find_policies(text, 2 * limit))
    placed = [FoundPolicy(policy, standing(policy.validity, today)) for policy in found]
    return [each for each in placed if each.standing is not Standing.ENDED][:limit]


def next_question(
    profile: Profile,
    candidates: Iterable[PolicyMatch],
    *,
    catalogue: Catalogue,
    skipped: Collection[str] = (),
) -> PolicyQuestion | None:
    """Return the missing field that bears on most open policies, None when there is none.

    Fields in `skipped` were asked and not answered; they are not asked again. Policies that have
    ended are not worth a question.
    """
    is_known = {*profile, *skipped}
    counts = Counter(
        field
        for each in candidates
        if each.truth is Truth.UNKNOWN and each.standing is not Standing.ENDED
        for field in each.missing
        if field not in is_known
    )
    if not counts:
        return None
    order = list(catalogue.policy_fields)
    # the first one of the catalogue wins a tie, so the order of questions is the same each time
    field = min(counts, key=lambda name: (-counts[name], order.index(name)))
    values = _values(field, catalogue)
    return PolicyQuestion(
        field=field,
        text=catalogue.policy_fields[field].text,
        kind=_kind(values),
        options=tuple(value for value in values if isinstance(value, str)),
        decides=counts[field],
    )


def policy_package(
    profile: Profile,
    catalogue: Catalogue,
    *,
    today: date,
    skipped: Collection[str] = (),
) -> PolicyPackage:
    """Put together what fits an enterprise on a local date, and what to ask next.

    Raises:
        BadProfile: An answer has a type that its field cannot be compared with.
    """
    matches = match(profile, catalogue, today=today)
    living = [each for each in matches if each.standing is not Standing.ENDED]
    return PolicyPackage(
        fitting=_with(Truth.MET, living),
        undecided=_with(Truth.UNKNOWN, living),
        refused=_with(Truth.NOT_MET, living),
        question=next_question(profile, living, catalogue=catalogue, skipped=skipped),
    )


def decisive_clauses(found: PolicyMatch) -> tuple[Clause, ...]:
    """Return the clauses that carry the outcome: the met ones, the failed ones, the open ones."""
    if found.truth is Truth.UNKNOWN:
        return tuple(c for c in found.clauses if c.is_open or c.truth is Truth.MET)
    return tuple(c for c in found.clauses if c.truth is found.truth)


def _rank(found: PolicyMatch) -> tuple[int, int, int, int]:
    return (
        _TRUTH_ORDER.index(found.truth),
        _STANDING_ORDER.index(found.standing),
        len(found.missing),
        _CONFIDENCE_ORDER.index(found.policy.provenance.confidence),
    )


def _with(truth: Truth, matches: Sequence[PolicyMatch]) -> tuple[PolicyMatch, ...]:
    return tuple(each for each in matches if each.truth is truth)


def _values(field: str, catalogue: Catalogue) -> list[Scalar]:
    found: dict[Scalar, None] = {}
    for policy in catalogue.policies.values():
        for leaf in leaves(policy.criteria):
            if leaf.field == field:
                found.update(dict.fromkeys(_wanted(leaf)))
    return list(found)


def _wanted(leaf: Criterion) -> tuple[Scalar, ...]:
    return leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)


def _kind(values: Sequence[Scalar]) -> AnswerKind:
    if any(isinstance(value, bool) for value in values):
        return AnswerKind.YES_NO
    return AnswerKind.CHOICE if any(isinstance(v, str) for v in values) else AnswerKind.NUMBER
