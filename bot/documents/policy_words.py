"""Pieces of what is said about a policy: version, validity, estimate, what would change a no."""

from bot.domain.catalogue import Catalogue
from bot.domain.facts import Confidence
from bot.domain.policies import Criterion, Policy, Validity
from bot.domain.policy_versions import version_label
from bot.services.applications.texts import plain_day
from bot.services.policies.estimates import estimate
from bot.services.policies.policies import PolicyFinding, PolicyPackage
from bot.services.policies.text import answer_text, criterion_text, field_name


def validity_text(validity: Validity) -> str:
    """Return from when to when a policy holds."""
    until = f"至{plain_day(validity.until)}" if validity.until else "，没有写截止日"
    return f"有效期：{plain_day(validity.since)}起{until}"


def version_text(policy: Policy) -> str:
    """Return version, sources each with whether it was found, and the day of the check."""
    cited = "；".join(
        one.text if one.verified else f"{one.text}（未核实）" for one in policy.sources
    )
    sure = policy.provenance
    is_sure = sure.verified and sure.confidence is not Confidence.LOW
    doubt = "" if is_sure else "，以窗口答复为准"
    checked = f"{plain_day(sure.checked_on)}核对{doubt}"
    return f"版本 {version_label(policy)}；依据：{cited}（{checked}）"


def money(amount: float) -> str:
    """Return yuan: 5万元, 1234.5元."""
    if amount >= 10_000 and amount % 100 == 0:  # noqa: PLR2004 - a round number of 万
        return f"{amount / 10_000:.10g}万元"
    return f"{amount:.2f}".rstrip("0").rstrip(".") + "元"


def estimate_text(policy: Policy, package: PolicyPackage, catalogue: Catalogue) -> str:
    """Return the estimated amount with formula and basis; "" where none can be worked out."""
    found = estimate(policy, package.profile)
    if found is None:
        return ""
    one = found.estimate
    if found.amount is None:
        names = "、".join(field_name(name, catalogue) for name in found.missing)
        return f"金额怎么算：{one.words}（还差：{names}）"
    basis = one.provenance
    is_sure = basis.verified and basis.confidence is not Confidence.LOW
    doubt = "" if is_sure else "，未逐条核实，以窗口答复为准"
    facts = "、".join(
        f"{field_name(name, catalogue)}{answer_text(name, package.profile[name], catalogue)}"
        for name in one.formula.names
    )
    given = f"，您填的{facts}" if facts else ""
    return (
        f"估算：{one.what}约{money(found.amount)}"
        f"（{one.words}{given}；依据：{basis.source}{doubt}）"
    )


def change_text(found: PolicyFinding, package: PolicyPackage, catalogue: Catalogue) -> str:
    """Return the one fact that would change a no, with the value needed and the answer given."""
    return "；或者".join(_change(one, package, catalogue) for one in found.changes)


def missing_text(found: PolicyFinding, catalogue: Catalogue) -> str:
    """Return the facts that are missing for a verdict."""
    return "、".join(field_name(name, catalogue) for name in found.missing)


def claim_mode(policy: Policy) -> str:
    """Return how it is claimed, with what that means where it comes by itself."""
    mode = policy.application.mode
    return f"{mode}（不用写申请，系统核对后兑现）" if policy.application.is_automatic else mode


def _change(one: Criterion, package: PolicyPackage, catalogue: Catalogue) -> str:
    answer = package.profile[one.field]
    said = answer_text(one.field, answer, catalogue)
    return f"{criterion_text(one, catalogue)}（您填的是{said}）"
