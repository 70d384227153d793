"""An application in words: its papers, its receipt, what is promised by a commitment."""

from collections.abc import Iterable, Mapping, Sequence

from bot.documents.dates import spoken_day
from bot.documents.form_text import value_text
from bot.domain.applications import PaperChoice
from bot.domain.catalogue import Catalogue
from bot.domain.freezes import Freeze
from bot.domain.policy_claims import CLAIM_BASIS, is_claim
from bot.domain.single_form import FilledForm, FormField
from bot.planner.calendar import DueDate
from bot.services.applications.applications import OpenApplication, Receipt
from bot.services.applications.papers import PaperLine

CHOICES: Mapping[PaperChoice, str] = {
    PaperChoice.HAVE: "手上有",
    PaperChoice.LATER: "以后补",
    PaperChoice.COMMIT: "用承诺替代",
    PaperChoice.HELD: "不用交，部门已有",
    PaperChoice.FORM: "不用另交，这张表就是",
    PaperChoice.NOT_NEEDED: "不涉及",
    PaperChoice.LACKING: "还没有",
}
"""What is done about a paper, as applicants and the window read it."""

SHORT: Mapping[PaperChoice, str] = {
    PaperChoice.HAVE: "手上有",
    PaperChoice.LATER: "后补",
    PaperChoice.COMMIT: "用承诺",
    PaperChoice.NOT_NEEDED: "不涉及",
}
"""The same on buttons."""


def papers_text(lines: Sequence[PaperLine]) -> str:
    """Return the numbered list of papers with what stands for each and what else may."""
    return "\n".join(_paper_line(line) for line in lines)


def _paper_line(line: PaperLine) -> str:
    material = line.material
    copies = f"{material.copies} 份" if material.copies > 1 else ""
    head = f"{line.number}. {material.name}（{material.form}{copies}）：{CHOICES[line.choice]}"
    others = [SHORT[choice] for choice in line.options if choice is not PaperChoice.HAVE]
    if line.is_fixed or not others:
        return head
    return f"{head}（也可{'、'.join(others)}）"


def papers_summary(lines: Sequence[PaperLine], later: DueDate) -> str:
    """Return the papers by what is done about them, for the last look before sending."""
    parts = []
    for choice in (PaperChoice.HAVE, PaperChoice.LATER, PaperChoice.COMMIT):
        names = [line.material.name for line in lines if line.choice is choice]
        if names:
            day = f"（{spoken_day(later.on)}前，以窗口定的日期为准）"
            when = day if choice is PaperChoice.LATER else ""
            parts.append(f"· {CHOICES[choice]}{when}：{'、'.join(names)}")
    return "\n".join(parts) or "· 没有要您另交的材料"


def commitments_text(lines: Sequence[PaperLine], catalogue: Catalogue) -> str:
    """Return what commitments and deferrals mean, with sources; "" when there are none."""
    rules = catalogue.service_rules
    parts = []
    committed = [line.material.name for line in lines if line.choice is PaperChoice.COMMIT]
    if committed:
        verification = rules.commitment.verification
        source = rules.commitment.verification_provenance.source
        names = "、".join(committed)
        parts.append(f"告知承诺（{names}）：您承诺符合条件。{verification}（{source}）。")
    if any(line.choice is PaperChoice.LATER for line in lines):
        note = "后补期限以窗口定的日期为准，逾期不补可能退件"
        parts.append(f"容缺后补：{note}（{_sure(rules.deferral.provenance.verified)}）。")
    return "\n".join(parts)


def fields_text(fields: Sequence[FormField]) -> str:
    """Return the names of fields to ask for in one sentence."""
    return "、".join(field.label for field in fields)


def noted_text(filled: FilledForm, field_ids: Iterable[str]) -> str:
    """Return what has just been noted, masked: "联系电话 138****8000"."""
    items = []
    for field_id in field_ids:
        field = filled.form.field(field_id)
        shown = value_text(field, filled.values[field_id], masked=True)
        items.append(f"{field.label} {shown}")
    return "；".join(items)


def receipt_text(receipt: Receipt, catalogue: Catalogue) -> str:
    """Return number, days and what happens next."""
    case = receipt.case
    rules = catalogue.service_rules.acceptance
    department = catalogue.department(case.department_id).name
    basis = CLAIM_BASIS if is_claim(case.matter_id) else rules.notice_once.source
    law = f"（{rules.notice_once_working_days:g} 个工作日，{basis}）"
    lines = [
        f"办件编号：{case.number}",
        f"事项：{case.matter_name}",
        f"收件：{department}综合窗口",
        f"下一步：窗口最晚 {_due(receipt.answer_by)}前告诉您是否受理、缺什么一次说清{law}",
    ]
    if receipt.due_if_accepted_today is not None:
        limit = case.promised or case.statutory
        days = f"{limit.working_days} 个工作日" if limit and limit.working_days else "当场"
        lines.append(
            f"办结：受理后 {days}；今天受理的话最晚 {_due(receipt.due_if_accepted_today)}"
            f"{'' if limit and limit.verified else '（承诺时限，以窗口答复为准）'}"
        )
    return "\n".join(lines)


def freeze_text(freeze: Freeze, catalogue: Catalogue) -> str:
    """Return that a matter is frozen, why, and until when."""
    matter = catalogue.matters.get(freeze.matter_id)
    name = matter.name if matter else freeze.matter_id
    until = f"，预计到 {spoken_day(freeze.until)}" if freeze.until else ""
    return f"“{name}”目前暂停办理{until}：{freeze.reason}"


def wanted_text(opened: OpenApplication) -> str:
    """Return the papers that may be handed in now, numbered."""
    days = {one.name: one.due_on for one in opened.application.later}
    return "\n".join(
        f"{number}. {name}" + (f"（{spoken_day(days[name])}前）" if name in days else "")
        for number, name in enumerate(opened.wanted, start=1)
    )


def application_line(opened: OpenApplication) -> str:
    """Return one application as a line."""
    return f"{opened.case.number} {opened.case.matter_name}"


def _due(due: DueDate) -> str:
    return spoken_day(due.on) + ("（放假安排未公布，可能顺延）" if due.provisional else "")


def _sure(verified: bool) -> str:
    return "已核实" if verified else "本地期限未查到，以窗口答复为准"
