"""The version of a policy, so that everybody can tell from which text was answered."""

import hashlib

from bot.domain.policies import Policy

SHOWN = 6
"""Characters of the fingerprint that people see."""


def fingerprint(policy: Policy) -> str:
    """Return a digest of what bears on people: conditions, benefit, claim, validity.

    Names, questions and answers, and the day of the last check may change without a new version.
    """
    parts = (policy.criteria, policy.benefit, policy.application, policy.validity)
    # the syntax tree of a formula is no part of its representation
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def version_label(policy: Policy) -> str:
    """Return the version as people see it: day of the check and digest, 20261123-3f9a1c."""
    return f"{policy.provenance.checked_on:%Y%m%d}-{fingerprint(policy)[:SHOWN]}"
