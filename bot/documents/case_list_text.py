"""The list of one's cases, the days that counted, and the buttons under a case."""

import json
from collections.abc import Mapping, Sequence

from bot.documents.case_text import COLOURS
from bot.documents.dates import spoken_day
from bot.domain.case_rules import CaseRules, Colour
from bot.domain.case_watch import CaseRow
from bot.domain.cases import CaseState, state_label
from bot.services.cases.explanation import DayKind, ExplainedRun
from bot.services.cases.mine import MyCases
from bot.services.cases.views import CaseView

ACT = "case_act"
"""Entity of the buttons: what is done with the case beside it."""

PAGE, EXPLAIN, QUIET = "page", "explain", "quiet"
TAIL = 4


def my_cases_text(mine: MyCases) -> str:
    """Return one line a case: tail of the number, matter, state, due day with colour in words."""
    return "\n".join(_row(row) for row in mine.rows)


def my_cases_buttons(mine: MyCases) -> list[dict[str, str]]:
    """Return a button for each case, and those to the next and to the previous page."""
    buttons = [
        _button(f"尾号{row.number[-TAIL:]} {row.matter_name}", "query_case", case_number=row.number)
        for row in mine.rows
    ]
    if mine.page:
        buttons.append(_button("上一页", "query_case", **{ACT: f"{PAGE}={mine.page - 1}"}))
    if mine.has_more:
        buttons.append(_button("下一页", "query_case", **{ACT: f"{PAGE}={mine.page + 1}"}))
    return buttons


def case_buttons(view: CaseView) -> list[dict[str, str]]:
    """Return what can be done with a case now."""
    number = view.number
    if view.is_final:
        return [_button("评价一下", "rate_service"), _explain(number)]
    follow = (
        _button("别再通知这件", "follow_case", case_number=number, **{ACT: QUIET})
        if view.is_followed
        else _button("有进展通知我", "follow_case", case_number=number)
    )
    urge = _button("催一下", "urge_case", case_number=number)
    buttons = [follow] if view.waits_for_applicant else [follow, urge]
    if view.is_unclear:
        return buttons  # nobody knows how the days count
    return [*buttons, _explain(number)]


def explanation_text(runs: Sequence[ExplainedRun], rules: CaseRules) -> str:
    """Return how the working days of a case were counted, run by run."""
    lines = []
    for run in runs:
        days = spoken_day(run.first)
        if run.last != run.first:
            days += f" 到 {spoken_day(run.last)}"
        lines.append(f"{days}：{_why(run, rules)}")
    total = sum(run.working_days for run in runs)
    return "\n".join([*lines, f"合计 {total} 个工作日"])


def _why(run: ExplainedRun, rules: CaseRules) -> str:
    if run.kind is DayKind.COUNTED:
        return f"计 {run.working_days} 个工作日（双休日、法定节假日不计）"
    if run.kind is DayKind.DAY_OFF:
        return "休息日，不计"
    if run.kind is DayKind.FIRST:
        return "受理当天，从第二天开始算"
    if run.kind is DayKind.STOOD:
        pause = rules.pauses.get(run.state)
        if pause is None:
            return "停表的当天已计，恢复的当天不计"
        return f"停表，{pause.text}（{pause.source}）"
    return "还没受理，不计" if run.state is CaseState.RECEIVED else "还没受理，等补材料，不计"


def _row(row: CaseRow) -> str:
    label = state_label(row.state, row.state_words)
    line = f"{row.number} {row.matter_name}：{label}"
    if row.colour is not Colour.GREY and row.due_on is not None:
        line += f"，{spoken_day(row.due_on)}到期，{COLOURS[row.colour]}"
    return line + ("（示例数据）" if row.is_demo else "")


def _explain(number: str) -> dict[str, str]:
    return _button("天数怎么算的", "query_case", case_number=number, **{ACT: EXPLAIN})


def _button(title: str, intent: str, **entities: str) -> dict[str, str]:
    values: Mapping[str, str] = entities
    payload = json.dumps(values, ensure_ascii=False) if values else ""
    return {"title": title, "payload": f"/{intent}{payload}"}
