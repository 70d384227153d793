"""The auditor's page: the log with filters, its export, its anchor, and the check of its seals."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse

from bot.desk.context import Desk
from bot.desk.guard import Fields, one
from bot.documents.case_table import neutral
from bot.domain.audit import AuditEntry, BadAnchor, SealedEntry, read_anchors
from bot.domain.audit_chain import Verdict
from bot.domain.halls import at_local, to_local
from bot.domain.people import Agent
from bot.services.accounts.audit import current_anchor, verify_log, walk_filtered
from bot.services.accounts.audit_ports import AuditFilter

PAGE = 100
MAX_ID_DIGITS = 18
HEADINGS = ("序号", "时间", "人员编号", "人员", "动作", "动作代码", "对象", "说明", "封印")


def show(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return the newest entries that are asked for."""
    return _show(desk, agent, request.query_params)


def verify(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Check the whole log, and against anchors that were kept elsewhere when some are given."""
    try:
        anchors = read_anchors(one(fields, "anchors"))
    except BadAnchor:
        note = "锚点的格式不对，每行是一个序号、一个空格和 64 位封印。"
        return _show(desk, agent, request.query_params, note=note)
    verdict = verify_log(desk.unit_of_work, anchors)
    _note(desk, agent, "audit_verified", verdict.problem or "intact")
    return _show(desk, agent, request.query_params, verdict=verdict, anchors=len(anchors))


def export(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return all entries that are asked for as CSV, with their seals."""
    wanted = _wanted(request.query_params)
    _note(desk, agent, "audit_exported", None)
    headers = {"content-disposition": 'attachment; filename="audit.csv"'}
    names = _names(desk)
    lines = _lines(desk, walk_filtered(desk.unit_of_work, wanted), names)
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


def anchor(desk: Desk, _request: Request, agent: Agent) -> Response:
    """Return where the chain ends now, as a line to be kept elsewhere."""
    _note(desk, agent, "audit_exported", "anchor")
    found = current_anchor(desk.unit_of_work)
    text = "" if found is None else f"# {_local(desk.now())}\n{found.line()}\n"
    headers = {"content-disposition": 'attachment; filename="audit-anchor.txt"'}
    return Response(text, media_type="text/plain; charset=utf-8", headers=headers)


def _show(
    desk: Desk,
    agent: Agent,
    query: QueryParams,
    *,
    note: str = "",
    verdict: Verdict | None = None,
    anchors: int = 0,
) -> Response:
    wanted = _wanted(query)
    with desk.unit_of_work() as unit:
        found = unit.audit.page(wanted, PAGE + 1)
        actions = unit.audit.actions()
        head = unit.audit.head()
        people = unit.people.agents()
    chosen = {name: query.get(name, "") for name in ("agent", "action", "subject", "from", "to")}
    html = desk.templates.get_template("audit.html").render(
        agent=agent,
        note=note,
        entries=found[:PAGE],
        has_more=len(found) > PAGE,
        actions=sorted(actions, key=desk.words.action),
        words=desk.words,
        head=head,
        names={one.id: one.name for one in people},
        people=people,
        subjects={f"agent:{one.id}": f"{one.name}（{one.login}）" for one in people},
        chosen=chosen,
        verdict=verdict,
        anchors=anchors,
        link=lambda path, **changes: f"{path}?" + urlencode({**chosen, **changes}),
    )
    return HTMLResponse(html, status_code=409 if note else 200)


def _wanted(query: QueryParams) -> AuditFilter:
    return AuditFilter(
        agent_id=_number(query.get("agent", "")),
        action=query.get("action", "").strip()[:40] or None,
        subject=query.get("subject", "").strip()[:60] or None,
        since=_day(query.get("from", ""), 0),
        until=_day(query.get("to", ""), 1),
        before_id=_number(query.get("before", "")),
    )


def _number(text: str) -> int | None:
    is_number = text.isascii() and text.isdigit() and len(text) <= MAX_ID_DIGITS
    return int(text) if is_number else None


def _day(text: str, later: int) -> datetime | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return at_local(day + timedelta(days=later), time(0))


def _lines(desk: Desk, found: Iterator[SealedEntry], names: dict[int, str]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield "\ufeff"  # spreadsheets take the file for UTF-8
    writer.writerow(HEADINGS)
    for sealed in found:
        writer.writerow(map(_cell, _row(desk, sealed, names)))
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _row(desk: Desk, sealed: SealedEntry, names: dict[int, str]) -> tuple[object, ...]:
    entry: AuditEntry = sealed.entry
    name = "" if entry.agent_id is None else names.get(entry.agent_id, "")
    return (
        sealed.seq or "",
        _local(entry.at),
        entry.agent_id or "",
        name,
        desk.words.action(entry.action),
        entry.action,
        entry.subject or "",
        entry.detail or "",
        sealed.seal,
    )


def _cell(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return neutral(str(value))


def _local(at: datetime) -> str:
    return to_local(at).strftime("%Y-%m-%d %H:%M:%S")


def _names(desk: Desk) -> dict[int, str]:
    with desk.unit_of_work() as unit:
        return {one.id: one.name for one in unit.people.agents()}


def _note(desk: Desk, agent: Agent, action: str, detail: str | None) -> None:
    with desk.unit_of_work() as unit:
        unit.people.add_audit(AuditEntry(desk.now(), agent.id, action, None, detail))
