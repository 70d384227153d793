"""What is said first of a policy that is asked about: the point of the question, the verdict."""

import re
from collections.abc import Sequence
from datetime import date

from bot.documents.matter_text import source_line
from bot.documents.policies_text import conditions_text
from bot.documents.policy_words import claim_mode, money, validity_text, version_text
from bot.domain.catalogue import Catalogue
from bot.domain.eligibility import Profile, Truth, evaluate, standing
from bot.domain.facts import Faq
from bot.domain.policies import Policy
from bot.services.policies.estimates import due, estimate
from bot.services.policies.fields import Field
from bot.services.policies.text import STANDING_WORDS, clause_text


def question_text(faq: Faq) -> str:
    """Return a question of the catalogue with its answer and source."""
    return f"{faq.question}\n{faq.answer}\n{source_line(faq.provenance)}"


def conditions_asked(conditions: Sequence[str]) -> str:
    """Return the conditions that are asked after; "" for none."""
    return "这一条的要求：" + "；".join(conditions) if conditions else ""


_FORM = re.compile("个体|合伙|企业|公司|个人")
_AS_WRITTEN = {"公司": "企业"}
"""What a policy calls a form that people call otherwise."""

_SIZED = re.compile("([大中小微])(?:型|微)?(?:的)?(?:企业|公司)")
_AS_SIZED = {"大": "大型", "中": "中型|中小", "小": "小型|小微|中小", "微": "微型|小微|中小"}
"""How a policy writes the size of a firm that a text names."""

_INTEREST = re.compile("息|LPR|利率")
"""Stands in what is told of the interest of a loan."""

_PIECES = re.compile("[；，](?![^（）]*）)")
_TIMES = re.compile("每年|每人|每户|年内|(?<![上随])年度|批左右|期限")
_REPAID = re.compile("期限|还本|续贷")
_LASTS = re.compile(r"^(?!.*(?:满|≥|>|前\d|合同)).*(?:(?<!\d)\d{1,2}(?:个月|年)|期限)")
"""Stand in what tells how often something is given, how it is paid back, and for how long."""

ONCE = "一次性"
RELIEF = ("税收", "费减免")
_LENT = re.compile("融资|贷")
"""What the kinds of policies are called that lower a due, and by which money is lent."""

_EXCLUDED = re.compile("[（，；]([^（），；]{2,20}(?:除外|不适用))")


def field_text(policy: Policy, field: Field, catalogue: Catalogue, today: date) -> str:
    """Return one part of a policy with its sources; "" where nothing is written on it."""
    line = field_line(policy, field, catalogue, today)
    if not line:
        return ""
    version = version_text(policy)
    return f"“{policy.name}”\n{line}" + ("" if version in line else f"\n{version}")


def field_line(policy: Policy, field: Field, catalogue: Catalogue, today: date) -> str:
    """Return what is written on one part of a policy; "" for nothing."""
    apply = policy.application
    where = "\n办理渠道：" + "；".join(apply.channels) if apply.channels else ""
    lines = {
        Field.AMOUNT: f"能得到：{policy.benefit.formula}",
        Field.INTEREST: _interest(policy),
        Field.MATERIALS: "要的材料：" + "、".join(apply.materials) if apply.materials else "",
        Field.OFFICE: "主管部门：" + "、".join(policy.departments) + where,
        Field.PLACE: f"怎么享受：{claim_mode(policy)}{where}",
        Field.TERMS: f"条件：{conditions_text(policy, catalogue)}",
        Field.TIME: _time(policy, "时间："),
        Field.BASIS: version_text(policy),
        Field.LOCAL: _local(policy),
        Field.UNTIL: validity_text(policy.validity),
        Field.STILL: f"{_standing(policy, today)}。\n{validity_text(policy.validity)}",
        Field.GENUINE: f"有这一条（{policy.level}），{_standing(policy, today)}。\n"
        + version_text(policy),
        Field.TOGETHER: f"跟别的能不能一起：{policy.stacking}" if policy.stacking else "",
        Field.TIMES: _times(policy),
        Field.PAID: _paid(policy),
        Field.REPAID: _repaid(policy),
        Field.LASTS: _lasts(policy),
    }
    return lines[field]


def _standing(policy: Policy, today: date) -> str:
    return STANDING_WORDS[standing(policy.validity, today)]


