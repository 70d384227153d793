"""The page behind a review code: levels, reasons, and the last digits of a telephone number."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from anyio.to_thread import run_sync
from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.bootstrap import App
from bot.domain.errors import BotError
from bot.domain.review_codes import (
    MOST_FAILURES,
    CodeLocked,
    CodeUsed,
    NotYours,
    ReviewCode,
    UnknownCode,
)
from bot.domain.reviews import (
    MAX_COMMENT_LENGTH,
    AlreadyRated,
    BadLevel,
    Rating,
    RatingClosed,
    TargetKind,
    UnknownTarget,
)
from bot.domain.short_links import TooManyLookups
from bot.portal.downloads import client_of
from bot.portal.open_site import open_site_pages
from bot.portal.pages import html
from bot.services.reviews.codes import CodedReview, ReviewSite, look_up, review_by_code
from bot.store.review_texts import load_reasons

PATH = "/review/{code}"
MAX_CODE = 40
KINDS: Mapping[TargetKind, str] = {
    TargetKind.CASE: "办件",
    TargetKind.BOOKING: "帮办代办",
    TargetKind.TICKET: "诉求办理",
    TargetKind.CONVERSATION: "咨询",
}
GONE: Mapping[type[BotError], tuple[str, HTTPStatus]] = {
    UnknownCode: (
        "没有这个评价码，或者已经过了 30 天。请核对一下，或者到窗口重新要一张。",
        HTTPStatus.NOT_FOUND,
    ),
    CodeUsed: ("这件已经用这个码评过了，一件只能评一次。", HTTPStatus.CONFLICT),
    AlreadyRated: ("这件已经评过了，一件只能评一次。", HTTPStatus.CONFLICT),
    CodeLocked: (
        f"后四位输错了 {MOST_FAILURES} 次，这个码不能再用了。请到窗口重新要一张。",
        HTTPStatus.FORBIDDEN,
    ),
    RatingClosed: ("评价的时间已经过了。有意见可以跟小二说“我要投诉”。", HTTPStatus.CONFLICT),
    UnknownTarget: ("这件已经查不到了，没法评。", HTTPStatus.NOT_FOUND),
    TooManyLookups: ("从这个网络试错的码太多了，请过一个小时再试。", HTTPStatus.TOO_MANY_REQUESTS),
}
"""After these the code opens no form."""

AGAIN: Mapping[type[BotError], str] = {
    NotYours: "这一件不是用这个手机号办的，只有本人能评。请再核对一下后四位。",
    BadLevel: "请选一个等级。",
}
"""After these the form comes back with what was chosen."""


def routes(app: App) -> list[Route]:
    """Return the routes of the page."""
    own = ReviewPage(app, open_site_pages(app))
    return [
        Route(PATH, own.show, methods=["GET"], name="review"),
        Route(PATH, own.send, methods=["POST"]),
    ]


class ReviewPage:
    """Handlers of the page."""

    def __init__(self, app: App, pages: Environment) -> None:
        self._app = app
        self._pages = pages
        self._reasons = load_reasons(app.settings.data_dir / "services")
        self._site = ReviewSite(app.unit_of_work, app.calendar, app.catalogue, app.whistle_rules)

    async def show(self, request: Request) -> Response:
        """Show the form, or why there is none."""
        return await run_sync(self._form, request, "", {})

    async def send(self, request: Request) -> Response:
        """Write the review."""
        async with request.form(max_files=0, max_fields=20) as form:
            typed = {
                name: [one for one in form.getlist(name) if isinstance(one, str)] for name in form
            }
        return await run_sync(self._send, request, typed)

    def _send(self, request: Request, typed: Mapping[str, Sequence[str]]) -> Response:
        level = (typed.get("level") or [""])[0]
        known = {one for kind in self._reasons.values() for one in kind}
        chosen = [one for one in typed.get("reason") or () if one in known]
        words = (typed.get("comment") or [""])[0].strip()
        given = CodedReview(
            code=request.path_params["code"][:MAX_CODE],
            digits=(typed.get("digits") or [""])[0].strip(),
            level=int(level) if level in set("12345") else 0,
            comment="；".join([*chosen, words] if words else chosen)[:MAX_COMMENT_LENGTH],
        )
        try:
            done = review_by_code(self._site, given, client=client_of(request), now=self._app.now())
        except tuple(AGAIN) as error:
            return self._form(request, AGAIN[type(error)], typed)
        except tuple(GONE) as error:
            return self._gone(error)
        return self._done(done)

    def _form(self, request: Request, note: str, typed: Mapping[str, Sequence[str]]) -> Response:
        code = request.path_params["code"][:MAX_CODE]
        try:
            found: ReviewCode = look_up(
                self._app.unit_of_work, code=code, client=client_of(request), now=self._app.now()
            )
        except tuple(GONE) as error:
            return self._gone(error)
        levels = self._app.catalogue.service_rules.review.levels
        page = self._pages.get_template("review_page.html").render(
            here="review",
            kind=KINDS[found.target_kind],
            levels=sorted(levels, key=lambda one: -one.score),
            reasons=self._reasons,
            longest=MAX_COMMENT_LENGTH,
            note=note,
            typed=typed,
        )
        return html(page, HTTPStatus.CONFLICT if note else HTTPStatus.OK)

    def _gone(self, error: BotError) -> Response:
        words, status = GONE[type(error)]
        page = self._pages.get_template("review_done.html").render(
            here="review", title="评不了", words=words
        )
        return html(page, status)

    def _done(self, done: Rating) -> Response:
        page = self._pages.get_template("review_thanks.html").render(
            here="review", due_on=done.rectification_due_on
        )
        return html(page)
