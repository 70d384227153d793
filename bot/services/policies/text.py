"""Says a clause of a policy in words, with the value asked for and the answer given."""

from collections.abc import Mapping

from bot.domain.catalogue import Catalogue
from bot.domain.eligibility import Clause, Profile, ProfileValue, Standing, Truth
from bot.domain.policies import Criterion, Operator, Scalar

OPERATOR_WORDS: Mapping[Operator, str] = {
    Operator.EQ: "为",
    Operator.LT: "低于",
    Operator.LTE: "不超过",
    Operator.GT: "高于",
    Operator.GTE: "不低于",
    Operator.IN: "属于",
    Operator.NIN: "不属于",
}

VALUE_WORDS: Mapping[str, str] = {"small_scale": "小规模纳税人", "general": "一般纳税人"}
"""Machine words among the values of criteria."""

TRUTH_WORDS: Mapping[Truth, str] = {
    Truth.MET: "符合",
    Truth.NOT_MET: "不符合",
    Truth.UNKNOWN: "待确认",
}

STANDING_WORDS: Mapping[Standing, str] = {
    Standing.IN_FORCE: "现行有效",
    Standing.NEEDS_CHECK: "本年度是否延续待核，以最新文件为准",
    Standing.NOT_YET: "尚未开始执行",
    Standing.ENDED: "已到期",
}

TEN_THOUSAND = 10_000

COUNTED, MONTHS = "月数", "个月"
"""Ends the name of a fact that is counted in months, and the word for them."""


def clause_text(clause: Clause, catalogue: Catalogue) -> str:
    """Return a line such as `符合：月销售额不超过10万元（您填的是8万元）`."""
    text = f"{TRUTH_WORDS[clause.truth]}：{criterion_text(clause.criterion, catalogue)}"
    if clause.answer is None or isinstance(clause.answer, bool):
        return text
    return f"{text}（您填的是{answer_text(clause.criterion.field, clause.answer, catalogue)}）"


def criterion_text(criterion: Criterion, catalogue: Catalogue) -> str:
    """Return what a clause asks for, such as `从业人数不超过300人`."""
    name = field_name(criterion.field, catalogue)
    unit = _unit(criterion.field, catalogue) or (MONTHS if name.endswith(COUNTED) else "")
    if isinstance(criterion.value, bool):
        subject = name.removeprefix("是否")
        is_question = name.startswith("是否")
        if is_question:
            return f"{'是' if criterion.value else '不是'}“{subject}”"
        return f"“{name}”为“{'是' if criterion.value else '否'}”"
    wanted = criterion.value if isinstance(criterion.value, tuple) else (criterion.value,)
    words = "、".join(_value_text(value, unit) for value in wanted)
    return f"{name}{OPERATOR_WORDS[criterion.operator]}{words}"


def field_name(field: str, catalogue: Catalogue) -> str:
    """Return what a field is called, without unit and possible values."""
    return catalogue.policy_fields[field].text.split("：")[0].split("（")[0]


def answer_text(field: str, answer: ProfileValue, catalogue: Catalogue) -> str:
    """Return an answer as people read it, with its unit."""
    if isinstance(answer, tuple):
        return "、".join(answer)
    return _value_text(answer, _unit(field, catalogue))


def facts_text(profile: Profile, catalogue: Catalogue) -> str:
    """Return what is known of an enterprise in one line."""
    return "；".join(
        f"{field_name(field, catalogue)}：{answer_text(field, answer, catalogue)}"
        for field, answer in profile.items()
    )


def _unit(field: str, catalogue: Catalogue) -> str:
    _, _, rest = catalogue.policy_fields[field].text.split("：")[0].partition("（")
    return rest.split("）")[0].split("，")[0]


def _value_text(value: Scalar, unit: str) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str):
        return VALUE_WORDS.get(value, value)
    if not unit and 0 < value < 1:
        return f"{value * 100:.10g}%"
    if abs(value) >= TEN_THOUSAND:
        return f"{round(value / TEN_THOUSAND, 2):.10g}万{unit}"
    return f"{value:.10g}{unit}"
