"""A whistle, complaint or suggestion in words."""

import json
from collections.abc import Mapping, Sequence

from bot.documents.case_list_text import ACT
from bot.documents.dates import spoken_day, spoken_moment
from bot.documents.labels import ADD_TO_TICKET, SHOW_OTHER
from bot.domain.catalogue import Catalogue
from bot.domain.ticket_clocks import DueTime
from bot.domain.tickets import Role, TicketDepartment
from bot.services.operating.numbers import NumberKind
from bot.services.tickets.lookup import TicketView
from bot.services.times.local_time import LOCAL

SUPPLEMENT = "supplement"
"""Value of `ACT`: something is to be added."""

MAX_HISTORY = 8
"""Latest entries of the history in one chat message."""

KINDS: Mapping[NumberKind, str] = {
    NumberKind.WHISTLE: "吹哨单",
    NumberKind.COMPLAINT: "投诉",
    NumberKind.SUGGESTION: "建议",
}


def departments_line(
    departments: Sequence[TicketDepartment], catalogue: Catalogue, *, is_proposed: bool
) -> str:
    """Return who leads and who assists, and that a dispatcher has still to confirm it."""
    names = {role: [] for role in Role}  # type: dict[Role, list[str]]
    for department in departments:
        names[department.role].append(catalogue.department(department.department_id).name)
    if not names[Role.LEADING]:
        return "牵头部门：由调度员判定后马上派出"
    line = f"牵头部门：{'、'.join(names[Role.LEADING])}"
    if names[Role.ASSISTING]:
        line += f"；协办部门：{'、'.join(names[Role.ASSISTING])}"
    return f"{line}（系统建议，调度员会确认）" if is_proposed else line


def due_line(report_in: DueTime, answer: DueTime) -> str:
    """Return by when the departments report in and answer."""
    return (
        f"部门报到：最晚 {_due(report_in)}；答复：最晚 {_due(answer)}"
        "（运营方设定的时限，按工作日计）"
    )


def ticket_text(view: TicketView, catalogue: Catalogue) -> str:
    """Return state, due time and every step of a ticket."""
    demo = "（示例数据）" if view.is_demo else ""
    lines = [f"{KINDS[view.kind]} {view.number}：{view.state_label}{demo}"]
    if view.kind is NumberKind.WHISTLE:
        lines.append(departments_line(view.departments, catalogue, is_proposed=view.is_proposed))
    if view.report_in_due is not None and view.answer_due is not None:
        lines.append(due_line(view.report_in_due, view.answer_due))
    else:
        mark = "（那天的放假安排还没公布，可能顺延）" if view.due_provisional else ""
        days = f"{catalogue.service_rules.suggestions.working_days:g}"
        lines.append(f"最晚 {spoken_day(view.due_on)} 前答复（规定 {days} 个工作日）{mark}")
    if view.is_overdue:
        lines.append("已经超过答复时限，可以再吹一次哨或者转人工催办。")
    lines.append("经过：")
    for line in view.history[-MAX_HISTORY:]:
        reason = f"：{line.reason}" if line.reason else ""
        label = step_label(line.label, line.department_id, line.days, catalogue)
        lines.append(f"· {spoken_moment(line.at)}　{label}{reason}")
    return "\n".join(lines)


def step_label(
    label: str, department_id: str | None, days: int | None, catalogue: Catalogue
) -> str:
    """Return a step with the department that took it and the days that it asks for."""
    who = catalogue.departments.get(department_id or "")
    named = f"{label}（{who.name}）" if who else label
    return f"{named} {days} 个工作日" if days else named


def add_button(number: str) -> dict[str, str]:
    """Return the button by which a business adds to its whistle."""
    entities = json.dumps({"ticket_number": number, ACT: SUPPLEMENT})
    return {"title": ADD_TO_TICKET, "payload": f"/query_ticket{entities}"}


def show_button(number: str) -> dict[str, str]:
    """Return the button that shows another one."""
    entities = json.dumps({"ticket_number": number})
    return {"title": f"{SHOW_OTHER} {number}", "payload": f"/query_ticket{entities}"}


def _due(due: DueTime) -> str:
    mark = "（放假安排未公布，可能顺延）" if due.provisional else ""
    local = due.at.astimezone(LOCAL)
    return f"{spoken_day(local.date())}{local:%H:%M}{mark}"
