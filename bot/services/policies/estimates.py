"""What a policy is worth to one enterprise, where the facts and the formula say so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.eligibility import Profile, Truth, evaluate, truth_of
from bot.domain.formulas import compute
from bot.domain.policies import Estimate, Policy, leaves


@dataclass(frozen=True)
class Estimated:
    """An estimate for one enterprise.

    Attributes:
        amount: In yuan; None when facts are missing.
        missing: Fields without which it cannot be computed.
    """

    estimate: Estimate
    amount: float | None
    missing: tuple[str, ...]


def estimate(policy: Policy, profile: Profile) -> Estimated | None:
    """Return what a policy is worth; None where the sources give no way to compute it.

    Of several formulas the first one counts that is certainly meant for this enterprise.

    Raises:
        BadProfile: An answer has a type that its field cannot be compared with.
    """
    return _first(policy.benefit.estimates, profile)


def due(policy: Policy, profile: Profile, today: date) -> Estimated | None:
    """Return what is still to be paid by the rules of a policy; None where they do not say.

    Where a condition on anything but the amounts fails, other rules hold.
    """
    found = _first(policy.dues, profile)
    if found is None or found.amount is None:
        return None
    whens = (one.when for one in policy.dues if one.when is not None)
    own = {leaf.field for when in whens for leaf in leaves(when)}
    clauses = evaluate(policy, profile, today).clauses
    failed = {one.criterion.field for one in clauses if one.truth is Truth.NOT_MET}
    return found if failed <= own else None


def _first(estimates: Sequence[Estimate], profile: Profile) -> Estimated | None:
    for one in estimates:
        if one.when is not None and truth_of(one.when, profile) is not Truth.MET:
            continue
        amount = compute(one.formula, profile)
        missing = tuple(name for name in one.formula.names if name not in profile)
        if amount is None and not missing:
            continue  # a division by nothing, or an answer that is no number
        return Estimated(one, None if amount is None else round(max(amount, 0.0), 2), missing)
    return None
