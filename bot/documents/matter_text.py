"""Answers to the nine questions about a matter, with source, date and how sure they are."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.facts import Confidence, Duration, Faq, Provenance, Unit
from bot.domain.matters import Material, Matter

_YEARS = re.compile(r"（(?P<years>[^（）]*\d+年[^（）]*)）")
_LONGEST = re.compile(r"；(?P<years>[^；（）]*最长\d+年[^；（）]*)$")
"""How long it holds, behind the name of a licence that is of several kinds."""

FEW_PAPERS = 3
"""Papers that are named where it is told how a matter is done."""

MAX_LISTED = 12
"""Lines of one list in a chat message; the rest is counted."""

_UNITS = {
    Unit.HOUR: "小时",
    Unit.WORKING_DAY: "个工作日",
    Unit.CALENDAR_DAY: "日（自然日）",
    Unit.MONTH: "个月",
}


@dataclass(frozen=True)
class MatterAnswer:
    """One answer.

    Attributes:
        text: Without its source.
        source: Line that names source, date and, for unsure facts, 以窗口答复为准.
    """

    text: str
    source: str


def answer(topic: str, matter: Matter) -> MatterAnswer:
    """Answer one topic ("materials", "procedure", "time_limit", "fee", ...) on a matter.

    Raises:
        KeyError: There is no such topic.
    """
    return _TOPICS[topic](matter)


def faq_answer(faq: Faq, about: Matter | None = None) -> MatterAnswer:
    """Return the answer to a question that the catalogue holds, with its own source.

    Args:
        faq: The question.
        about: The matter that it is about, where that has to be said; its name goes first, unless
            it stands there already.
    """
    said = f"{faq.question}\n{faq.answer}"
    if about is not None and about.name.partition("（")[0] not in said:
        said = f"“{about.name}”——{said}"
    return MatterAnswer(said, source_line(faq.provenance))


def record_answer(matter: Matter, lines: Sequence[str]) -> MatterAnswer:
    """Return what the record of a matter says on a point that it does not treat by itself."""
    listed = "\n".join(f"· {line}" for line in lines)
    return MatterAnswer(
        f"“{matter.name}”的记录里和这一点有关的：\n{listed}", source_line(matter.provenance)
    )


def validity_answer(matter: Matter) -> MatterAnswer | None:
    """Return how long the result of a matter holds; None when the source says nothing.

    Some records say it behind the name of the licence only: 药品经营许可证（5年）.
    """
    if matter.validity:
        text = f"“{matter.name}”的有效期：{matter.validity}"
        return MatterAnswer(text, source_line(matter.provenance))
    found = _YEARS.search(matter.result) or _LONGEST.search(matter.result)
    if found is None:
        return None
    text = f"“{matter.name}”的有效期：{found['years']}"
    return MatterAnswer(text, source_line(matter.provenance))


def result_answer(matter: Matter) -> MatterAnswer:
    """Return what one is given when a matter is done."""
    text = f"“{matter.name}”办完拿到的是：{matter.result}"
    return MatterAnswer(text, source_line(matter.provenance))


def validities_answer(matters: Sequence[Matter]) -> MatterAnswer | None:
    """Return how long the licences of a plan hold, those of which it is known; None for none."""
    known = [(matter, made) for matter in matters if (made := validity_answer(matter)) is not None]
    if not known:
        return None
    least = weakest([matter.provenance for matter, _ in known], known[0][0])
    return MatterAnswer("\n".join(made.text for _, made in known), source_line(least))


def is_source(line: str) -> bool:
    """Tell whether a line of an answer says where it comes from."""
    return line.startswith("依据：")


def source_line(provenance: Provenance) -> str:
    """Return the line that says where a fact comes from and how sure it is."""
    day = provenance.checked_on
    checked = f"{day.year}年{day.month}月{day.day}日核对"
    if not provenance.verified or provenance.confidence is Confidence.LOW:
        origin = provenance.source if provenance.verified else "常见做法，未逐条核实"
        return f"依据：{origin}（{checked}，以窗口答复为准）"
    return f"依据：{provenance.source}（{checked}）"


def spoken_duration(limit: Duration) -> str:
    """Return "20个工作日", "当场办结", or that the source names no limit."""
    if limit.unit is Unit.IMMEDIATE or (limit.value == 0 and limit.unit is Unit.WORKING_DAY):
        return "当场办结"
    if limit.unit is Unit.NOT_SPECIFIED or limit.value is None:
        return "没有统一规定"
    return f"{limit.value:.10g}{_UNITS[limit.unit]}"


def material_line(material: Material) -> str:
    """Return one document with what eases it: held by the state, later, or by commitment."""
    marks = []
    if material.shared_no_submit:
        marks.append("免提交")
    if material.deferrable:
        marks.append("可容缺后补")
    if material.commitment_ok:
        marks.append("可书面承诺")
    if not material.required:
        marks.append("涉及时才要")
    copies = f"{material.copies}份" if material.copies > 1 else ""
    detail = "，".join(part for part in (material.form, copies) if part)
    mark = f"【{'、'.join(marks)}】" if marks else ""
    return f"{material.name}（{detail}）{mark}" if detail else f"{material.name}{mark}"


def paper_answer(matter: Matter, paper: str, lines: Sequence[Material]) -> MatterAnswer:
    """Return whether the list of a matter has a paper; with none, what the list has.

    Args:
        matter: The matter.
        paper: As it was said.
        lines: Those of its list that are this paper.
    """
    if not lines:
        whole = _materials(matter)
        text = f"“{matter.name}”的材料单上没有“{paper}”这一样。{whole.text}"
        return MatterAnswer(text, whole.source)
    listed = "\n".join(f"· {material_line(one)}" for one in lines)
    text = f"“{paper}”在“{matter.name}”的材料单上有：\n{listed}"
    if not any(one.required for one in lines):
        is_told = all("（" in one.name for one in lines)
        text += "\n不是家家都要，" + ("括号里写的情形才要" if is_told else "受理时涉及到的才要")
        text += "，拿不准问窗口。"
    if all(one.shared_no_submit for one in lines):
        text += "\n标“免提交”的由部门之间查，不用您交。"
    source = source_line(weakest([one.provenance for one in lines], matter))
    return MatterAnswer(text, source)


def _materials(matter: Matter) -> MatterAnswer:
    lines = [f"{i}. {material_line(m)}" for i, m in enumerate(matter.materials[:MAX_LISTED], 1)]
    if len(matter.materials) > MAX_LISTED:
        lines.append(f"……共 {len(matter.materials)} 项")
    text = f"办“{matter.name}”要这些材料：\n" + "\n".join(lines)
    return MatterAnswer(
        text, source_line(weakest([m.provenance for m in matter.materials], matter))
    )


def _procedure(matter: Matter) -> MatterAnswer:
    before = _faq(matter, ("怎么", "流程", "步骤", "如何"))
    lines = [f"“{matter.name}”这样办："]
    lines.append(f"1. 备好材料：{_papers_in_short(matter)}")
    lines.append("2. 提交申请：" + "；".join(matter.channels))
    lines.append(f"3. 受理和办理：{matter.department}，承诺 {spoken_duration(matter.promised)}")
    lines.append(f"4. 拿结果：{matter.result}")
    if before:
        lines.append(f"说明：{before}")
    return MatterAnswer("\n".join(lines), source_line(matter.provenance))


def _papers_in_short(matter: Matter) -> str:
    """Return the names of a few papers, the number of many."""
    if 0 < len(matter.materials) <= FEW_PAPERS:
        return "、".join(material.name for material in matter.materials)
    return f"共 {len(matter.materials)} 项，可以问我“要什么材料”"


def _time_limit(matter: Matter) -> MatterAnswer:
    promised, statutory = matter.promised, matter.statutory
    lines = [
        f"“{matter.name}”",
        f"承诺时限：{spoken_duration(promised)}{_note(promised)}",
        f"法定时限：{spoken_duration(statutory)}{_note(statutory)}",
    ]
    if Unit.WORKING_DAY in {promised.unit, statutory.unit}:
        lines.append("工作日不含节假日，补正、公示、检验检测的时间不算在内。")
    return MatterAnswer("\n".join(lines), source_line(promised.provenance))


def _fee(matter: Matter) -> MatterAnswer:
    fee = matter.fee
    text = fee.text or "以窗口答复为准"
    return MatterAnswer(f"“{matter.name}”的费用：{text}", source_line(fee.provenance))


def _place(matter: Matter) -> MatterAnswer:
    lines = [f"“{matter.name}”可以这样办：", *(f"· {channel}" for channel in matter.channels)]
    lines.append(f"办理部门：{matter.department}")
    lines.append("大厅地址和窗口号以当地政务服务大厅公布为准，也可以拨打 12345 询问。")
    return MatterAnswer("\n".join(lines), source_line(matter.provenance))


def _eligibility(matter: Matter) -> MatterAnswer:
    lines = [f"“{matter.name}”谁能办：{'、'.join(matter.applicants)}"]
    lines += [f"· {condition}" for condition in matter.conditions[:MAX_LISTED]]
    extra = _faq(matter, ("条件", "要求", "什么样的人", "必须", "谁能"))
    if extra:
        lines.append(f"说明：{extra}")
    elif not matter.conditions:
        lines.append("其他条件没有收录，拿不准可以转人工核实。")
    return MatterAnswer("\n".join(lines), source_line(matter.provenance))


def _legal_basis(matter: Matter) -> MatterAnswer:
    cited = [
        f"· {law.text}{'' if law.verified else '（未核对原文）'}" for law in matter.legal_basis
    ]
    text = f"“{matter.name}”的依据：\n" + "\n".join(cited[:MAX_LISTED])
    return MatterAnswer(text, source_line(matter.provenance))


def _deferral(matter: Matter) -> MatterAnswer:
    later = [m.name for m in matter.materials if m.deferrable]
    promised = [m.name for m in matter.materials if m.commitment_ok]
    held = [m.name for m in matter.materials if m.shared_no_submit]
    lines = [f"“{matter.name}”的材料："]
    if later:
        lines.append("可以先受理后补交（容缺）：" + "、".join(later))
    if promised:
        lines.append("可以写书面承诺代替：" + "、".join(promised))
    if held:
        lines.append("系统里有、不用交（证要已经发下来）：" + "、".join(held))
    if later or promised:
        lines.append("没列在上面的，受理时要交齐，不能后补。")
    else:
        lines.append("其余材料都要在受理时交齐，没有可以容缺或承诺的。")
    provenance = weakest([m.provenance for m in matter.materials], matter)
    return MatterAnswer("\n".join(lines), source_line(provenance))


def _note(limit: Duration) -> str:
    return f"（{limit.note}）" if limit.note else ""


def _faq(matter: Matter, words: tuple[str, ...]) -> str:
    hit = next((f for f in matter.faqs if any(word in f.question for word in words)), None)
    return hit.answer if hit else ""


def weakest(provenances: list[Provenance], matter: Matter) -> Provenance:
    """Return the provenance that one may rely on least; a list is as sure as its weakest line."""
    order = {Confidence.LOW: 0, Confidence.MEDIUM: 1, Confidence.HIGH: 2}
    ranked = sorted(provenances, key=lambda p: (p.verified, order[p.confidence]))
    return ranked[0] if ranked else matter.provenance


_TOPICS: Mapping[str, Callable[[Matter], MatterAnswer]] = {
    "materials": _materials,
    "procedure": _procedure,
    "time_limit": _time_limit,
    "fee": _fee,
    "place": _place,
    "eligibility": _eligibility,
    "legal_basis": _legal_basis,
    "deferral": _deferral,
}
