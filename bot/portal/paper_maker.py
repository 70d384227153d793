"""Gets documents made once: by the worker, kept in the database, given again when asked again."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine, Hashable
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from anyio.to_thread import run_sync

from bot.bootstrap import App
from bot.documents import jobs
from bot.documents.check import FOLDER, PROVIDERS
from bot.documents.form_paper import form_paper
from bot.documents.notice import compose_notice, load_providers
from bot.documents.receipt import compose_receipt
from bot.documents.seal_file import SealFile, find_seal
from bot.documents.verdicts import SealReading
from bot.documents.worker import PaperWorker
from bot.domain.issued import IssuedDocument, PaperKind, Seal, fingerprint
from bot.domain.plans import SavedPlan
from bot.domain.signing import Signature
from bot.domain.single_form import FilledForm
from bot.services.applications.form_checks import Checks
from bot.services.papers.issuing import find_issued, keep_issued, new_number
from bot.services.papers.short_links import make_short_link
from bot.services.plans.form import form_of_plan
from bot.services.plans.snapshot import read_snapshot
from bot.services.times.local_time import local_day

MAX_PICTURES = 64
"""Kept in memory; about half a megabyte each at most."""

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

Made = TypeVar("Made")


class PaperMaker:
    """Makes the documents of plans.

    Args:
        app: Data, settings and clock.
        worker: Where the heavy work is done.
    """

    def __init__(self, app: App, worker: PaperWorker) -> None:
        self._app = app
        self._worker = worker
        self._folder = app.settings.data_dir / FOLDER
        self._pictures: OrderedDict[Hashable, bytes] = OrderedDict()
        self._running: dict[Hashable, asyncio.Task[Any]] = {}

    @property
    def _seal(self) -> SealFile:
        settings = self._app.settings
        return find_seal(settings.state_dir, settings.seal_p12, settings.seal_password)

    async def picture(self, saved: SavedPlan, wanted: str) -> bytes:
        """Return the plan as "png" or "svg"; drawn once for what the plan says now."""
        key = (_digest(saved.snapshot), wanted)
        found = self._pictures.get(key)
        if found is None:
            plan = read_snapshot(saved.snapshot)
            found = await self._once(key, lambda: self._worker.run(jobs.picture, plan, wanted))
            self._pictures[key] = found
            while len(self._pictures) > MAX_PICTURES:
                self._pictures.popitem(last=False)
        self._pictures.move_to_end(key)
        return found

    async def calendar(self, saved: SavedPlan) -> bytes:
        """Return the due dates; light, but icalendar need not live in the hub."""
        plan = read_snapshot(saved.snapshot)
        # no address in it: calendars are shared, and the plan's link is a secret
        return await self._worker.run(jobs.calendar, saved, plan, "", self._app.now())

    async def notice(self, saved: SavedPlan) -> IssuedDocument:
        """Return the sealed notice of what the plan says now."""
        seal = self._seal
        parts = [saved.snapshot, *self._files(jobs.NOTICE, PROVIDERS), _read(seal.path)]
        return await self._issued(
            PaperKind.NOTICE, saved, _digest(*parts), lambda number: self._notice(saved, number)
        )

    async def form(self, saved: SavedPlan) -> tuple[FilledForm, IssuedDocument]:
        """Return the single form as it is filled in now, and its Word file."""
        filled = await run_sync(self.filled_form, saved)
        templates = sorted(self._folder.glob("single_form*.docx"))
        version = _digest(filled.form.id, dict(filled.values), *map(_read, templates))

        async def make(number: str) -> tuple[bytes, str, Seal | None]:
            today = local_day(self._app.now()).isoformat()
            paper = form_paper(filled, number=number, made_on=today)
            made = await self._worker.run(jobs.word, paper, self._folder)
            return made, WORD, None

        return filled, await self._issued(PaperKind.FORM, saved, version, make)

    async def receipt(
        self, saved: SavedPlan, signature: Signature, form_title: str
    ) -> IssuedDocument:
        """Return the sealed receipt of a signature; made once and never again."""
        title = read_snapshot(saved.snapshot).title

        async def make(number: str) -> tuple[bytes, str, Seal | None]:
            now = self._app.now()
            content = compose_receipt(
                signature,
                number=number,
                issued_on=local_day(now).isoformat(),
                form_title=form_title,
                plan_title=title,
                verify_url=self._verify_url(number),
            )
            made = await self._worker.run(
                jobs.receipt, content, signature.image, self._folder, self._seal, now
            )
            return made.content, PDF, made.seal

        version = _digest("signature", signature.id)
        return await self._issued(PaperKind.RECEIPT, saved, version, make)

    async def reading(self, content: bytes) -> SealReading:
        """Return what the seal of a stranger's file says."""
        return await self._worker.run(jobs.reading, content)

    async def is_drawing(self, image: bytes) -> bool:
        """Tell whether a PNG is a drawn signature."""
        return await self._worker.run(jobs.is_drawing, image)

    def filled_form(self, saved: SavedPlan) -> FilledForm:
        """Return the single form of a plan; reads the database."""
        app = self._app
        return form_of_plan(
            app.unit_of_work,
            saved,
            forms=app.forms,
            catalogue=app.catalogue,
            checks=Checks(app.now(), app.calendar),
        )

    async def _notice(self, saved: SavedPlan, number: str) -> tuple[bytes, str, Seal | None]:
        now = self._app.now()
        code = await run_sync(make_short_link, self._app.unit_of_work, saved, now)
        content = compose_notice(
            read_snapshot(saved.snapshot),
            load_providers(self._folder / PROVIDERS),
            number=number,
            issued_on=local_day(now).isoformat(),
            plan_url=f"{self._app.settings.base_url}/s/{code}",
            verify_url=self._verify_url(number),
        )
        made = await self._worker.run(jobs.notice, content, self._folder, self._seal, now)
        return made.content, PDF, made.seal

    async def _issued(
        self,
        kind: PaperKind,
        saved: SavedPlan,
        version: str,
        make: Callable[[str], Awaitable[tuple[bytes, str, Seal | None]]],
    ) -> IssuedDocument:
        async def find_or_make() -> IssuedDocument:
            def find() -> IssuedDocument | None:
                return find_issued(
                    self._app.unit_of_work, kind=kind, plan_id=saved.id, version=version
                )

            kept = await run_sync(find)
            if kept is not None:
                return kept
            now = self._app.now()
            number = new_number(kind, now)
            content, media_type, seal = await make(number)
            document = IssuedDocument(
                number=number,
                kind=kind,
                plan_id=saved.id,
                version=version,
                sha256=fingerprint(content),
                media_type=media_type,
                seal=seal,
                issued_at=now,
                content=content,
            )
            return await run_sync(keep_issued, self._app.unit_of_work, document)

        return await self._once((kind, saved.id, version), find_or_make)

    async def _once(self, key: Hashable, make: Callable[[], Coroutine[Any, Any, Made]]) -> Made:
        """Do what several ask for at the same time only once."""
        task: asyncio.Task[Made] | None = self._running.get(key)
        if task is None:
            task = asyncio.create_task(make())
            self._running[key] = task
            task.add_done_callback(lambda _: self._running.pop(key, None))
        # whoever goes away does not take the document from the others
        return await asyncio.shield(task)

    def _verify_url(self, number: str) -> str:
        return f"{self._app.settings.base_url}/verify/{number}"

    def _files(self, *names: str) -> list[bytes]:
        styles = sorted(path.name for path in self._folder.glob("*.css"))
        return [_read(self._folder / name) for name in (*names, jobs.SEAL_ART, *styles)]


def _read(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _digest(*parts: Any) -> str:
    digest = hashlib.sha256()
    for part in parts:
        plain = part if isinstance(part, bytes) else msgspec.json.encode(part, order="sorted")
        digest.update(f"{len(plain)}:".encode() + plain)
    return digest.hexdigest()
