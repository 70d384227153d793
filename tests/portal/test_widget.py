"""The routes of the widget: who may embed it, what the headers say, off by default."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from bot.asgi import create_app
from bot.portal.widget import parse_origins
from bot.services.operating.switches import switch_names, turn_switch
from bot.settings import BadSetting, Settings
from tests.web_app import open_app

SITE = "https://www.example.gov.cn"
OWN = "https://xiaoer.example"


@contextmanager
def client(tmp_path: Path, **values: object) -> Iterator[httpx.AsyncClient]:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'w.db'}", testing=True, **values)  # type: ignore[arg-type]
    with open_app(settings) as app:
        transport = httpx.ASGITransport(create_app(app))
        yield httpx.AsyncClient(transport=transport, base_url=OWN)


@pytest.mark.parametrize(
    ("raw", "origins"),
    [
        ("", ()),
        (" https://A.example.cn/ , http://b.cn:8080", ("https://a.example.cn", "http://b.cn:8080")),
        ("https://a.cn:443", ("https://a.cn",)),
        ("http://[::1]:80", ("http://[::1]",)),
    ],
)
def test_origins_are_read_as_browsers_write_them(raw: str, origins: tuple[str, ...]) -> None:
    assert parse_origins(raw) == origins


@pytest.mark.parametrize(
    "raw",
    [
        "*",
        "https://*.gov.cn",
        "www.gov.cn",
        "https://a.cn/path",
        "https://a.cn?x=1",
        "ftp://a.cn",
        "https://a.cn;script-src *",
        "https://a.cn script-src",
        "https://user@a.cn",
        "https://a.cn:port",
    ],
)
def test_a_list_that_could_let_others_in_stops_the_start(raw: str) -> None:
    with pytest.raises(BadSetting, match="XIAOER_WIDGET_ORIGINS"):
        parse_origins(raw)


async def test_without_a_list_there_is_no_widget(tmp_path: Path) -> None:
    with client(tmp_path) as web:
        answers = [await web.get(path) for path in ("/widget.js", "/widget/frame", "/widget/demo")]

    assert [one.status_code for one in answers] == [404, 404, 404]


async def test_the_frame_names_the_sites_that_may_show_it(tmp_path: Path) -> None:
    with client(tmp_path, widget_origins=SITE) as web:
        frame, page = await web.get("/widget/frame"), await web.get("/")
        script = await web.get("/widget.js")

    assert f"frame-ancestors 'self' {SITE}" in frame.headers["content-security-policy"]
    assert "x-frame-options" not in frame.headers
    assert "frame-ancestors 'self'" in page.headers["content-security-policy"]
    assert page.headers["x-frame-options"] == "SAMEORIGIN"
    assert script.headers["cross-origin-resource-policy"] == "cross-origin"
    assert script.headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize(
    ("referer", "status"),
    [
        (f"{SITE}/some/page", 200),
        (f"{OWN}/widget/demo", 200),
        ("https://evil.example/", 403),
        (f"{SITE}.evil.example/", 403),
        ("about:blank", 403),
        (None, 200),
    ],
)
async def test_a_site_that_is_named_and_not_listed_gets_a_clear_no(
    tmp_path: Path, referer: str | None, status: int
) -> None:
    headers = {"sec-fetch-dest": "iframe", **({"referer": referer} if referer else {})}
    with client(tmp_path, widget_origins=SITE) as web:
        answer = await web.get("/widget/frame", headers=headers)

    assert answer.status_code == status
    assert ("还没有登记" in answer.text) is (status == 403)


async def test_the_demo_is_there_when_it_is_switched_on(tmp_path: Path) -> None:
    with client(tmp_path, widget_demo=True) as web:
        demo, script = await web.get("/widget/demo"), await web.get("/widget.js")

    assert '<script src="/widget.js"' in demo.text
    assert script.status_code == 200


async def test_a_widget_out_of_use_says_so_in_its_frame(tmp_path: Path) -> None:
    settings = Settings(
        database_url=f"sqlite:///{tmp_path / 'w.db'}", testing=True, widget_origins=SITE
    )
    with open_app(settings) as app:
        turn_switch(
            app.unit_of_work,
            name="widget",
            is_on=False,
            reason="网站改版",
            by="operator",
            agent_id=None,
            now=app.now(),
            known=switch_names(()),
        )
        transport = httpx.ASGITransport(create_app(app))
        async with httpx.AsyncClient(transport=transport, base_url=OWN) as browser:
            answer = await browser.get("/widget/frame", headers={"referer": f"{SITE}/"})
            chat = await browser.get("/")
    assert answer.status_code == 503
    assert "暂停服务：网站改版" in answer.text
    assert f"frame-ancestors 'self' {SITE}" in answer.headers["content-security-policy"]
    assert chat.status_code == 200, "the chat page itself goes on"
