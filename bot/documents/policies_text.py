"""Policies in chat words: what they give, whether they fit, what would change it, how to claim."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from bot.documents.matter_text import source_line
from bot.documents.policy_words import (
    change_text,
    claim_mode,
    estimate_text,
    missing_text,
    validity_text,
    version_text,
)
from bot.domain.catalogue import Catalogue
from bot.domain.contradictions import Contradiction
from bot.domain.eligibility import Profile, Standing, standing
from bot.domain.policies import AnyOf, Criteria, Criterion, Policy
from bot.services.policies.policies import (
    FoundPolicy,
    PolicyFinding,
    PolicyPackage,
    decisive_clauses,
)
from bot.services.policies.text import (
    STANDING_WORDS,
    clause_text,
    criterion_text,
    facts_text,
)

MAX_POLICIES = 5
MAX_CLAUSES = 4
NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩"


def found_policies_text(found: Sequence[FoundPolicy], catalogue: Catalogue) -> str:
    """Return the policies on a topic, each with its conditions, version, date and source."""
    lines: list[str] = []
    for number, one in enumerate(found[:MAX_POLICIES], 1):
        policy = one.policy
        lines.append(f"{number}. {_headline(policy)}{_standing(one.standing)}")
        lines.append(f"   条件：{conditions_text(policy, catalogue)}")
        lines.append(f"   {claim_mode(policy)}；{validity_text(policy.validity)}")
        lines.append(f"   {version_text(policy)}")
    return "\n".join(lines)


def conditions_text(policy: Policy, catalogue: Catalogue) -> str:
    """Return the conditions with their numbers; of which one will do, that is said."""
    criteria = policy.criteria
    parts = (criteria,) if isinstance(criteria, Criterion) else criteria.parts
    said = [_condition(part, catalogue) for part in parts]
    one_will_do = "有一样就行：" if isinstance(criteria, AnyOf) and len(said) > 1 else ""
    return one_will_do + "".join(NUMBERS[at] + text for at, text in enumerate(said))


def _condition(criteria: Criteria, catalogue: Catalogue) -> str:
    """Return one condition, or several that belong together, in one line."""
    if isinstance(criteria, Criterion):
        return criterion_text(criteria, catalogue)
    said = [_condition(part, catalogue) for part in criteria.parts]
    return "，或者".join(said) if isinstance(criteria, AnyOf) else "，并且".join(said)


def package_text(package: PolicyPackage, catalogue: Catalogue) -> str:
    """Return the verdicts: what fits with reasons and amounts, what would, what hangs on what."""
    lines = [
        *_fitting(package, catalogue),
        *_nearly(package, catalogue),
        *_undecided(package, catalogue),
    ]
    if package.refused:
        lines.append(f"不符合的有 {len(package.refused)} 项，哪一条不符合写在政策包里。")
    return "\n".join(lines)


def claim_text(policy: Policy, catalogue: Catalogue, today: date) -> str:
    """Return what a policy gives, to whom and how it is claimed, with source and date.

    Args:
        policy: Which.
        catalogue: Names of the facts that its conditions use.
        today: Local date; whether it is in force then stands behind its name.
    """
    apply = policy.application
    lines = [
        f"“{policy.name}”{_standing(standing(policy.validity, today))}",
        f"能得到：{policy.benefit.formula}",
        f"条件：{conditions_text(policy, catalogue)}",
        f"怎么享受：{claim_mode(policy)}",
    ]
    if apply.channels:
        lines.append("办理渠道：" + "；".join(apply.channels))
    if apply.materials:
        lines.append("要的材料：" + "、".join(apply.materials))
    if apply.time:
        lines.append(f"时间：{apply.time}")
    lines.append(validity_text(policy.validity))
    lines += [f"{faq.question}{faq.answer}" for faq in policy.faqs]
    if policy.notes:
        lines.append(f"说明：{policy.notes}")
    lines.append(version_text(policy))
    return "\n".join(lines)


def compared_text(one: Policy, other: Policy, catalogue: Catalogue) -> str:
    """Return what two policies give, to whom and how they are claimed, one below the other."""
    lines: list[str] = []
    for policy in (one, other):
        lines += [
            f"“{policy.name}”（{policy.kind}）",
            f"能得到：{policy.benefit.formula}",
            f"条件：{conditions_text(policy, catalogue)}",
            f"怎么享受：{claim_mode(policy)}（{'；'.join(policy.application.channels)}）",
            version_text(policy),
        ]
    return "\n".join(lines)


def contradiction_values(
    found: Contradiction, profile: Profile, catalogue: Catalogue
) -> dict[str, Any]:
    """Return the values of the response: what was said, the rule, its source."""
    said = {field: profile[field] for field in sorted(found.questions)}
    return {
        "said": facts_text(said, catalogue),
        "rule": found.rule,
        "source": source_line(found.provenance),
    }


def _fitting(package: PolicyPackage, catalogue: Catalogue) -> Iterator[str]:
    if not package.fitting:
        yield "按您说的情况，暂时没有能确定符合的政策。"
        return
    yield f"符合条件的有 {len(package.fitting)} 项："
    for number, found in enumerate(package.fitting[:MAX_POLICIES], 1):
        yield f"{number}. {_headline(found.policy)}{_standing(found.standing)}"
        clauses = decisive_clauses(package.match(found))[:MAX_CLAUSES]
        yield from (f"   · {clause_text(clause, catalogue)}" for clause in clauses)
        amount = estimate_text(found.policy, package, catalogue)
        if amount:
            yield f"   · {amount}"
    if len(package.fitting) > MAX_POLICIES:
        yield "另外还有：" + _names(package.fitting[MAX_POLICIES:])


def _nearly(package: PolicyPackage, catalogue: Catalogue) -> Iterator[str]:
    if package.nearly:
        yield f"只差一项的有 {len(package.nearly)} 项（请按实际情况填，不为享受而改填）："
    for found in package.nearly[:MAX_POLICIES]:
        yield f"· {found.policy.name}：要{change_text(found, package, catalogue)}"


def _undecided(package: PolicyPackage, catalogue: Catalogue) -> Iterator[str]:
    if package.undecided:
        yield f"还定不下来的有 {len(package.undecided)} 项，差这些情况："
    for found in package.undecided[:MAX_POLICIES]:
        yield f"· {found.policy.name}：{missing_text(found, catalogue)}"


def _names(found: Sequence[PolicyFinding]) -> str:
    return "、".join(each.policy.name for each in found)


def _headline(policy: Policy) -> str:
    return f"{policy.name}（{policy.level}）：{policy.benefit.formula}"


def _standing(standing: Standing) -> str:
    return "" if standing is Standing.IN_FORCE else f"【{STANDING_WORDS[standing]}】"
