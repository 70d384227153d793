"""One case as its page shows it: words and flags, nothing to decide in the template."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.documents.case_text import SOURCES, UNCLEAR, age_text, colour_of, step_line
from bot.documents.dates import spoken_moment
from bot.documents.pause_text import pause_text, running_text
from bot.domain.case_rules import CaseRules
from bot.domain.cases import CASE_STATE_LABELS, CaseEvent, CaseEventKind
from bot.domain.catalogue import Catalogue
from bot.services.cases.explanation import DayKind, ExplainedDay
from bot.services.cases.office import CasePage
from bot.services.cases.views import CaseView
from bot.services.cases.watch import CLOCK

KINDS: Mapping[CaseEventKind, str] = {
    CaseEventKind.OPENED: "收件",
    CaseEventKind.STEP_FINISHED: "办完一步",
    CaseEventKind.URGED: "申请人催办",
    CaseEventKind.URGE_ANSWERED: "答复催办",
    CaseEventKind.ESCALATED: "超期督办，转",
    CaseEventKind.URGE_ESCALATED: "催办逾期未答复，转",
    CaseEventKind.SUPPLEMENTED: "补交材料",
    CaseEventKind.MOVED: "状态变化",
    CaseEventKind.NOTED: "平台记录",
}
ACTORS = {"applicant": "申请人", CLOCK: "系统", "import": "批量导入", "platform": "审批平台"}


@dataclass(frozen=True)
class ShownEvent:
    """A line of the time line."""

    at: datetime
    who: str
    what: str
    reason: str


@dataclass(frozen=True)
class ShownDay:
    """A day of the clock's explanation."""

    on: date
    is_counted: bool
    text: str


@dataclass(frozen=True)
class CasePageView:
    """What the page shows."""

    department: str
    district: str
    colour: str
    steps: str
    happening: str
    pause: str
    events: tuple[ShownEvent, ...]
    days: tuple[ShownDay, ...]
    departments: Mapping[str, str]
    source: str


def view_of(page: CasePage, catalogue: Catalogue, rules: CaseRules) -> CasePageView:
    """Return the view of a page."""
    case = page.case
    names = {one.id: one.name for one in catalogue.departments.values()}
    districts = {one.id: one.name for one in catalogue.districts.values()}
    is_paused = page.view.is_paused
    pause = (
        pause_text(case.state, case.matter_id, rules, catalogue)
        if is_paused
        else running_text(case.state, case.matter_id, catalogue)
    )
    return CasePageView(
        department=names.get(case.department_id, case.department_id),
        district=districts.get(case.district_id, case.district_id),
        colour=colour_of(page.view, rules).value,
        steps=step_line(page.view.steps),
        happening=UNCLEAR if page.view.is_unclear else rules.happening[case.state],
        pause=pause or "",
        events=tuple(_event(one, {**names, **page.names}) for one in reversed(case.events)),
        days=tuple(_day(one, rules) for one in page.days),
        departments=names,
        source=_source(page.view),
    )


def _source(view: CaseView) -> str:
    """Return who keeps the case and how old the copy is; "" for our own register."""
    if view.age is None or view.as_of is None:
        return ""
    return f"{SOURCES[view.source]}，{age_text(view.age)}的数据（{spoken_moment(view.as_of)}）"


def _event(event: CaseEvent, names: Mapping[str, str]) -> ShownEvent:
    if event.kind is CaseEventKind.MOVED and event.to:
        what = CASE_STATE_LABELS[event.to]
    else:
        what = KINDS.get(event.kind, event.kind.value)
    reason = event.reason
    if event.kind in {CaseEventKind.ESCALATED, CaseEventKind.URGE_ESCALATED}:
        what, reason = f"{what}{reason}", ""
    who = ACTORS.get(event.actor) or names.get(event.actor, event.actor)
    return ShownEvent(event.at, who, what, reason)


def _day(day: ExplainedDay, rules: CaseRules) -> ShownDay:
    text = {
        DayKind.COUNTED: f"第 {day.number} 个工作日",
        DayKind.DAY_OFF: day.holiday or "双休日",
        DayKind.FIRST: "受理当天，次日起算",
        DayKind.WAITED: "还没受理",
        DayKind.STOOD: _stood(day, rules),
    }[day.kind]
    mark = "" if day.is_official else "（放假安排未公布）"
    return ShownDay(day.on, day.kind is DayKind.COUNTED, text + mark)


def _stood(day: ExplainedDay, rules: CaseRules) -> str:
    pause = rules.pauses.get(day.state)
    if pause is None:
        return "恢复计时的当天，次日起算"
    return f"停表：{CASE_STATE_LABELS[day.state]}（{pause.source}）"
