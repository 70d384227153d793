"""Public pages: the chat page, and what later pages add."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

from bot.domain.attachments import MAX_FILE_BYTES
from bot.domain.conversations import MAX_TEXT_LENGTH
from bot.domain.hub_texts import HubTexts
from bot.portal import widget
from bot.services.ports import OpenUnitOfWork
from bot.settings import Settings

HERE = Path(__file__).parent


def routes(texts: HubTexts, settings: Settings, reading: OpenUnitOfWork) -> list[BaseRoute]:
    """Return the routes of the public pages.

    Args:
        texts: Welcome and starter buttons of the chat page.
        settings: Who may embed the widget.
        reading: Opens units that read the switches.

    Raises:
        BadSetting: The list of sites that may embed the widget cannot be read.
    """
    templates = Jinja2Templates(HERE / "templates")
    context = {
        "welcome": texts.welcome,
        "starters": texts.starters,
        "stop_waiting": texts.stop_waiting,
        "max_length": MAX_TEXT_LENGTH,
        "max_file_mb": MAX_FILE_BYTES // (1024 * 1024),
    }

    async def chat(request: Request) -> Response:
        values = {**context, "is_widget": False, "origins": "[]"}
        return templates.TemplateResponse(request, "chat.html", values, headers=widget.SPEAKING)

    return [
        Route("/", chat, name="chat"),
        *widget.routes(settings, templates, context, widget.WhenOff(texts.switches, reading)),
        Mount("/static/portal", StaticFiles(directory=HERE / "static"), name="portal_static"),
    ]
