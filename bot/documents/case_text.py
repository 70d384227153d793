"""Where a case stands, in words: a line of steps, who has it, days used and left, what to do."""

from collections.abc import Mapping

from bot.documents.dates import spoken_day
from bot.domain.cases import Limit
from bot.domain.catalogue import Catalogue
from bot.planner.calendar import DueDate
from bot.services.case_views import CaseView, Progress

MARKS: Mapping[Progress, str] = {Progress.DONE: "✔", Progress.NOW: "▶", Progress.NEXT: "○"}


def case_text(view: CaseView, catalogue: Catalogue) -> str:
    """Return the answer to "how far is my case"."""
    lines = [f"办件 {view.number}{'（示例数据）' if view.is_demo else ''}"]
    lines.append(f"{view.matter_name}　现在：{view.state_label}")
    if view.steps:
        lines.append(" → ".join(f"{MARKS[step.progress]}{step.name}" for step in view.steps))
    if view.holder_id is not None:
        phone = f"，电话 {view.department_phone}" if view.department_phone else ""
        lines.append(f"经办：{catalogue.department(view.holder_id).name}{phone}")
    if view.to_do:
        lines.append(f"请您补交：{'、'.join(view.to_do)}")
    if view.reason:
        lines.append(f"说明：{view.reason}")
    lines += _clock_lines(view)
    return "\n".join(lines)


def _clock_lines(view: CaseView) -> list[str]:
    if view.is_final:
        day = view.finished_on
        return (
            [f"办理结束：{spoken_day(day)}，用时 {view.working_days_used} 个工作日"] if day else []
        )
    if view.accepted_on is None:
        return ["还没受理，受理后开始计时。"]
    lines = [f"已用 {view.working_days_used} 个工作日"]
    if view.working_days_left is not None:
        left = view.working_days_left
        limit = view.promised or view.statutory
        sure = "" if limit and limit.verified else "（按未核实的承诺时限算，以窗口答复为准）"
        lines[0] += f"，还剩 {left} 个工作日" if left >= 0 else f"，已超期 {-left} 个工作日{sure}"
    if view.is_paused:
        lines.append("现在停表：补正、公示、检验、听证等时间不计入（行政许可法第四十五条）。")
    elif view.due is not None:
        limit = view.promised or view.statutory
        lines.append(f"应在 {_due(view.due)} 前办结{_source(limit)}")
    return lines


def _due(due: DueDate) -> str:
    mark = "（放假安排未公布，可能顺延）" if due.provisional else ""
    return spoken_day(due.on) + mark


def _source(limit: Limit | None) -> str:
    if limit is None:
        return ""
    return f"（{limit.source}）" if limit.verified else "（承诺时限，以窗口答复为准）"
