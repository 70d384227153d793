"""Which policy is meant by what it gives, where one that gives something else fits a question."""

from actions import app
from actions.funding.listed import LOAN
from actions.turns.names import find_policies
from bot.domain.policies import Policy
from bot.services.words.policy_remarks import speaks_of_loan, wants_cash

GIFT, FOUNDS = "补贴", "创业"
"""Kind of a policy that pays money out, and what founders do."""

MOST = 5
"""Policies among which one is looked for."""


def policy_instead(text: str, found: Policy) -> Policy | None:
    """Return the loan, or the money paid out, that a text asks for; None where the found one is it.

    Args:
        text: What is asked.
        found: The policy that fits it best.
    """
    return _loan_instead(text, found) or _cash_instead(text, found)


def _loan_instead(text: str, found: Policy) -> Policy | None:
    """Return the loan where one is asked for, and what fits is none: 退役军人有没有能贷款的."""
    if found.kind == LOAN or not speaks_of_loan(text):
        return None
    return next((one for one in find_policies(text, MOST) if one.kind == LOAN), None)


def _cash_instead(text: str, found: Policy) -> Policy | None:
    """Return what is paid out where that is asked for: 听说国家给创业的发钱, of a relief of tax."""
    if found.kind == GIFT or not wants_cash(text):
        return None
    known = app().catalogue.policies.values()
    own = (one for one in known if FOUNDS in text and f"{FOUNDS}{GIFT}" in one.aliases)
    given = (one for one in find_policies(text, MOST) if one.kind == GIFT)
    return next(own, None) or next(given, None)
