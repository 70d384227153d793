import httpx
import pytest
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.web_limits import WINDOW_S, Counter, RateLimit


class Clock:
    """Seconds that a test turns on."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def answer(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("ok")(scope, receive, send)


async def refuse(scope: Scope, receive: Receive, send: Send) -> None:
    await Response(status_code=429)(scope, receive, send)


def limited(clock: Clock, *, address: int = 2, account: int = 2) -> ASGIApp:
    return RateLimit(
        answer,
        refuse=refuse,
        address=Counter(address, clock),
        account=Counter(account, clock),
        cookie="desk",
    )


async def statuses(
    app: ASGIApp, path: str, *, host: str, times: int, cookie: str = ""
) -> list[int]:
    transport = httpx.ASGITransport(app, client=(host, 1))
    headers = {"Cookie": cookie} if cookie else {}
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
        return [(await http.get(path, headers=headers)).status_code for _ in range(times)]


async def test_an_address_beyond_its_limit_waits_for_the_next_minute_and_others_do_not() -> None:
    clock = Clock()
    app = limited(clock)

    assert await statuses(app, "/api/chat/messages", host="203.0.113.1", times=3) == [200, 200, 429]
    assert await statuses(app, "/api/chat/messages", host="203.0.113.2", times=1) == [200]
    clock.now = WINDOW_S
    assert await statuses(app, "/api/chat/messages", host="203.0.113.1", times=1) == [200]


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "testclient"])
async def test_this_machine_is_not_counted(host: str) -> None:
    """A proxy that tells no address would lock everybody out with one visitor."""
    assert set(await statuses(limited(Clock()), "/", host=host, times=5)) == {200}


@pytest.mark.parametrize("path", ["/healthz", "/static/portal/chat.js", "/desk/static/desk.js"])
async def test_what_a_page_loads_is_not_counted(path: str) -> None:
    assert set(await statuses(limited(Clock()), path, host="203.0.113.1", times=5)) == {200}


async def test_an_account_is_counted_from_wherever_it_comes() -> None:
    app, cookie = limited(Clock(), address=0), "other=1; desk=token-of-han"

    first = await statuses(app, "/desk/", host="203.0.113.1", times=1, cookie=cookie)
    then = await statuses(app, "/desk/", host="203.0.113.9", times=2, cookie=cookie)
    other = await statuses(app, "/desk/", host="203.0.113.9", times=1, cookie="desk=token-of-li")

    assert [*first, *then, *other] == [200, 200, 429, 200]


async def test_no_limit_takes_all() -> None:
    app = limited(Clock(), address=0, account=0)

    assert set(await statuses(app, "/desk/", host="203.0.113.1", times=9, cookie="desk=x")) == {200}
