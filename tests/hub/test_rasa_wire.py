"""The hub's connections to Rasa: one that rests is used again, and a secret place stays secret."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.hub.rasa_wire import LineBroken, RasaWire
from bot.operations.ports_free import free_port


@asynccontextmanager
async def server(
    answer: bytes = b"{}", *, closes: bool = False
) -> AsyncIterator[tuple[int, list[bytes]]]:
    """Answer each request so; yields the port and what came, a list entry a connection."""
    came: list[bytes] = []

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        at = len(came)
        came.append(b"")
        while piece := await reader.read(65_536):
            came[at] += piece
            if piece[:1] == b"\x16":  # TLS, which nobody here speaks
                break
            head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
            writer.write(head + b"Content-Length: %d\r\n\r\n" % len(answer) + answer)
            if closes:
                break
        writer.close()
        await writer.wait_closed()

    listening = await asyncio.start_server(take, "127.0.0.1", 0)
    async with listening:
        yield listening.sockets[0].getsockname()[1], came
        while len(asyncio.all_tasks()) > 1:  # noqa: ASYNC110 - connections that end
            await asyncio.sleep(0)


async def ask(wire: RasaWire, url: str) -> object:
    answer = await wire.call(
        "POST",
        f"{url}/webhook",
        timeout_s=5.0,
        headers={"X-Token": "t"},
        params={"token": "a b"},
        body={"message": "在吗"},
    )
    assert answer.is_success
    return answer.json()


async def test_a_call_is_one_request_and_the_next_one_uses_its_connection() -> None:
    wire = RasaWire(2.0)
    async with server(b'{"text": "\xe5\x9c\xa8"}') as (port, came):
        answers = [await ask(wire, f"http://127.0.0.1:{port}") for _ in range(2)]
        await wire.close()

    assert answers == [{"text": "在"}, {"text": "在"}]
    head, _, rest = came[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /webhook?token=a+b HTTP/1.1\r\n")
    assert b"X-Token: t" in head
    assert json.loads(rest.partition(b"POST")[0]) == {"message": "在吗"}
    assert len(came) == 1, "one connection"


async def test_a_connection_that_the_server_has_closed_is_not_used_again() -> None:
    wire = RasaWire(2.0)
    async with server(closes=True) as (port, came):
        await ask(wire, f"http://127.0.0.1:{port}")
        resting = next(iter(wire._line._resting.values()))[0]
        while resting.is_open:  # noqa: ASYNC110 - nothing rings for it
            await asyncio.sleep(0)
        await ask(wire, f"http://127.0.0.1:{port}")
        await wire.close()

    assert len(came) == 2


async def test_nobody_there_is_a_broken_line() -> None:
    wire = RasaWire(2.0)

    with pytest.raises(LineBroken):
        await ask(wire, f"http://127.0.0.1:{free_port()}")
    await wire.close()


async def test_an_address_with_https_is_never_spoken_to_in_the_clear() -> None:
    wire = RasaWire(2.0)
    async with server() as (port, came):
        with pytest.raises(LineBroken):
            await ask(wire, f"https://127.0.0.1:{port}")
        await wire.close()

    assert came[0].startswith(b"\x16\x03")
    assert b"X-Token" not in came[0]
