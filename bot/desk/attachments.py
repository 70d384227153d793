"""Pictures, voices and files that applicants sent, fetched from their platform when looked at."""

from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk.context import Desk
from bot.desk.errors import error_response
from bot.desk.guard import Endpoint, agent_of, login_url
from bot.domain.conversations import Attachment
from bot.domain.errors import BotError
from bot.domain.people import NotAllowed, SessionExpired, StepNeeded
from bot.hub.files import FileAway
from bot.services.desk.reading import find_attachment

SHOWN = frozenset({"image/jpeg", "image/png", "image/webp"})
"""Shown by the browser; everything else is only saved, and never as a page."""


def show(desk: Desk) -> Endpoint:
    """Return the route of one file, for agents who may read the conversation."""

    async def endpoint(request: Request) -> Response:
        try:
            agent = await agent_of(desk, request, is_active=True)
        except SessionExpired:
            return RedirectResponse(login_url(request), status_code=303)
        except (StepNeeded, NotAllowed) as error:
            return error_response(error)

        def find() -> Attachment:
            return find_attachment(
                desk.unit_of_work,
                conversation_id=request.path_params["conversation_id"],
                agent_id=agent.id,
                url=request.url.path,
                now=desk.now(),
            )

        try:
            found = await run_in_threadpool(find)
            source = request.app.state.hub.files.get(request.path_params["channel"])
            if source is None:
                raise FileAway
            content = await source.read(request.path_params["file_id"])
            await run_in_threadpool(desk.scanner.check, content)
        except BotError as error:
            return error_response(error)
        return _file(found, content)

    return endpoint


def _file(found: Attachment, content: bytes) -> Response:
    is_shown = found.media_type in SHOWN
    way = "inline" if is_shown else "attachment"
    return Response(
        content,
        media_type=found.media_type if is_shown else "application/octet-stream",
        headers={
            "Content-Disposition": f"{way}; filename*=UTF-8''{quote(found.title)}",
            "Cache-Control": "private, no-store",
        },
    )
