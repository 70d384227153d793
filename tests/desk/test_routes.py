"""What every address of the desk promises: session, origin, headers, error shape."""

import re
from collections.abc import Iterator

import httpx
import pytest
from starlette.routing import BaseRoute, Mount, Route

from bot.domain.people import Agent
from tests.desk.conftest import Site

OPEN_TO_ALL = {("GET", "/desk"), ("GET", "/desk/login"), ("POST", "/desk/login")}
OPEN_TO_ALL |= {("GET", "/desk/login/city"), ("GET", "/desk/login/city/back")}
OPEN_TO_ALL |= {("GET", "/files/{token}")}  # applicants; the address holds a secret
OPEN_TO_ALL |= {("POST", "/desk/logout")}  # leads to the login whoever asks


def _addresses(routes: list[BaseRoute], prefix: str = "") -> Iterator[tuple[str, str]]:
    for route in routes:
        if isinstance(route, Mount) and route.routes:
            yield from _addresses(list(route.routes), prefix + route.path)
        elif isinstance(route, Route):
            for method in sorted((route.methods or set()) - {"HEAD"}):
                path = re.sub(r"\{[a-z_]+:int\}", "1", route.path)
                yield method, prefix + path.replace("{conversation_id}", "abc")


def test_the_desk_has_the_addresses_that_this_file_walks(site: Site) -> None:
    assert len(set(_addresses(list(site.asgi.routes)))) >= 17


async def test_without_a_session_every_address_leads_to_the_login(
    site: Site, meimei: Agent
) -> None:
    async with site.browser() as client:
        for method, path in _addresses(list(site.asgi.routes)):
            if (method, path) in OPEN_TO_ALL:
                continue
            answer = await client.request(method, path, json={} if method == "POST" else None)
            if "/api/" in path or path.endswith("/events"):
                assert (path, answer.status_code) == (path, 401)
                assert set(answer.json()["error"]) == {"code", "message"}
            else:
                assert (path, answer.status_code) == (path, 303)
                assert answer.headers["location"].startswith("/desk/login")


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example"])
async def test_no_write_is_taken_from_another_site(
    site: Site, browser: httpx.AsyncClient, origin: str | None
) -> None:
    conversation_id = site.cast.waiting()
    del browser.headers["origin"]
    headers = {} if origin is None else {"origin": origin}
    for method, path in _addresses(list(site.asgi.routes)):
        if method != "POST":
            continue
        address = path.replace("/abc", f"/{conversation_id}")
        answer = await browser.post(address, headers=headers, json={})
        assert (path, answer.status_code) == (path, 403)
        assert answer.json()["error"]["code"] == "foreign_origin"

    with site.cast.open_unit() as unit:
        assert unit.conversations.get(conversation_id).owner.value == "waiting"


async def test_every_page_forbids_inline_scripts_frames_and_caches(
    site: Site, browser: httpx.AsyncClient
) -> None:
    for path in ("/desk/", "/desk/login", "/desk/api/lists"):
        headers = (await browser.get(path)).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"


async def test_pages_hold_no_inline_script_or_style(browser: httpx.AsyncClient) -> None:
    for path in ("/desk/", "/desk/login"):
        text = (await browser.get(path, follow_redirects=True)).text
        assert "<style" not in text
        assert " style=" not in text
        assert " onclick=" not in text
        assert text.count("<script") == text.count('<script src="/desk/static/')


@pytest.mark.parametrize("name", ["desk.js", "desk.css", "icon.svg"])
async def test_static_files_are_served_without_a_session(site: Site, name: str) -> None:
    async with site.browser() as client:
        assert (await client.get(f"/desk/static/{name}")).status_code == 200


async def test_static_files_stay_inside_their_folder(site: Site) -> None:
    async with site.browser() as client:
        answer = await client.get("/desk/static/%2e%2e/routes.py")

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("reply", b"{"),
        ("reply", b"[]"),
        ("reply", b'{"text": 1, "client_id": "12345678"}'),
        ("reply", b'{"text": "x", "client_id": "short"}'),
        ("reply", b'{"text": "' + b"x" * 70_000 + b'", "client_id": "12345678"}'),
        ("fields", b'{"slot": "district", "value": ["x"]}'),
        ("fields", b"\xff"),
    ],
)
async def test_a_body_of_the_wrong_shape_is_refused(
    site: Site, browser: httpx.AsyncClient, path: str, body: bytes
) -> None:
    conversation_id = site.cast.waiting()
    address = f"/desk/api/conversations/{conversation_id}"
    await browser.post(f"{address}/claim")

    answer = await browser.post(f"{address}/{path}", content=body)

    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "bad_request"


@pytest.mark.parametrize("number", ["-1", "x", "1" * 19, "１"])
async def test_a_message_number_that_is_none_is_refused(
    site: Site, browser: httpx.AsyncClient, number: str
) -> None:
    address = f"/desk/api/conversations/{site.cast.waiting()}"

    assert (await browser.get(address, params={"after": number})).status_code == 400
