"""Which policies fit an enterprise, why, what would change it, and what to ask next."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from bot.domain.catalogue import Catalogue
from bot.domain.clause_runs import OPEN, YES
from bot.domain.eligibility import (
    Clause,
    PolicyMatch,
    Profile,
    Standing,
    Truth,
    evaluate,
    standing,
)
from bot.domain.policies import Criterion, Policy, leaves
from bot.domain.policy_verdicts import Verdict, single_changes
from bot.services.finding.lookup import Lookup
from bot.services.policies.library import PolicyLibrary
from bot.services.policies.questions import PolicyQuestion, next_question


class PolicyFinding(NamedTuple):
    """The verdict on one policy for one enterprise.

    Attributes:
        missing: Fields that could still decide it; empty unless the verdict is UNKNOWN.
        changes: Clauses each of which alone would change a no; empty unless it is WOULD_FIT.
    """

    policy: Policy
    verdict: Verdict
    standing: Standing
    missing: tuple[str, ...] = ()
    changes: tuple[Criterion, ...] = ()


@dataclass(frozen=True)
class PolicyPackage:
    """The policies of one enterprise, sorted by what can be said about them now.

    Attributes:
        fitting: All clauses that matter are met, and the policy has not ended.
        nearly: Refused for a single fact.
        undecided: Something is missing; each finding says what.
        refused: Refused for more than one fact.
        question: What to ask next, None when nothing would change.
    """

    profile: Profile
    today: date
    fitting: tuple[PolicyFinding, ...]
    nearly: tuple[PolicyFinding, ...]
    undecided: tuple[PolicyFinding, ...]
    refused: tuple[PolicyFinding, ...]
    question: PolicyQuestion | None

    def match(self, found: PolicyFinding) -> PolicyMatch:
        """Return a finding clause by clause."""
        return evaluate(found.policy, self.profile, self.today)


@dataclass(frozen=True)
class FoundPolicy:
    """A policy found on a topic, and whether it may be told as being in force."""

    policy: Policy
    standing: Standing


FEW = 3
"""Policies that are listed where some are meant by what they give."""


def search_policies(
    text: str,
    *,
    lookup: Lookup,
    catalogue: Catalogue,
    today: date,
    limit: int = 5,
    meant: Sequence[Policy] = (),
) -> list[FoundPolicy]:
    """Return policies on a topic, best first; those that have ended are left out.

    Args:
        text: What is looked for.
        lookup: Finds policies by their words.
        catalogue: The policies.
        today: Local date.
        limit: At most so many.
        meant: Those that the text tells by their content; they go first.
    """
    # ended ones are dropped after the search, so a few more are asked for
    by_words = (catalogue.policy(hit.entry_id) for hit in lookup.find_policies(text, 2 * limit))
    limit = max(len(meant), FEW) if meant else limit  # the rest is only near
    found = {policy.id: policy for policy in (*meant, *by_words)}.values()
    placed = [FoundPolicy(policy, standing(policy.validity, today)) for policy in found]
    return [each for each in placed if each.standing is not Standing.ENDED][:limit]


def refuses(policy: Policy, profile: Profile, today: date) -> bool:
    """Tell whether what is known of an enterprise already shuts it out from a policy."""
    return evaluate(policy, profile, today).truth is Truth.NOT_MET


def speaks_of(policy: Policy, subject: str) -> bool:
    """Tell whether two signs in a row of what is looked for stand in a policy's own words."""
    values = (leaf.value for leaf in leaves(policy.criteria))
    said = (v for value in values for v in (value if isinstance(value, tuple) else (value,)))
    words = [policy.name, *policy.aliases, policy.benefit.formula, *policy.application.materials]
    words += [word for faq in policy.faqs for word in (faq.question, faq.answer)]
    own = "\n".join([*words, *(v for v in said if isinstance(v, str))])
    return any(pair.isalpha() and pair in own for pair in map("".join, pairwise(subject)))


def policy_package(
    profile: Profile,
    library: PolicyLibrary,
    *,
    today: date,
    skipped: Collection[str] = (),
) -> PolicyPackage:
    """Put together what fits an enterprise on a local date, and what to ask next.

    O(distinct clauses + policies); policies that have ended are left out.

    Raises:
        BadProfile: An answer has a type that its field cannot be compared with.
    """
    fitting: list[PolicyFinding] = []
    nearly: list[PolicyFinding] = []
    undecided: list[PolicyFinding] = []
    refused: list[PolicyFinding] = []
    for each in judge(profile, library, today=today):
        verdict = each.verdict
        if verdict is Verdict.FITS:
            fitting.append(each)
        elif verdict is Verdict.UNKNOWN:
            undecided.append(each)
        else:
            (nearly if verdict is Verdict.WOULD_FIT else refused).append(each)
    undecided.sort(key=lambda found: len(found.missing))  # stable: the better founded stay first
    return PolicyPackage(
        profile=profile,
        today=today,
        fitting=tuple(fitting),
        nearly=tuple(nearly),
        undecided=tuple(undecided),
        refused=tuple(refused),
        question=next_question(profile, undecided, library, skipped=skipped),
    )


def judge(profile: Profile, library: PolicyLibrary, *, today: date) -> list[PolicyFinding]:
    """Return the verdict on each policy that has not ended, the best founded first.

    Raises:
        BadProfile: An answer has a type that its field cannot be compared with.
    """
    index = library.index
    clauses = index.clauses(profile)
    truths = index.truths(clauses)
    found: list[PolicyFinding] = []
    add = found.append
    fits, unknown, nearly, refused = _VERDICTS  # looked up once, not for each of thousands
    for position, policy, standing_now in library.living(today):
        truth = truths[position]
        if truth == YES:
            add(PolicyFinding(policy, fits, standing_now))
        elif truth == OPEN:
            missing = index.missing(position, clauses)
            add(PolicyFinding(policy, unknown, standing_now, missing))
        else:
            changes = _changes(library, position, clauses, profile)
            verdict = nearly if changes else refused
            add(PolicyFinding(policy, verdict, standing_now, (), changes))
    return found


_VERDICTS = (Verdict.FITS, Verdict.UNKNOWN, Verdict.WOULD_FIT, Verdict.DOES_NOT_FIT)


def _changes(
    library: PolicyLibrary, position: int, clauses: list[int], profile: Profile
) -> tuple[Criterion, ...]:
    plain = library.index.only_failure(position, clauses)
    if plain is not None:
        return (plain,)
    fields = library.index.levers(position, clauses)
    return single_changes(library.policies[position].criteria, profile, fields) if fields else ()


def decisive_clauses(found: PolicyMatch) -> tuple[Clause, ...]:
    """Return the clauses that carry the outcome: the met ones, the failed ones, the open ones."""
    if found.truth is Truth.UNKNOWN:
        return tuple(c for c in found.clauses if c.is_open or c.truth is Truth.MET)
    return tuple(c for c in found.clauses if c.truth is found.truth)
