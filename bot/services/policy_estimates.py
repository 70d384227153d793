"""What a policy is worth to one enterprise, where the facts and the formula say so."""

from dataclasses import dataclass

from bot.domain.eligibility import Profile, Truth, truth_of
from bot.domain.formulas import compute
from bot.domain.policies import Estimate, Policy


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
    for one in policy.benefit.estimates:
        if one.when is not None and truth_of(one.when, profile) is not Truth.MET:
            continue
        amount = compute(one.formula, profile)
        missing = tuple(name for name in one.formula.names if name not in profile)
        if amount is None and not missing:
            continue  # a division by nothing, or an answer that is no number
        return Estimated(one, None if amount is None else round(max(amount, 0.0), 2), missing)
    return None
