"""Public pages: the chat page, and what later pages add."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

from bot.domain.conversations import MAX_TEXT_LENGTH
from bot.domain.hub_texts import HubTexts

HERE = Path(__file__).parent


def routes(texts: HubTexts) -> list[BaseRoute]:
    """Return the routes of the public pages.

    Args:
        texts: Welcome and starter buttons of the chat page.
    """
    templates = Jinja2Templates(HERE / "templates")

    async def chat(request: Request) -> Response:
        context = {
            "welcome": texts.welcome,
            "starters": texts.starters,
            "stop_waiting": texts.stop_waiting,
            "max_length": MAX_TEXT_LENGTH,
        }
        return templates.TemplateResponse(request, "chat.html", context)

    return [
        Route("/", chat, name="chat"),
        Mount("/static/portal", StaticFiles(directory=HERE / "static"), name="portal_static"),
    ]
