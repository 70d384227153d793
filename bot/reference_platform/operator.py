"""The reference platform's page for people: moves cases, and lets things go wrong."""

from pathlib import Path
from urllib.parse import parse_qs

from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.domain.cases import CASE_STATE_LABELS
from bot.reference_platform.bodies import json_answer, read_object
from bot.reference_platform.faults import KINDS
from bot.reference_platform.reference import Reference
from bot.reference_platform.rows import NoSuchCase
from bot.reference_platform.store import MoveRefused


class Operator:
    """The page on which a case is moved by hand; loopback only, without accounts."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        folder = Path(__file__).parent / "templates"
        loader = FileSystemLoader(folder)
        self._pages = Environment(loader=loader, autoescape=select_autoescape())

    async def show(self, _request: Request) -> Response:
        """Show all cases."""
        return self._page("")

    async def move(self, request: Request) -> Response:
        """Move one."""
        if not _is_own_page(request):
            return Response("", status_code=403)
        fields = parse_qs((await request.body()).decode())
        one = {name: values[0] for name, values in fields.items()}
        try:
            self._reference.store.move(
                one.get("number", ""),
                one.get("state", ""),
                self._reference.now(),
                text=one.get("text", ""),
                missing=[line for line in one.get("missing", "").split("、") if line],
                is_forced="forced" in one,
            )
        except (NoSuchCase, MoveRefused) as error:
            return self._page(str(error))
        return RedirectResponse("/", status_code=303)

    async def set_fault(self, request: Request) -> Response:
        """Let something go wrong: `{"kind", "times", "seconds"}`."""
        wanted = read_object(await request.body())
        if wanted.get("kind") not in KINDS or self._reference.faults is None:
            return json_answer(422, {"kinds": sorted(KINDS)})
        times, seconds = int(wanted.get("times", 1)), float(wanted.get("seconds", 40))
        self._reference.faults.set(str(wanted["kind"]), times, seconds)
        return json_answer(200, {"set": wanted["kind"]})

    def _page(self, note: str) -> Response:
        cases = self._reference.store.all_cases()
        html = self._pages.get_template("operator.html").render(
            cases=cases, labels=CASE_STATE_LABELS.values(), note=note
        )
        return HTMLResponse(html, status_code=409 if note else 200)


def _is_own_page(request: Request) -> bool:
    origin = request.headers.get("origin")
    return origin is None or origin == f"{request.url.scheme}://{request.url.netloc}"