def _written(policy: Policy, words: re.Pattern[str]) -> str:
    """Return the pieces of what a policy gives, and of its times, that hold some words."""
    said = (policy.benefit.formula, policy.benefit.also, policy.application.time)
    pieces = (piece for one in said for piece in _PIECES.split(one))
    return "；".join(dict.fromkeys(piece for piece in pieces if words.search(piece)))


def _interest(policy: Policy) -> str:
    line = _written(policy, _INTEREST)
    return f"{line}\n说明：{policy.notes}" if line and policy.notes else line


def _time(policy: Policy, before: str) -> str:
    time = policy.application.time.strip("—")
    return f"{before}{time}" if time else ""


def _local(policy: Policy) -> str:
    """Return whose rule a policy is, with what is not known of its figures here."""
    notes = f"\n说明：{policy.notes}" if policy.notes else ""
    return f"政策级别：{policy.level}{notes}\n{version_text(policy)}"


def _times(policy: Policy) -> str:
    if ONCE in policy.name:
        return f"写的是“{ONCE}”的：{policy.benefit.formula}"
    written = _written(policy, _TIMES)
    return f"能享受几次没有单独写，跟这有关的写了：{written}" if written else ""


def _paid(policy: Policy) -> str:
    time = _time(policy, "；时间写的是：")
    if policy.kind.startswith(RELIEF):
        return f"写的是{policy.kind}（{policy.application.mode}），没写打钱到账{time}"
    return f"多久到账没有单独写{time}" if time else ""


def _repaid(policy: Policy) -> str:
    if _LENT.search(policy.kind) is None:
        return f"这一条是{policy.kind}，不是贷款，没写要还"
    written = _written(policy, _REPAID)
    return f"这一条是{policy.kind}，跟还款有关的写了：{written}" if written else ""


def _lasts(policy: Policy) -> str:
    written = _written(policy, _LASTS)
    if written or _LENT.search(policy.kind) is not None:
        return f"写的年限：{written}" if written else ""
    return f"每家能享受多久没有单独写。\n{validity_text(policy.validity)}"


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
    sized = _SIZED.search(text)
    word = form_written(text) if sized is None else _AS_SIZED[sized[1][0]]
    parts = policy.benefit.formula.split("；")
    own = [part for part in parts if word and re.search(rf"(?:{word})[^，0-9]*\d", part)]
    return "；".join(own) if len(own) < len(parts) else ""


def excluded_text(policy: Policy) -> str:
    """Return what a policy says it is not for, "" for nothing."""
    named = _EXCLUDED.findall(policy.benefit.formula)
    return f"这一条写明：{'；'.join(named)}" if named else ""


def verdict_text(policy: Policy, told: Profile, catalogue: Catalogue, today: date) -> str:
    """Return how what was told meets the conditions, and the amount where it follows; or ""."""
    match = evaluate(policy, told, today)
    clauses = [one for one in match.clauses if one.answer is not None]
    if match.truth is Truth.UNKNOWN:  # what fails is one way of several: the others are open
        left = [one for one in match.clauses if one.is_open] if clauses else []
        met = [one for one in clauses if one.truth is not Truth.NOT_MET]
        counted = [one for one in clauses if isinstance(one.answer, float)]  # 32个人呢
        clauses = met or [*counted, *left]
    lines = [f"按您说的，{clause_text(one, catalogue)}" for one in clauses]
    worth = estimate(policy, told) if told and match.truth is not Truth.NOT_MET else None
    is_own = any(one.answer is not None for one in clauses)
    is_own |= worth is not None and any(name in told for name in worth.estimate.formula.names)
    if is_own and worth is not None and worth.amount is not None:
        basis = worth.estimate
        sure = "" if basis.provenance.verified else "，未逐条核实，以窗口答复为准"
        lines.append(f"估算：{basis.what}约{money(worth.amount)}（{basis.words}{sure}）")
    lines = [*_due_lines(policy, told, today), *lines]
    return "\n".join(dict.fromkeys(lines))


def _due_lines(policy: Policy, told: Profile, today: date) -> list[str]:
    """Return the line that says what is to be paid, or that nothing is; none where it is open."""
    found = due(policy, told, today) if told else None
    if found is None or found.amount is None:
        return []
    owed = f"约{money(found.amount)}" if found.amount else "不用交"
    sure = "" if found.estimate.provenance.verified else "；未逐条核实，以窗口答复为准"
    return [f"算下来：{found.estimate.what}{owed}（{found.estimate.words}{sure}）"]
