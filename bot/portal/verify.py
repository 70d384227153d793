"""The public page that says whether a document is genuine: by number, QR code or the file."""

from anyio.to_thread import run_sync
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.documents.verdicts import SealReading, Verdict, judge_file
from bot.domain.issued import IssuedDocument, PaperKind, UnknownDocument, normalise_number
from bot.portal.downloads import client_of
from bot.portal.plan_site import PlanSite
from bot.services.papers.issuing import is_seal_of_ours, issued_as
from bot.services.papers.short_links import document_by_number
from bot.services.times.local_time import LOCAL

PATH = "/verify"
MAX_FILE_BYTES = 8 * 1024 * 1024
MAX_BODY_BYTES = MAX_FILE_BYTES + 64 * 1024

KINDS = {
    PaperKind.NOTICE: "一次性告知单",
    PaperKind.FORM: "一表申请",
    PaperKind.RECEIPT: "签署回执",
}


def routes(site: PlanSite) -> list[Route]:
    """Return the routes of the page."""
    own = VerifyPage(site)
    return [
        Route(PATH, site.guarded(own.ask), methods=["GET"], name="verify"),
        Route(PATH, site.guarded(own.judge), methods=["POST"], name="verify_judge"),
        Route("/verify/{number}", site.guarded(own.by_number), name="verify_number"),
    ]


class VerifyPage:
    """Handlers of the page."""

    def __init__(self, site: PlanSite) -> None:
        self._site = site

    async def ask(self, _request: Request) -> Response:
        """Show the empty page."""
        return self._show(None)

    async def by_number(self, request: Request) -> Response:
        """Answer for the number in the address, where a QR code leads."""
        return await self._number(request, request.path_params["number"])

    async def judge(self, request: Request) -> Response:
        """Answer for the number typed or the file chosen; the file counts when both are given."""
        async with request.form(max_files=1, max_fields=4) as form:
            chosen, typed = form.get("file"), form.get("number")
            if isinstance(chosen, UploadFile) and chosen.filename:
                content = await chosen.read()
                return await self._file(content)
        return await self._number(request, typed if isinstance(typed, str) else "")

    async def _number(self, request: Request, typed: str) -> Response:
        number = normalise_number(typed[:200])
        if number is None:
            return self._show(Verdict.UNKNOWN, typed=typed[:40], status=404)
        app, client = self._site.app, client_of(request)

        def look() -> IssuedDocument | None:
            try:
                return document_by_number(
                    app.unit_of_work, number=number, client=client, now=app.now()
                )
            except UnknownDocument:
                return None

        document = await run_sync(look)
        if document is None:
            return self._show(Verdict.UNKNOWN, typed=number, status=404)
        return self._show(Verdict.ON_RECORD, document=document)

    async def _file(self, content: bytes) -> Response:
        unit_of_work = self._site.app.unit_of_work
        document = await run_sync(issued_as, unit_of_work, content)
        reading = await self._site.maker.reading(content)
        is_ours = reading.found is not None and await run_sync(
            is_seal_of_ours, unit_of_work, reading.found.seal.fingerprint
        )
        verdict = judge_file(document, reading, is_seal_ours=is_ours)
        return self._show(verdict, document=document, reading=reading)

    def _show(
        self,
        verdict: Verdict | None,
        *,
        document: IssuedDocument | None = None,
        reading: SealReading | None = None,
        typed: str = "",
        status: int = 200,
    ) -> Response:
        return self._site.page(
            "verify.html",
            status,
            verdict=verdict.value if verdict else "",
            document=document,
            kind=KINDS[document.kind] if document else "",
            issued_at=f"{document.issued_at.astimezone(LOCAL):%Y-%m-%d %H:%M}" if document else "",
            found=reading.found if reading else None,
            typed=typed,
            max_mb=MAX_FILE_BYTES // (1024 * 1024),
        )
