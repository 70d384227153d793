"""The page of a whistle under its secret link: time line, due times, adding words and files."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from anyio.to_thread import run_sync
from jinja2 import Environment
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.bootstrap import App
from bot.documents.ticket_clock_text import ShownClock, moment_text, shown_clocks
from bot.documents.tickets_text import departments_line, step_label
from bot.domain.attachments import (
    MAX_FILE_BYTES,
    MAX_FILES,
    Attachment,
    FileEmpty,
    FileNotTaken,
    FileTooLarge,
    TooManyFiles,
)
from bot.domain.catalogue import Catalogue
from bot.domain.errors import BotError
from bot.domain.ticket_clocks import CLOCK_LABELS, URGENCY_LABELS
from bot.domain.tickets import (
    INTERNAL_EVENTS,
    TICKET_STATE_LABELS,
    Ticket,
    TicketEvent,
    TicketState,
    event_label,
)
from bot.portal.pages import file as file_response
from bot.portal.pages import html, open_pages
from bot.services.papers.file_scan import FileInfected, ScannerAway, check_incoming
from bot.services.tickets.business import (
    BusinessSide,
    NothingSaid,
    TicketOver,
    add_words,
)
from bot.services.tickets.explanation import explained
from bot.services.tickets.files import add_file
from bot.services.tickets.links import by_link, page_path
from bot.services.tickets.office import file_of
from bot.services.tickets.steps import UnknownTicket

ADD_PATH = "/whistles/add"
"""Fixed, so that the limit on bodies can name it; the secret travels in the form."""

MAX_BODY_BYTES = 40 * 1024 * 1024
"""More than a file may have: a photo that is too large gets its own sentence."""

LARGER_BODIES = {ADD_PATH: MAX_BODY_BYTES}
MEGABYTE = 1024 * 1024
MAX_FORM_ID = 64

NOTES: Mapping[type[BotError], str] = {
    FileEmpty: "这个文件是空的，没有收。请重新选一个。",
    FileNotTaken: (
        "“{name}”看内容不是照片、PDF、Word 或 Excel，没有收"
        "（改名的程序、带宏的文件不收）。"
        "可以拍照或转成 PDF 再交。"
    ),
    FileTooLarge: (
        "“{name}”有 {size} MB，超过 {most} MB，没有收。照片可以压缩一下，或者分几次交。"
    ),
    FileInfected: "“{name}”里查出病毒，没有收。请先给手机或电脑杀毒，再换一个文件交。",
    ScannerAway: "现在没法检查文件是否安全，“{name}”没有收。请过几分钟再交，或者带到窗口。",
    NothingSaid: "请写几句要补充的话，或者选一个文件。",
    TicketOver: "这张单已经办结，不能再补充。还没解决的话，可以回到对话里重新吹哨。",
    TooManyFiles: (
        "每张单最多收 {files} 个文件，已经满了。可以在对话里说，或者交给联系您的工作人员。"
    ),
}
"""What went wrong, and the way on; what was typed stays in the form."""


@dataclass(frozen=True)
class ShownStep:
    """A line of the time line as the business reads it."""

    at: str
    label: str
    reason: str


def routes(app: App) -> list[Route]:
    """Return the routes under `/whistles`."""
    own = WhistlePage(app, open_pages())
    return [
        Route(ADD_PATH, own.add, methods=["POST"]),
        Route("/whistles/{token}", own.show, methods=["GET"], name="whistle"),
        Route("/whistles/{token}/files/{file:int}", own.download, methods=["GET"]),
    ]


class WhistlePage:
    """Handlers of the page."""

    def __init__(self, app: App, pages: Environment) -> None:
        self._app = app
        self._pages = pages

    async def show(self, request: Request) -> Response:
        """Show the whistle."""
        token = request.path_params["token"]
        is_added = request.query_params.get("added") == "1"
        return await run_sync(lambda: self._page(token, is_added=is_added))

    async def add(self, request: Request) -> Response:
        """Take words and a file; each that is good is kept, whatever is wrong with the other."""
        async with request.form(max_files=1, max_fields=6) as form:
            token, text = _text(form.get("token")), _text(form.get("text"))
            form_id = _text(form.get("form_id"))[:MAX_FORM_ID]
            chosen = form.get("file")
            is_chosen = isinstance(chosen, UploadFile) and bool(chosen.filename)
            content = await chosen.read() if isinstance(chosen, UploadFile) else b""
            name = (chosen.filename or "") if isinstance(chosen, UploadFile) else ""
        given = (name, content) if is_chosen else None
        return await run_sync(lambda: self._add(token, form_id, text, given))

    async def download(self, request: Request) -> Response:
        """Return a file of the whistle."""
        token, number = request.path_params["token"], request.path_params["file"]
        return await run_sync(lambda: self._file(token, number))

    def _side(self) -> BusinessSide:
        app = self._app
        return BusinessSide(app.unit_of_work, app.calendar, app.whistle_rules, app.now())

    def _add(
        self, token: str, form_id: str, text: str, given: tuple[str, bytes] | None
    ) -> Response:
        side = self._side()
        notes, kept_text = [], ""
        try:
            ticket, _ = by_link(side.unit_of_work, token)
        except UnknownTicket:
            return self._missing()
        name, content = given or ("", b"")
        if given is not None:
            try:
                check_incoming(self._app.scanner, content)
                add_file(side, token=token, name=name, content=content)
            except tuple(NOTES) as error:
                notes.append(_note(error, name))
        if text or given is None:
            try:
                # the same form sent twice adds once
                origin = hashlib.sha256(f"{token}:{form_id}:{text}".encode()).hexdigest()
                add_words(side, number=ticket.number, text=text, origin=f"page:{origin}")
            except tuple(NOTES) as error:
                notes.append(_note(error, name))
                kept_text = text
        if notes:
            return self._page(token, note="".join(dict.fromkeys(notes)), text=kept_text, status=422)
        return RedirectResponse(f"{page_path(token)}?added=1", status_code=303)

    def _file(self, token: str, number: int) -> Response:
        try:
            ticket, _ = by_link(self._app.unit_of_work, token)
            with self._app.unit_of_work() as uow:
                found, content = file_of(uow, ticket, number)
        except UnknownTicket:
            return self._missing()
        return file_response(content, found.media_type, found.name)

    def _page(
        self,
        token: str,
        *,
        note: str = "",
        text: str = "",
        is_added: bool = False,
        status: int = 200,
    ) -> Response:
        try:
            ticket, files = by_link(self._app.unit_of_work, token)
        except UnknownTicket:
            return self._missing()
        side, now = self._side(), self._app.now()
        with side.unit_of_work() as uow:
            clocks = explained(ticket, side.timing(uow), now)
        shown = shown_clocks(clocks, self._app.catalogue, now)
        page = self._pages.get_template("whistle.html")
        values = self._values(token, ticket, files, shown, now)
        body = page.render(**values, note=note, text=text, is_added=is_added)
        return html(body, status)

    def _values(
        self,
        token: str,
        ticket: Ticket,
        files: Sequence[Attachment],
        clocks: Sequence[ShownClock],
        now: datetime,
    ) -> dict[str, object]:
        catalogue = self._app.catalogue
        return {
            "token": token,
            "form_id": f"{len(ticket.events)}-{now:%H%M%S%f}",
            "ticket": ticket,
            "state": TICKET_STATE_LABELS[ticket.state],
            "urgency": URGENCY_LABELS[ticket.urgency],
            "district": catalogue.district(ticket.district_id).name,
            "departments": departments_line(
                ticket.departments, catalogue, is_proposed=ticket.is_proposed
            ),
            "clocks": clocks,
            "steps": [
                _step(one, catalogue) for one in ticket.events if one.kind not in INTERNAL_EVENTS
            ],
            "files": files,
            "is_waiting": ticket.state is TicketState.WAITING,
            "as_of": moment_text(now),
            "most_mb": MAX_FILE_BYTES // MEGABYTE,
            "add_path": ADD_PATH,
        }

    def _missing(self) -> Response:
        return html(self._pages.get_template("whistle_missing.html").render(), 404)


def _step(event: TicketEvent, catalogue: Catalogue) -> ShownStep:
    label, reason = event_label(event), event.reason
    if event.clock is not None:
        label, reason = f"{label}：{CLOCK_LABELS[event.clock]}", ""
    label = step_label(label, event.department_id, event.days, catalogue)
    return ShownStep(moment_text(event.at), label, reason)


def _note(error: BotError, name: str) -> str:
    size = error.size / MEGABYTE if isinstance(error, FileTooLarge) else 0.0
    return NOTES[type(error)].format(
        name=name[:40], size=f"{size:.1f}", most=MAX_FILE_BYTES // MEGABYTE, files=MAX_FILES
    )


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
