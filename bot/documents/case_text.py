"""Where a case stands, in words: a line of steps, who has it, days used and left, what to do."""

from collections.abc import Mapping
from datetime import timedelta

from bot.documents.dates import spoken_day, spoken_moment
from bot.documents.pause_text import pause_text, running_text
from bot.domain.case_rules import CaseRules, Colour
from bot.domain.cases import CaseSource, Limit
from bot.domain.catalogue import Catalogue
from bot.domain.policy_claims import CLAIM_BASIS, is_claim
from bot.planner.calendar import DueDate
from bot.services.cases.views import CaseView, Progress, StepView
from bot.services.platform.errors import Trouble
from bot.services.words.case_asked import HOLDER, REST, SLOW, TO_DO

MARKS: Mapping[Progress, str] = {Progress.DONE: "●", Progress.NOW: "◐", Progress.NEXT: "○"}
LINK = "━"

COLOURS: Mapping[Colour, str] = {
    Colour.GREEN: "绿灯（时间够）",
    Colour.YELLOW: "黄灯（快到期）",
    Colour.RED: "红灯（已超期）",
}
NEAR_RED = "红灯（马上到期）"
HOTLINE = "12345"

UNCLEAR = "这是审批平台自己的说法，具体在做什么请问经办部门。"
UNCLEAR_DAYS = "这个状态算不算办理时间，平台没有说明，天数先不算，以窗口答复为准"
URGENT = f"急事请拨打 {HOTLINE}。"
TROUBLES: Mapping[Trouble, str] = {
    Trouble.SLOW: f"审批平台没有及时答复，上面是{{age}}的数据，查到新的马上告诉您；{URGENT}",
    Trouble.DOWN: f"审批平台现在连不上，上面是{{age}}的数据，连上后马上告诉您；{URGENT}",
    Trouble.GARBLED: f"审批平台的答复读不出来，上面是{{age}}的数据，查到新的马上告诉您；{URGENT}",
    Trouble.REFUSED: (
        f"审批平台不再提供这件的新进展，上面是{{age}}的数据，请到窗口或拨打 {HOTLINE} 核对。"
    ),
}
SOURCES: Mapping[CaseSource, str] = {
    CaseSource.REGISTER: "办件登记系统",
    CaseSource.PLATFORM: "审批平台",
}
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def case_text(view: CaseView, catalogue: Catalogue, rules: CaseRules) -> str:
    """Return the answer to "how far is my case"."""
    lines = _head_lines(view)
    if view.steps:
        lines.append(step_line(view.steps))
    lines += [_state_line(view, rules), *_holder_lines(view, catalogue), *_to_do_lines(view)]
    lines += _reason_lines(view)
    lines += _clock_lines(view, rules, catalogue)
    return "\n".join([*lines, *_source_lines(view)])


def part_text(part: str, view: CaseView, catalogue: Catalogue, rules: CaseRules) -> str:
    """Return one part of a case in words: what `case_asked_words.part_asked` found.

    Where it stands and from when the data are is said with each.
    """
    lines = {
        REST: lambda: _clock_lines(view, rules, catalogue),
        HOLDER: lambda: _holder_lines(view, catalogue),
        TO_DO: lambda: [*_to_do_lines(view), *_reason_lines(view)],
        SLOW: lambda: [
            *_holder_lines(view, catalogue),
            *_reason_lines(view),
            *_clock_lines(view, rules, catalogue),
        ],
    }[part]()
    told = [*_head_lines(view), _state_line(view, rules), *lines, *_source_lines(view)]
    return "\n".join(told)


def _head_lines(view: CaseView) -> list[str]:
    return [f"办件 {view.number}{'（示例数据）' if view.is_demo else ''}", view.matter_name]


def _state_line(view: CaseView, rules: CaseRules) -> str:
    happening = UNCLEAR if view.is_unclear else rules.happening[view.state]
    return f"现在：{view.state_label}。{happening}"


def _to_do_lines(view: CaseView) -> list[str]:
    if view.to_do:
        return [f"请您补交：{'、'.join(view.to_do)}"]
    return [] if view.is_final else ["您现在不用做什么。"]


def _reason_lines(view: CaseView) -> list[str]:
    return [f"部门说明：{view.reason}"] if view.reason else []


def age_text(age: timedelta) -> str:
    """Return how old something is, as people say it: "刚刚", "10 分钟前", "3 小时前", "2 天前"."""
    if age < MINUTE:
        return "刚刚"
    if age < HOUR:
        return f"{age // MINUTE} 分钟前"
    return f"{age // HOUR} 小时前" if age < 2 * DAY else f"{age // DAY} 天前"


