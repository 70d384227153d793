"""Talks with business on the open page: what is announced, signing up, asking, answers."""

from collections.abc import Callable, Mapping
from http import HTTPStatus

from anyio.to_thread import run_sync
from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.bootstrap import App
from bot.domain.errors import BotError
from bot.domain.meetings import (
    LONGEST,
    LONGEST_NAME,
    SHORTEST,
    AlreadySigned,
    BadQuestion,
    BadSignup,
    MeetingClosed,
    MeetingKind,
    TooMuchAtOnce,
    UnknownMeeting,
)
from bot.portal.downloads import client_of
from bot.portal.open_site import open_site_pages
from bot.portal.pages import html
from bot.services.meetings import meetings
from bot.services.times.local_time import LOCAL, local_day

PATH = "/open/talks"
ONE = f"{PATH}/{{talk:int}}"
KINDS: Mapping[MeetingKind, str] = {
    MeetingKind.MEETING: "座谈会",
    MeetingKind.CONSULTATION: "征求意见",
}
NOTES: Mapping[type[BotError], tuple[str, HTTPStatus]] = {
    AlreadySigned: ("这个手机号已经报过名了，不用再报。", HTTPStatus.CONFLICT),
    BadQuestion: (
        f"问题要写 {SHORTEST} 到 {LONGEST} 个字，您写的还在下面。",
        HTTPStatus.CONFLICT,
    ),
    BadSignup: ("请写姓名和 11 位手机号，并勾选同意。", HTTPStatus.CONFLICT),
    MeetingClosed: ("已经截止或者取消了，下面是答复。", HTTPStatus.CONFLICT),
    TooMuchAtOnce: (
        "从这个网络来的太多了，请过一个小时再试。您写的还在下面。",
        HTTPStatus.TOO_MANY_REQUESTS,
    ),
}
THANKS: Mapping[str, str] = {
    "signed": "报好名了，到时候见。不能来也没关系，不用另外说。",
    "asked": "问题收到了。跟别的问题归到一起以后，答复会公开在这一页。",
}


def routes(app: App) -> list[Route]:
    """Return the routes under `/open/talks`."""
    own = OpenTalks(app, open_site_pages(app))
    return [
        Route(PATH, own.show_list, methods=["GET"], name="open_talks"),
        Route(ONE, own.show, methods=["GET"]),
        Route(f"{ONE}/signups", own.sign_up, methods=["POST"]),
        Route(f"{ONE}/questions", own.ask, methods=["POST"]),
    ]


class OpenTalks:
    """Handlers of the pages."""

    def __init__(self, app: App, pages: Environment) -> None:
        self._app = app
        self._pages = pages

    async def show_list(self, _request: Request) -> Response:
        """Show what was announced."""
        return await run_sync(self._list)

    async def show(self, request: Request) -> Response:
        """Show one."""
        done = THANKS.get(request.query_params.get("done", ""), "")
        return await run_sync(self._one, request, done, {})

    async def sign_up(self, request: Request) -> Response:
        """Put somebody on the list."""
        typed = await _read(request)

        def write(talk: int) -> None:
            if not typed.get("agreed"):
                raise BadSignup
            meetings.sign_up(
                self._app.unit_of_work,
                talk,
                name=typed.get("name", ""),
                phone=typed.get("phone", ""),
                client=client_of(request),
                now=self._app.now(),
            )

        return await run_sync(self._write, request, write, typed, "signed")

    async def ask(self, request: Request) -> Response:
        """Write a question."""
        typed = await _read(request)

        def write(talk: int) -> None:
            meetings.ask(
                self._app.unit_of_work,
                talk,
                text=typed.get("question", ""),
                client=client_of(request),
                now=self._app.now(),
            )

        return await run_sync(self._write, request, write, typed, "asked")

    def _write(
        self,
        request: Request,
        write: Callable[[int], None],
        typed: Mapping[str, str],
        done: str,
    ) -> Response:
        talk = request.path_params["talk"]
        try:
            write(talk)
        except UnknownMeeting:
            return self._missing()
        except tuple(NOTES) as error:
            note, status = NOTES[type(error)]
            return self._one(request, note, typed, status=status)
        return RedirectResponse(f"{PATH}/{talk}?done={done}", status_code=303)

    def _list(self) -> Response:
        with self._app.reading() as unit:
            found = unit.meetings.newest(meetings.SHOWN)
        page = self._pages.get_template("open_talks.html").render(
            here="talks", found=found, kinds=KINDS, today=local_day(self._app.now()), local=LOCAL
        )
        return html(page)

    def _one(
        self,
        request: Request,
        note: str,
        typed: Mapping[str, str],
        *,
        status: HTTPStatus = HTTPStatus.OK,
    ) -> Response:
        with self._app.reading() as unit:
            found = unit.meetings.by_id(request.path_params["talk"])
            answers = () if found is None else unit.meetings.answers(found.id)
        if found is None:
            return self._missing()
        page = self._pages.get_template("open_talk.html").render(
            here="talks",
            one=found,
            answers=answers,
            kinds=KINDS,
            is_open=found.is_open(local_day(self._app.now())),
            local=LOCAL,
            note=note,
            is_bad=status is not HTTPStatus.OK,
            typed=typed,
            longest=LONGEST,
            longest_name=LONGEST_NAME,
        )
        return html(page, status)

    def _missing(self) -> Response:
        words = "没有这一场，可能是地址不全。现在有哪些，看上面的“政企沟通”。"
        page = self._pages.get_template("review_done.html").render(
            here="talks", title="没找到", words=words
        )
        return html(page, HTTPStatus.NOT_FOUND)


async def _read(request: Request) -> Mapping[str, str]:
    async with request.form(max_files=0, max_fields=10) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}
