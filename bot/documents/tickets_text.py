"""A whistle, complaint or suggestion in words."""

from bot.documents.dates import spoken_day, spoken_moment
from bot.domain.catalogue import Catalogue
from bot.domain.feedback import FEEDBACK_KIND_LABELS, FEEDBACK_STATE_LABELS, Feedback
from bot.domain.tickets import TICKET_STATE_LABELS, DueTime, Ticket, TicketEvent

MAX_HISTORY = 8
"""Latest entries of the history in one chat message."""


def departments_line(ticket: Ticket, catalogue: Catalogue) -> str:
    """Return who leads and who assists, and that a dispatcher has still to confirm it."""
    if ticket.leading is None:
        return "牵头部门：由调度员判定后马上派出"
    parts = [f"牵头部门：{catalogue.department(ticket.leading.department_id).name}"]
    assisting = [catalogue.department(d.department_id).name for d in ticket.assisting]
    if assisting:
        parts.append(f"协办部门：{'、'.join(assisting)}")
    if ticket.is_proposed:
        parts.append("（系统建议，调度员会确认）")
    return "；".join(parts[:2]) + "".join(parts[2:])


def due_line(ticket: Ticket) -> str:
    """Return by when the departments report in and answer."""
    report, answer = _due(ticket.report_in_due), _due(ticket.answer_due)
    return f"部门报到：最晚 {report}；答复：最晚 {answer}（运行方设定的时限，按工作日计）"


def ticket_text(found: Ticket | Feedback, catalogue: Catalogue) -> str:
    """Return state, due time and every step of a ticket."""
    if isinstance(found, Feedback):
        return _feedback_text(found)
    lines = [
        f"吹哨单 {found.number}：{TICKET_STATE_LABELS[found.state]}",
        departments_line(found, catalogue),
        due_line(found),
        "经过：",
    ]
    lines += [_event_line(event) for event in found.events[-MAX_HISTORY:]]
    return "\n".join(lines)


def _feedback_text(found: Feedback) -> str:
    kind, state = FEEDBACK_KIND_LABELS[found.kind], FEEDBACK_STATE_LABELS[found.state]
    provisional = "（那天的放假安排还没公布，可能顺延）" if found.due_provisional else ""
    lines = [
        f"{kind} {found.number}：{state}",
        f"最晚 {spoken_day(found.due_on)} 前答复{provisional}",
    ]
    lines.append("经过：")
    for event in found.events[-MAX_HISTORY:]:
        reason = f"：{event.reason}" if event.reason else ""
        lines.append(f"· {spoken_moment(event.at)}　{FEEDBACK_STATE_LABELS[event.to]}{reason}")
    return "\n".join(lines)


def _event_line(event: TicketEvent) -> str:
    state = TICKET_STATE_LABELS[event.to] if event.to else ""
    reason = f"：{event.reason}" if event.reason else ""
    return f"· {spoken_moment(event.at)}　{state}{reason}"


def _due(due: DueTime) -> str:
    mark = "（放假安排未公布，可能顺延）" if due.provisional else ""
    return spoken_moment(due.at) + mark
