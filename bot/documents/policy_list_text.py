"""Several policies side by side in chat words: by what they give, how they are claimed, by kind."""

from collections.abc import Sequence

from bot.documents.policy_words import claim_mode, validity_text
from bot.domain.policies import Policy
from bot.services.words.policy_list import Compared

MISSING, UNWRITTEN = "没写", "没有写这一点"
KINDS = "·"


def side_text(policy: Policy, by: Compared) -> str:
    """Return one policy of a list by what it is compared with the others."""
    application = policy.application
    papers = "、".join(application.materials) or MISSING
    said = {
        Compared.GAIN: policy.benefit.formula,
        Compared.CLAIM: f"{claim_mode(policy)}；要的材料：{papers}",
        Compared.TIME: f"{claim_mode(policy)}；时间：{application.time or MISSING}",
        Compared.UNTIL: validity_text(policy.validity),
    }
    return f"{policy.name}：{said[by]}"


def of_kinds_text(policies: Sequence[Policy]) -> str:
    """Return the names of policies under their kinds, in the order of the catalogue."""
    kinds: dict[str, list[str]] = {}
    for policy in policies:
        kinds.setdefault(policy.kind.partition("/")[0], []).append(policy.name)
    return "\n".join(f"{KINDS} {kind}：{'；'.join(names)}" for kind, names in kinds.items())


def lines_text(policy: Policy, lines: Sequence[str]) -> str:
    """Return what a policy says on a point, or that it says nothing."""
    return "\n".join((f"“{policy.name}”", *(lines or (UNWRITTEN,))))
