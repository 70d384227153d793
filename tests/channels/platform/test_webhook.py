"""What the platform pushes: signed, fresh, taken once; everything else is refused in words."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from bot.asgi import create_app
from bot.channels.platform.routes import EVENTS
from bot.platform.signing import read_keys, sign_request
from bot.services.cases import cases
from bot.settings import Settings
from bot.store.unit_of_work import unit_of_work_factory
from tests.casework_factories import LI_LEI, calendar
from tests.platform_bench import KEYS, NUMBER, PHONE, Bench, bench
from tests.web_app import _read_once, open_app


class Pushing:
    """The platform's side of the webhook."""

    def __init__(self, platform: Bench, http: TestClient, engine: Engine) -> None:
        self.platform = platform
        self.http = http
        self.engine = engine

    def event(self, sequence: int = 2) -> dict[str, Any]:
        due = self.platform.store.all_cases()[0]
        return {
            "number": NUMBER,
            "entry": due["entries"][sequence - 1],
            "stand": due["stand"],
        }

    def send(
        self, content: object, *, body: bytes = b"", keys: str = KEYS, ago_s: float = 0
    ) -> httpx.Response:
        body = body or json.dumps(content).encode()
        now = self.platform.clock().timestamp() - ago_s
        return self.post(body, sign_request(read_keys(keys), "POST", EVENTS, body, now=now))

    def post(self, body: bytes, headers: dict[str, str]) -> httpx.Response:
        answer: httpx.Response = self.http.post(EVENTS, content=body, headers=headers)
        return answer

    def history(self) -> int:
        with unit_of_work_factory(self.engine)() as uow:
            found = uow.cases.by_number(NUMBER)
        return len(found.events) if found else 0


@pytest.fixture
def pushing(tmp_path: Path, sqlite_engine: Engine) -> Iterator[Pushing]:
    unit = unit_of_work_factory(sqlite_engine)
    with bench(tmp_path) as platform:
        used = platform.platform()
        app = replace(
            _read_once(),
            settings=Settings(testing=True, platform_poll_s=3600),
            engine=sqlite_engine,
            unit_of_work=unit,
            now=platform.clock,
            platform=used,
            platform_keys=read_keys(KEYS),
        )
        cases.find_case(
            unit,
            number=NUMBER,
            credential=PHONE[-4:],
            conversation_id=LI_LEI,
            now=platform.clock(),
            calendar=calendar(),
            platform=used,
        )
        platform.move("受理", "审查")
        # without the lifespan: nothing but the webhook changes the copy
        yield Pushing(platform, TestClient(create_app(app)), sqlite_engine)


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def test_the_next_change_is_written(pushing: Pushing) -> None:
    assert pushing.send(pushing.event(2)).json() == {"result": "applied"}
    assert pushing.history() == 2


def test_a_change_that_is_sent_again_is_known(pushing: Pushing) -> None:
    pushing.send(pushing.event(2))

    assert pushing.send(pushing.event(2)).json() == {"result": "known"}
    assert pushing.history() == 2


def test_a_change_that_comes_too_early_leaves_a_gap_to_be_fetched(pushing: Pushing) -> None:
    assert pushing.send(pushing.event(3)).json() == {"result": "gap"}
    assert pushing.history() == 1


def test_the_same_signed_message_twice_is_a_replay(pushing: Pushing) -> None:
    body = json.dumps(pushing.event(2)).encode()
    now = pushing.platform.clock().timestamp()
    headers = sign_request(read_keys(KEYS), "POST", EVENTS, body, now=now)

    assert pushing.post(body, headers).status_code == 200
    assert code(pushing.post(body, headers)) == (409, "platform_replayed")


@pytest.mark.parametrize("ago_s", [301, -302])
def test_a_clock_that_is_too_far_away_is_named(pushing: Pushing, ago_s: float) -> None:
    answer = pushing.send(pushing.event(2), ago_s=ago_s)

    assert code(answer) == (401, "platform_clock")
    assert "5 分钟" in answer.json()["error"]["message"]


def test_a_wrong_or_missing_signature_changes_nothing(pushing: Pushing) -> None:
    wrong = pushing.send(pushing.event(2), keys="k1:a-secret-that-nobody-has")
    missing = pushing.post(json.dumps(pushing.event(2)).encode(), {})

    assert code(wrong) == code(missing) == (401, "platform_signature")
    assert pushing.history() == 1


@pytest.mark.parametrize(
    "body",
    [
        b'{"number": "3715002019',
        b"[]",
        b"\xff\xfe",
        b'{"number": "371500201901020001", "entry": {}, "stand": {}}',
        b'{"a":' * 3000,
    ],
)
def test_what_cannot_be_read_is_refused_and_logged_without_its_content(
    pushing: Pushing, body: bytes
) -> None:
    with capture_logs() as logs:
        answer = pushing.send(None, body=body)

    assert code(answer) == (422, "bad_request")
    assert "platform_push_unreadable" in str(logs)
    assert NUMBER not in str(logs)


def test_a_case_that_nobody_here_asked_for_is_not_kept(pushing: Pushing) -> None:
    event = {**pushing.event(2), "number": "371500201901029999"}

    assert pushing.send(event).json() == {"result": "not_here"}


def test_ten_megabytes_are_refused(pushing: Pushing) -> None:
    assert code(pushing.send(None, body=b" " * 10_000_000)) == (413, "body_too_large")


def test_without_a_platform_there_is_no_webhook(tmp_path: Path) -> None:
    with open_app(Settings(database_url=f"sqlite:///{tmp_path / 'none.db'}", testing=True)) as app:
        answer = TestClient(create_app(app)).post(EVENTS, content=b"{}")

    assert answer.status_code == 404
