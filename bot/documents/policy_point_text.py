"""What is said first of a policy that is asked about: the point of the question, the verdict."""

import re
from collections.abc import Sequence
from datetime import date

from bot.documents.matter_text import source_line
from bot.documents.policies_text import conditions_text
from bot.documents.policy_words import claim_mode, money, validity_text, version_text
from bot.domain.catalogue import Catalogue
from bot.domain.eligibility import Profile, Truth, evaluate
from bot.domain.facts import Faq
from bot.domain.policies import Policy
from bot.services.policy_estimates import estimate
from bot.services.policy_fields import Field
from bot.services.policy_text import clause_text


def question_text(faq: Faq) -> str:
    """Return a question of the catalogue with its answer and source."""
    return f"{faq.question}\n{faq.answer}\n{source_line(faq.provenance)}"


def conditions_asked(conditions: Sequence[str]) -> str:
    """Return the conditions that are asked after; "" for none."""
    return "这一条的要求：" + "；".join(conditions) if conditions else ""


_FORM = re.compile("个体|合伙|企业|公司|个人")
_AS_WRITTEN = {"公司": "企业"}
"""What a policy calls a form that people call otherwise."""

_INTEREST = re.compile("息|LPR|利率")
"""Stands in what is told of the interest of a loan."""

_EXCLUDED = re.compile("[（，；]([^（），；]{2,20}(?:除外|不适用))")


def field_text(policy: Policy, field: Field, catalogue: Catalogue) -> str:
    """Return one part of a policy with its sources; "" where nothing is written on it."""
    apply = policy.application
    where = "；".join(apply.channels)
    parts = re.split("[；，]", policy.benefit.formula)
    lines = {
        Field.AMOUNT: f"能得到：{policy.benefit.formula}",
        Field.INTEREST: "；".join(part for part in parts if _INTEREST.search(part)),
        Field.MATERIALS: "要的材料：" + "、".join(apply.materials) if apply.materials else "",
        Field.PLACE: f"怎么享受：{claim_mode(policy)}" + (f"\n办理渠道：{where}" if where else ""),
        Field.TERMS: f"条件：{conditions_text(policy, catalogue)}",
        Field.TIME: f"时间：{apply.time}" if apply.time else "",
        Field.UNTIL: validity_text(policy.validity),
    }
    line = lines[field]
    if line and field is Field.INTEREST and policy.notes:
        line += f"\n说明：{policy.notes}"
    return f"“{policy.name}”\n{line}\n{version_text(policy)}" if line else ""


def gain_text(policy: Policy) -> str:
    """Return what a policy gives, for whom it does not hold as far as was told."""
    return f"这一条写的是：{policy.benefit.formula}"


def form_written(text: str) -> str:
    """Return the word by which a policy would name the form that a text names, "" for none."""
    named = _FORM.search(text)
    return "" if named is None else _AS_WRITTEN.get(named[0], named[0])


def sums_for(text: str, policy: Policy) -> str:
    """Return the sums of a policy for the form that a text names: 个体工商户2000元; "" for none.

    None as well where all that it gives is for that form.
    """
    word = form_written(text)
    parts = policy.benefit.formula.split("；")
    own = [part for part in parts if word and re.search(rf"{word}[^，0-9]*\d", part)]
    return "；".join(own) if len(own) < len(parts) else ""


def excluded_text(policy: Policy) -> str:
    """Return what a policy says it is not for, "" for nothing."""
    named = _EXCLUDED.findall(policy.benefit.formula)
    return f"这一条写明：{'；'.join(named)}" if named else ""


MET = ("按您说的，符合", "估算")
"""Begin the lines of a verdict on what is met."""


def is_met(verdict: str) -> bool:
    """Tell whether all that a verdict speaks of is met."""
    return all(line.startswith(MET) for line in verdict.splitlines())


def verdict_text(policy: Policy, told: Profile, catalogue: Catalogue, today: date) -> str:
    """Return how what was told meets the conditions, and the amount where it follows; or ""."""
    match = evaluate(policy, told, today)
    clauses = [one for one in match.clauses if one.answer is not None]
    if match.truth is Truth.UNKNOWN:  # what fails is one way of several: the others are open
        left = [one for one in match.clauses if one.is_open] if clauses else []
        clauses = [one for one in clauses if one.truth is not Truth.NOT_MET] or left
    lines = [f"按您说的，{clause_text(one, catalogue)}" for one in clauses]
    is_open = any(one.answer is not None for one in clauses) and match.truth is not Truth.NOT_MET
    worth = estimate(policy, told) if is_open else None
    if worth is not None and worth.amount is not None:
        basis = worth.estimate
        sure = "" if basis.provenance.verified else "，未逐条核实，以窗口答复为准"
        lines.append(f"估算：{basis.what}约{money(worth.amount)}（{basis.words}{sure}）")
    return "\n".join(dict.fromkeys(lines))
