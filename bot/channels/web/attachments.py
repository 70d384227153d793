"""Files of the web chat: taken in, given back to their sender, shown at the desk."""

import re
from collections.abc import Mapping

import anyio
from starlette.datastructures import UploadFile
from starlette.requests import Request

from bot.bootstrap import App
from bot.channels.web.errors import ApiError
from bot.domain.attachments import (
    MAX_FILE_BYTES,
    FileEmpty,
    FileNotTaken,
    FileTooLarge,
    TooManyFiles,
)
from bot.domain.conversations import Accepted, Conversation, Reply, TooManyMessages
from bot.domain.desk_files import SentFile
from bot.domain.errors import BotError
from bot.hub.files import FileAway
from bot.services.conversations.files import MOST_FILES, keep_file, read_file
from bot.services.papers.file_scan import FileInfected, ScannerAway, check_incoming
from bot.services.tickets.business import BusinessSide
from bot.services.tickets.chat_files import put_to_whistle
from bot.store.chat_file_texts import load_chat_file_words

PATH = "/api/chat/attachments"
LARGER_BODIES = {PATH: 40 * 1024 * 1024}
"""More than a file may have: a photo that is too large gets its own sentence."""

MEGABYTE = 1024 * 1024
MAX_SHOWN_NAME = 40
_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_REFUSED: Mapping[type[BotError], str] = {
    FileEmpty: "file_empty",
    FileNotTaken: "file_not_taken",
    FileTooLarge: "file_too_large",
    TooManyFiles: "too_many_files",
    FileInfected: "file_infected",
    ScannerAway: "file_unchecked",
}
_LATER = "file_unchecked"


class WebFiles:
    """See `bot.hub.files.FileSource`; also gives people what they handed in themselves."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._words = load_chat_file_words(app.settings.data_dir / "services" / "chat_files.yml")

    async def read(self, file_id: str) -> bytes:
        """Return the content of a file; raises `FileAway`."""
        if not file_id.isdecimal() or len(file_id) > 10:  # noqa: PLR2004 - longer than any id
            raise FileAway
        found = await self._load(int(file_id), None)
        if found is None:
            raise FileAway
        return found.content

    async def read_own(self, file_id: int, conversation: Conversation) -> SentFile:
        """Return a file of this conversation; raises `ApiError`."""
        found = await self._load(file_id, conversation.id)
        if found is None:
            raise ApiError(404, "not_found")
        return found

    async def take(self, request: Request, conversation: Conversation, told: Reply) -> Accepted:
        """Keep the file in a form; raises `ApiError`."""
        async with request.form(max_files=1, max_fields=2) as form:
            given, client_id = form.get("file"), form.get("client_id")
            if not isinstance(given, UploadFile) or not isinstance(client_id, str):
                raise ApiError(422, "bad_request")
            name, content = given.filename or "", await given.read()
        if not _CLIENT_ID.fullmatch(client_id):
            raise ApiError(422, "bad_client_id")

        def store() -> Accepted:
            app, now = self._app, self._app.now()
            check_incoming(app.scanner, content)
            in_whistle = put_to_whistle(
                BusinessSide(app.unit_of_work, app.calendar, app.whistle_rules, now),
                self._words,
                conversation_id=conversation.id,
                name=name,
                content=content,
            )
            return keep_file(
                app.unit_of_work,
                conversation_id=conversation.id,
                client_id=client_id,
                name=name,
                content=content,
                told=in_whistle or told,
                now=now,
            )

        try:
            return await anyio.to_thread.run_sync(store)
        except tuple(_REFUSED) as error:
            raise _refusal(error, name) from error
        except TooManyMessages as error:
            raise ApiError(429, "too_many_messages") from error

    async def _load(self, file_id: int, conversation_id: str | None) -> SentFile | None:
        return await anyio.to_thread.run_sync(
            lambda: read_file(
                self._app.unit_of_work, file_id=file_id, conversation_id=conversation_id
            )
        )


def _refusal(error: BotError, name: str) -> ApiError:
    size = error.size / MEGABYTE if isinstance(error, FileTooLarge) else 0.0
    code = _REFUSED[type(error)]
    return ApiError(
        503 if code == _LATER else 422,
        code,
        name=name[:MAX_SHOWN_NAME] or "文件",
        size=f"{size:.1f}",
        most=MAX_FILE_BYTES // MEGABYTE,
        files=MOST_FILES,
    )
