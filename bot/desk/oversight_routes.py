"""The addresses of the supervisor's pages and of challenged answers, for `bot.desk.routes`."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.desk import board, challenges, quality, reports
from bot.desk.context import Desk
from bot.desk.guard import Fields, fetch, form, one, page
from bot.domain.conversations import UnknownConversation
from bot.domain.people import Agent
from bot.services.operating.talk_counts import mark_test


def oversight_routes(desk: Desk) -> list[BaseRoute]:
    """Return the routes."""
    marked = "/quality/{conversation_id}"
    return [
        Route("/board", page(desk, board.show), methods=["GET"]),
        Route("/api/board", fetch(desk, board.live), methods=["GET"]),
        Route("/reports", page(desk, reports.show), methods=["GET"]),
        Route("/reports/export", page(desk, reports.export), methods=["GET"]),
        Route("/quality", page(desk, quality.show_list), methods=["GET"]),
        Route(marked, page(desk, quality.show_one), methods=["GET"]),
        Route(marked, form(desk, quality.mark), methods=["POST"]),
        Route(f"{marked}/test", form(desk, _mark_test), methods=["POST"]),
        Route("/challenges", page(desk, challenges.show), methods=["GET"]),
        Route("/challenges/{challenge_id:int}", form(desk, challenges.answer), methods=["POST"]),
    ]


def _mark_test(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    conversation_id = request.path_params["conversation_id"]
    try:
        mark_test(
            desk.unit_of_work,
            conversation_id=conversation_id,
            agent_id=agent.id,
            is_test=bool(one(fields, "is_test")),
            now=desk.now(),
        )
    except UnknownConversation:
        return quality.missing(desk, agent)
    return RedirectResponse(f"{quality.ROOT}/{conversation_id}", status_code=303)
