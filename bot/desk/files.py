"""Files that agents send: taken in from the desk, given out under an address with a secret."""

from urllib.parse import quote

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.context import Desk
from bot.desk.errors import BadRequest, error_response
from bot.desk.guard import Endpoint, agent_of, check_origin
from bot.domain.desk_files import MAX_FILE_BYTES, check_file
from bot.domain.errors import BotError
from bot.services.desk import sending as desk_sending

UPLOAD = "/desk/api/files"
MAX_BODY_BYTES = MAX_FILE_BYTES + 64 * 1024
LARGER_BODIES = {UPLOAD: MAX_BODY_BYTES}
"""Paths that take a file, for the limit on request bodies."""


def upload(desk: Desk) -> Endpoint:
    """Take a file (form fields `conversation` and `file`), check its content, send it."""

    async def endpoint(request: Request) -> Response:
        try:
            check_origin(request)
            agent = await agent_of(desk, request, is_active=True)
            async with request.form(max_files=1, max_fields=2) as form:
                given, conversation = form.get("file"), form.get("conversation")
                if not isinstance(given, UploadFile) or not isinstance(conversation, str):
                    raise BadRequest
                name, content = given.filename or "", await given.read(MAX_FILE_BYTES + 1)
            file = await run_in_threadpool(check_file, name, content)
            await run_in_threadpool(desk.scanner.check, content)
            message_id = await run_in_threadpool(
                lambda: desk_sending.send_file(
                    desk.unit_of_work,
                    conversation_id=conversation,
                    agent_id=agent.id,
                    file=file,
                    now=desk.now(),
                    texts=desk.texts,
                )
            )
        except BotError as error:
            return error_response(error)
        desk.wake(request, conversation)
        answer = msgspec.json.encode({"message_id": message_id, "name": file.name})
        return Response(answer, media_type="application/json")

    return endpoint


def download(desk: Desk) -> Endpoint:
    """Give a file to whoever has its address; never shown inside a page of ours."""

    async def endpoint(request: Request) -> Response:
        token = request.path_params["token"]
        found = await run_in_threadpool(desk_sending.read_file, desk.unit_of_work, token)
        if found is None:
            return Response(desk.texts.file_gone, status_code=404, media_type="text/plain")
        return Response(
            found.content,
            media_type=found.media_type,
            headers={
                "content-disposition": f"attachment; filename*=UTF-8''{quote(found.name)}",
                "x-content-type-options": "nosniff",
                "cache-control": "private, no-store",
            },
        )

    return endpoint