def _source_lines(view: CaseView) -> list[str]:
    """Say who keeps the case, from when the data are, and why they are not newer."""
    if view.as_of is None:
        return []
    age = age_text(view.age) if view.age is not None else ""
    told = f"（{age}的数据）" if age else ""
    lines = [f"数据时间：{spoken_moment(view.as_of)}{told}，{SOURCES[view.source]}"]
    if view.trouble is not None:
        spaced = f" {age}" if age[:1].isdecimal() else age
        lines.append(TROUBLES[view.trouble].format(age=spaced))
    return lines


def step_line(steps: tuple[StepView, ...]) -> str:
    """Return the steps as a picture: ● done, ◐ now, ○ to come; one line."""
    return LINK.join(f"{MARKS[step.progress]}{step.name}" for step in steps)


def colour_of(view: CaseView, rules: CaseRules) -> Colour:
    """Return how near the due day a case is."""
    limit = view.promised or view.statutory
    if limit is None or view.working_days_left is None or view.is_final or view.is_paused:
        return Colour.GREY
    if view.is_overdue:
        return Colour.RED  # on a day off after the due day no working day is over yet
    return rules.colours.colour(view.working_days_left, limit.working_days)


def _holder_lines(view: CaseView, catalogue: Catalogue) -> list[str]:
    if view.waits_for_applicant:
        return ["在谁手里：在您这里，等您补材料"]
    if view.holder_id is None:
        return []
    phone = view.department_phone
    told = f"，电话 {phone}" if phone else f"，部门没有留电话，可拨 {HOTLINE}"
    department = catalogue.departments.get(view.holder_id)
    return [f"在谁手里：{department.name if department else view.holder_id}{told}"]


def _clock_lines(view: CaseView, rules: CaseRules, catalogue: Catalogue) -> list[str]:
    if view.is_unclear:
        return [UNCLEAR_DAYS]
    if view.is_final:
        day = view.finished_on
        used = f"，用时 {view.working_days_used} 个工作日" if view.accepted_on else ""
        return [f"办理结束：{spoken_day(day)}{used}"] if day else []
    if view.accept_by is not None:
        law = CLAIM_BASIS if is_claim(view.matter_id) else "行政许可法第三十二条"
        return [f"还没受理，{_due(view.accept_by)}前会受理或者一次告诉您缺什么（{law}）"]
    lines = []
    if view.accepted_on is not None:
        lines.append(_days_line(view, rules))
    if view.is_paused:
        lines.append(f"现在停表：{pause_text(view.state, view.matter_id, rules, catalogue)}")
    elif view.due is not None:
        goes_on = running_text(view.state, view.matter_id, catalogue)
        lines += [goes_on] if goes_on else []
        lines.append(f"应在 {_due(view.due)}前办结{_source(view.promised or view.statutory)}")
        by_law = view.statutory_due
        if view.promised and by_law is not None and by_law != view.due:
            lines.append(f"法定最晚 {_due(by_law)}{_source(view.statutory)}")
    if view.escalation:
        lines.append(f"因为超期，已自动转给{rules.escalations[view.escalation - 1].name}督办")
    return lines


def _days_line(view: CaseView, rules: CaseRules) -> str:
    line = f"已用 {view.working_days_used} 个工作日"
    left = view.working_days_left
    if left is None:
        return line + "，这个事项没有可以核对的时限"
    limit = view.promised or view.statutory
    if view.is_overdue and left >= 0:
        line += "，到期日已过"
    else:
        line += f"，还剩 {left} 个工作日" if left >= 0 else f"，已超期 {-left} 个工作日"
    colour = colour_of(view, rules)
    if colour is Colour.RED and not view.is_overdue:
        line += f"，{NEAR_RED}"
    elif colour is not Colour.GREY:
        line += f"，{COLOURS[colour]}"
    sure = limit is not None and limit.verified
    return line if sure else line + "（按未核实的承诺时限算，以窗口答复为准）"


def _due(due: DueDate) -> str:
    mark = "（放假安排未公布，可能顺延）" if due.provisional else ""
    return spoken_day(due.on) + mark


def _source(limit: Limit | None) -> str:
    if limit is None:
        return ""
    return f"（{limit.source}）" if limit.verified else "（承诺时限，以窗口答复为准）"
