"""Policies in words: what they give, whether they fit, how they are claimed."""

from collections.abc import Sequence

from bot.documents.matter_text import source_line
from bot.domain.catalogue import Catalogue
from bot.domain.eligibility import PolicyMatch, Standing
from bot.domain.policies import Policy
from bot.services.policies import PolicyPackage, decisive_clauses
from bot.services.policy_text import STANDING_WORDS, clause_text

MAX_POLICIES = 5
MAX_CLAUSES = 4


def found_policies_text(policies: Sequence[Policy]) -> str:
    """Return one line a policy for a search on a topic."""
    lines = [f"{i}. {_headline(policy)}" for i, policy in enumerate(policies[:MAX_POLICIES], 1)]
    return "\n".join(lines)


def package_text(package: PolicyPackage, catalogue: Catalogue) -> str:
    """Return the fitting policies with reasons, then the ones that hang on something."""
    lines: list[str] = []
    if package.fitting:
        lines.append(f"符合条件的有 {len(package.fitting)} 项：")
        for number, found in enumerate(package.fitting[:MAX_POLICIES], 1):
            lines.append(f"{number}. {_headline(found.policy)}{_standing(found)}")
            lines += _clauses(found, catalogue)
        if len(package.fitting) > MAX_POLICIES:
            rest = "、".join(m.policy.name for m in package.fitting[MAX_POLICIES:])
            lines.append(f"另外还有：{rest}")
    else:
        lines.append("按您说的情况，暂时没有能确定符合的政策。")
    if package.undecided:
        names = "、".join(m.policy.name for m in package.undecided[:MAX_POLICIES])
        lines.append(f"还要看具体情况的：{names}")
    return "\n".join(lines)


def claim_text(policy: Policy) -> str:
    """Return how a policy is claimed, with source and date."""
    apply = policy.application
    lines = [f"“{policy.name}”", f"能得到：{policy.benefit.formula}", f"怎么享受：{apply.mode}"]
    if apply.channels:
        lines.append("办理渠道：" + "；".join(apply.channels))
    if apply.materials:
        lines.append("要的材料：" + "、".join(apply.materials))
    if apply.time:
        lines.append(f"时间：{apply.time}")
    lines.append(source_line(policy.provenance))
    return "\n".join(lines)


def _headline(policy: Policy) -> str:
    return f"{policy.name}（{policy.level}）：{policy.benefit.formula}"


def _standing(found: PolicyMatch) -> str:
    if found.standing is Standing.IN_FORCE:
        return ""
    return f"【{STANDING_WORDS[found.standing]}】"


def _clauses(found: PolicyMatch, catalogue: Catalogue) -> list[str]:
    clauses = decisive_clauses(found)[:MAX_CLAUSES]
    return [f"   · {clause_text(clause, catalogue)}" for clause in clauses]
