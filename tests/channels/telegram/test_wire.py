"""The way to the Bot API: by the proxy of the environment, in time, no secret in its errors."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from telegram.error import NetworkError, TimedOut
from telegram.request import RequestData

from bot.channels.telegram import wire
from bot.channels.telegram.wire import AiohttpRequest
from bot.operations.ports_free import free_port
from tests.telegram_api import TOKEN


def request_of(read_s: float = 30.0) -> AiohttpRequest:
    return AiohttpRequest(connect_s=5.0, read_s=read_s, write_s=5.0, upload_s=5.0, most=2)


@asynccontextmanager
async def server(answer: bytes) -> AsyncIterator[tuple[int, list[bytes]]]:
    """Take one request a connection and answer it so; yields the port and the first lines."""
    asked: list[bytes] = []

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append((await reader.readline()).strip())
        await reader.read(4096)
        writer.write(answer)
        if not answer:
            await reader.read()  # silent until the caller goes
        writer.close()

    listening = await asyncio.start_server(take, "127.0.0.1", 0)
    async with listening:
        yield listening.sockets[0].getsockname()[1], asked


FINE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


async def test_a_proxy_that_the_environment_names_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    wire._proxy.cache_clear()
    async with server(FINE) as (port, asked):
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{port}")
        monkeypatch.setenv("no_proxy", "")
        calling = request_of()
        status, body = await calling.do_request("http://api.example/getMe", "POST", RequestData())
        await calling.shutdown()
    wire._proxy.cache_clear()

    assert (status, body) == (200, b"{}")
    assert asked == [b"POST http://api.example/getMe HTTP/1.1"]


async def test_who_does_not_answer_in_time_is_told_apart_from_who_is_not_there() -> None:
    calling = request_of(read_s=0.05)
    async with server(b"") as (port, _asked):
        with pytest.raises(TimedOut):
            await calling.do_request(f"http://127.0.0.1:{port}/", "POST")
    with pytest.raises(NetworkError) as refused:
        await calling.do_request(f"http://127.0.0.1:{free_port()}/bot{TOKEN}/getMe", "POST")
    await calling.shutdown()

    assert not isinstance(refused.value, TimedOut)
    assert TOKEN not in str(refused.value)


async def test_what_is_no_http_is_an_error_of_the_network() -> None:
    calling = request_of()
    async with server(b"\x16\x03\x01 no HTTP\r\n\r\n") as (port, _asked):
        with pytest.raises(NetworkError):
            await calling.do_request(f"http://127.0.0.1:{port}/", "POST")
    await calling.shutdown()
