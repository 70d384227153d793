"""Talks with business as everybody meets them, and the desk that announces them."""

from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy.engine import Engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.bootstrap import App
from bot.domain.people import Role
from bot.portal import open_talks
from bot.services.meetings.meetings import MeetingDesk, announce
from bot.services.times.local_time import local_day
from tests.casework_factories import NOW
from tests.desk_cast import Cast
from tests.desk_server import build_app
from tests.services.test_meetings import NEW


@pytest.fixture
def app(sqlite_engine: Engine) -> App:
    """An application in which one talk was announced."""
    made = build_app(sqlite_engine, lambda: NOW)
    boss = Cast(made.unit_of_work).agent("boss", "王芳", Role.SUPERVISOR)
    announce(MeetingDesk(made.unit_of_work, boss, NOW, made.catalogue, made.router, 0.5), NEW)
    return made


@pytest.fixture
def public(app: App) -> Iterator[TestClient]:
    """Somebody without an account."""
    with TestClient(Starlette(routes=open_talks.routes(app))) as client:
        yield client


def post(public: TestClient, what: str, **fields: str) -> httpx.Response:
    return public.post(f"/open/talks/1/{what}", data=fields, follow_redirects=True)


def test_a_talk_is_found_signed_up_for_and_asked(public: TestClient) -> None:
    assert NEW.title in public.get("/open/talks").text
    assert "报名参加" in public.get("/open/talks/1").text
    done = post(public, "signups", name="李雷", phone="13806351234", agreed="1")
    assert "报好名了" in done.text
    assert "问题收到了" in post(public, "questions", question="什么时候增容？").text


def test_what_was_typed_stays_when_something_is_wrong(public: TestClient) -> None:
    unagreed = post(public, "signups", name="李雷<b>", phone="13806351234")
    assert unagreed.status_code == 409
    assert 'value="李雷&lt;b&gt;"' in unagreed.text
    short = post(public, "questions", question="啊")
    assert short.status_code == 409
    assert ">啊</textarea>" in short.text
    assert local_day(NOW) <= NEW.closes_on


def test_a_talk_that_does_not_exist_says_so(public: TestClient) -> None:
    for answer in (public.get("/open/talks/9"), public.post("/open/talks/9/questions")):
        assert answer.status_code in {404, 409}
    assert public.get("/open/talks/9").status_code == 404
