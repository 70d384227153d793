"""Reads one row of a table of cases: columns, times, states; says what is wrong in words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.domain import cases as domain
from bot.domain.cases import (
    ALLOWED_CASE_TRANSITIONS,
    CASE_STATE_LABELS,
    PAUSED_STATES,
    CaseEvent,
    CaseEventKind,
    CaseState,
    CaseStep,
    NewCase,
)
from bot.domain.catalogue import Catalogue
from bot.domain.errors import BotError
from bot.domain.identity import compact
from bot.services.cases.desk import APPLICANT, DEFAULT_STEPS, limits_of
from bot.services.cases.ports import ImportedCase
from bot.services.operating.numbers import normalise_case_number
from bot.services.times.local_time import LOCAL, at_local

IMPORT = "import"
"""Actor of what a file says."""

REQUIRED = ("办件编号", "事项", "申请人", "电话", "区划", "状态", "收件时间")
OPTIONAL = ("证件号码", "受理时间", "状态时间", "说明", "缺少材料", "部门电话")
MISSING_SEPARATOR = re.compile(r"[、；;\n]+")
DAY_ALONE = time(9)
"""A date without a time of day is taken as the morning."""

STATES: Mapping[str, CaseState] = {label: state for state, label in CASE_STATE_LABELS.items()}
SKEW = timedelta(hours=12)
LONGEST = {"申请人": 200, "电话": 20, "证件号码": 20, "部门电话": 40, "说明": 1000}

Cell = str | int | float | datetime | date | None


class BadRow(BotError):
    """A row cannot be used; `text` says why, in Chinese."""

    def __init__(self, column: str, text: str) -> None:
        super().__init__(f"{column}：{text}")
        self.column = column
        self.text = text


@dataclass(frozen=True)
class CaseLine:
    """What a row says.

    Attributes:
        moves: The states it went through and when, from the receipt on.
    """

    case: NewCase
    state: CaseState
    moves: tuple[tuple[CaseState, datetime], ...]
    reason: str
    missing: tuple[str, ...]

    @property
    def imported(self) -> ImportedCase:
        """Return the case with steps and history, ready to be written."""
        steps: tuple[CaseStep, ...] = self.case.steps
        events: list[CaseEvent] = []
        seen: CaseState | None = None
        for to, at in self.moves:
            steps = domain.enter(steps, to, at)
            is_first = seen is None
            kind = CaseEventKind.OPENED if is_first else CaseEventKind.MOVED
            actor = APPLICANT if is_first else IMPORT
            reason = self.reason if to is self.state and not is_first else ""
            events.append(CaseEvent(at, actor, kind, seen, to, reason))
            seen = to
        case = replace(self.case, steps=steps)
        return ImportedCase(case, self.state, tuple(events), self.missing)


def read_row(row: Mapping[str, Cell], catalogue: Catalogue, now: datetime) -> CaseLine:
    """Read a row.

    Args:
        row: Cells by heading.
        catalogue: Knows matters, districts, limits.
        now: Aware UTC; nothing may have happened later.

    Raises:
        BadRow: The first thing that is wrong.
    """
    number = normalise_case_number(_text(row, "办件编号"))
    if number is None:
        raise BadRow("办件编号", "不是 371500 开头的 18 位编号")
    matter = _named(_text(row, "事项"), catalogue.matters, "事项")
    district = _named(_text(row, "区划"), catalogue.districts, "区划")
    state = STATES.get(_text(row, "状态"))
    if state is None:
        raise BadRow("状态", f"只能是{'、'.join(STATES)}")
    missing = tuple(one for one in MISSING_SEPARATOR.split(_text(row, "缺少材料")) if one)
    if state is CaseState.RECTIFICATION and not missing:
        raise BadRow("缺少材料", "状态是补正时要写明缺什么，用顿号隔开")
    moves = _moves(row, state, now)
    steps = tuple(
        CaseStep(CASE_STATE_LABELS[one], one, catalogue.matters[matter].department_id)
        for one in DEFAULT_STEPS
    )
    found = catalogue.matters[matter]
    promised, statutory = limits_of(found)
    case = NewCase(
        number=number,
        matter_id=matter,
        matter_name=found.name,
        applicant_name=_needed(row, "申请人"),
        phone=compact(_needed(row, "电话")),
        credential=compact(_text(row, "证件号码")),
        district_id=district,
        department_id=found.department_id,
        steps=steps,
        promised=promised,
        statutory=statutory,
        opened_at=moves[0][1],
        origin=f"{IMPORT}:{number}",
        department_phone=_text(row, "部门电话") or None,
    )
    if not case.phone.isdigit():
        raise BadRow("电话", "要写数字，身份核对用它的后四位")
    return CaseLine(
        case, state, moves, _text(row, "说明"), missing if state is CaseState.RECTIFICATION else ()
    )


def way(seen: CaseState, to: CaseState) -> tuple[CaseState, ...] | None:
    """Return the shortest row of moves from `seen` to `to`, None when there is none.

    It never passes through a pause: nobody has said that there was one.
    """
    ways: list[tuple[CaseState, ...]] = [()]
    reached = {seen}
    while ways:
        walked = ways.pop(0)
        here = walked[-1] if walked else seen
        order = list(CaseState)
        for following in sorted(ALLOWED_CASE_TRANSITIONS[here] - reached, key=order.index):
            if following is to:
                return (*walked, to)
            reached.add(following)
            if following not in PAUSED_STATES:
                ways.append((*walked, following))
    return None


def _moves(
    row: Mapping[str, Cell], state: CaseState, now: datetime
) -> tuple[tuple[CaseState, datetime], ...]:
    received = _moment(row, "收件时间")
    if received is None:
        raise BadRow("收件时间", "没有填")
    accepted = _moment(row, "受理时间")
    latest = _moment(row, "状态时间")
    path: Sequence[CaseState] = ()
    if state is not CaseState.RECEIVED:
        begin = CaseState.ACCEPTED if accepted else CaseState.RECEIVED
        after = () if state is begin else way(begin, state)
        if after is None:
            raise BadRow("状态", f"受理之后不会是“{CASE_STATE_LABELS[state]}”")
        path = (CaseState.ACCEPTED, *after) if accepted else after
    between = accepted or received
    moments = [between for _ in path]
    if path and latest is not None:
        moments[-1] = latest
    whole = [received, *moments]
    if whole != sorted(whole):
        raise BadRow("受理时间" if accepted and accepted < received else "状态时间", "时间倒着走了")
    if whole[-1] > now + SKEW:
        raise BadRow("状态时间" if latest else "收件时间", "时间还没到")
    return tuple(zip((CaseState.RECEIVED, *path), whole, strict=True))


def _moment(row: Mapping[str, Cell], column: str) -> datetime | None:
    value = row.get(column)
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.replace(tzinfo=LOCAL) if value.tzinfo is None else value
    if isinstance(value, date):
        return at_local(value, DAY_ALONE)
    text = re.sub(r"[年月/.]", "-", str(value).strip()).replace("日", "")
    parts = re.fullmatch(
        r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]+(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?)?", text
    )
    wrong = BadRow(column, "不是日期，写成 2026-11-23 或 2026-11-23 10:00")
    if parts is None:
        raise wrong
    year, month, day, hour, minute = parts.groups()
    try:
        clock = time(int(hour), int(minute)) if hour else DAY_ALONE
        return at_local(date(int(year), int(month), int(day)), clock)
    except ValueError:
        raise wrong from None


def _named(text: str, known: Mapping[str, object], column: str) -> str:
    if text in known:
        return text
    fitting = [key for key, one in known.items() if getattr(one, "name", None) == text]
    if len(fitting) != 1:
        raise BadRow(column, f"目录里没有“{text}”，请写目录里的编码或全名" if text else "没有填")
    return fitting[0]


def _needed(row: Mapping[str, Cell], column: str) -> str:
    text = _text(row, column)
    if not text:
        raise BadRow(column, "没有填")
    return text


def _text(row: Mapping[str, Cell], column: str) -> str:
    value = row.get(column)
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a spreadsheet keeps 13800138000 as 13800138000.0
    text = "" if value is None else str(value).strip()
    longest = LONGEST.get(column, 200)
    if len(text) > longest:
        raise BadRow(column, f"超过 {longest} 字")
    return text
