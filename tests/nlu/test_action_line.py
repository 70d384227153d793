"""A line to the action server says in aiohttp's words that it is gone, whatever closed it."""

import asyncio

import aiohttp
import pytest
import uvloop
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.nlu.action_line import ActionLine
from tests.servers import ServerThread


async def answer(request: Request) -> Response:
    return JSONResponse(await request.json())


def test_a_connection_that_was_closed_before_the_request_is_a_lost_line() -> None:
    """Uvloop raises an error of its own there; Rasa would go on with half a turn."""
    app = Starlette(routes=[Route("/webhook", answer, methods=["POST"])])

    async def talk(url: str) -> None:
        line = ActionLine()
        assert (await line.post(f"{url}/webhook", {}, b"{}", 5.0)).body == b"{}"
        ((connection,),) = line._resting.values()
        connection.transport.abort()
        while not connection._is_over:  # noqa: ASYNC110 - nothing rings for it
            await asyncio.sleep(0)
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await connection.ask(b"POST", 5.0)
        assert (await line.post(f"{url}/webhook", {}, b"[]", 5.0)).body == b"[]"
        line.close()

    server = ServerThread(app)
    server.start()
    try:
        loop = uvloop.new_event_loop()
        loop.run_until_complete(talk(server.url))
        loop.close()
    finally:
        server.stop()
