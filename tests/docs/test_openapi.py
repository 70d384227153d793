"""The description of the public interface holds for the running service, whatever is sent.

A few examples an address here; `.ci/run` and `make faults` ask for more with `XIAOER_API_EXAMPLES`.
"""

import os
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.routing import Route

from bot.asgi import create_app
from bot.desk.access import ACCESS
from bot.domain.people import Role
from bot.settings import ROOT, Settings
from tests.desk_cast import PASSWORD, Cast
from tests.servers import ServerThread
from tests.web_app import open_app

pytestmark = pytest.mark.long

FILE = ROOT / "data" / "api" / "openapi.yml"
RAW: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
DATA = {"/healthz", "/readyz", "/open/answers.json", "/open/answers.csv"}
"""Public addresses for programs that do not begin with /api/."""

STREAM = "/api/chat/events"
"""Never ends, so it is not called here; `tests/channels/web/test_event_stream.py` does."""

DESCRIBED = (status_code_conformance, content_type_conformance, response_schema_conformance)

EXAMPLES = int(os.environ.get("XIAOER_API_EXAMPLES", "3"))
LESS = max(2, EXAMPLES // 2)
LONGEST_WAIT_S = 0.1
BOUNDED = settings(
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, str]]:
    """The running hub: its address, the token of a conversation, the cookie of an administrator."""
    folder = tmp_path_factory.mktemp("openapi")
    chosen = Settings(
        database_url=f"sqlite:///{folder / 'x.db'}", state_dir=folder, testing=True,
        rasa_url="http://127.0.0.1:9", actions_url="http://127.0.0.1:9",
        address_per_minute=0, account_per_minute=0,
    )  # fmt: skip
    with open_app(chosen) as app:
        server = ServerThread(create_app(app))
        server.start()
        opened = httpx.post(f"{server.url}/api/chat/conversations", json={}).json()
        Cast(app.unit_of_work).agent("root", "管理员", Role.ADMIN)
        with httpx.Client(base_url=server.url, headers={"origin": server.url}) as desk:
            desk.post("/desk/login", data={"login": "root", "password": PASSWORD})
            cookie = "; ".join(f"{one}={value}" for one, value in desk.cookies.items())
        assert cookie
        yield server.url, opened["token"], cookie
        server.stop()


def test_every_public_route_is_described_and_every_described_one_exists(tmp_path: Path) -> None:
    with open_app(Settings(database_url=f"sqlite:///{tmp_path / 'x.db'}")) as app:
        web = create_app(app)
    there = {
        f"{method} {route.path.replace(':int', '')}"
        for route in web.routes
        if isinstance(route, Route) and (route.path.startswith("/api/") or route.path in DATA)
        for method in route.methods or ()
        if method != "HEAD"
    }
    described = {f"{method.upper()} {path}" for path, one in RAW["paths"].items() for method in one}

    assert described == there


def test_the_service_gives_its_own_description(service: tuple[str, str, str]) -> None:
    assert httpx.get(f"{service[0]}/api/openapi.json").json() == RAW


@pytest.mark.parametrize("has_token", [True, False])
def test_whatever_is_sent_the_answer_is_one_that_is_described(
    service: tuple[str, str, str], has_token: bool
) -> None:
    url, token, _cookie = service
    headers = {"Authorization": f"Bearer {token}"} if has_token else {}
    schema = schemathesis.openapi.from_dict(_hurried(RAW))
    for result in schema.get_all_operations():
        operation = result.ok()
        if operation.path != STREAM:
            checks = DESCRIBED if operation.path == "/readyz" else (*DESCRIBED, not_a_server_error)
            _try(operation, url, headers, checks)


def test_no_address_of_the_desk_fails_whatever_is_sent(service: tuple[str, str, str]) -> None:
    url, _token, cookie = service
    schema = schemathesis.openapi.from_dict(_desk())
    for result in schema.get_all_operations():
        _try(result.ok(), url, {"Cookie": cookie, "Origin": url}, (not_a_server_error,))


def _try(operation: Any, url: str, headers: dict[str, str], checks: tuple[Any, ...]) -> None:
    """Send what the description allows, and what it forbids; half as much of the latter."""
    for mode, examples in ((GenerationMode.POSITIVE, EXAMPLES), (GenerationMode.NEGATIVE, LESS)):

        @settings(BOUNDED, max_examples=examples)
        @given(case=operation.as_strategy(generation_mode=mode))
        def run(case: Any) -> None:
            case.call_and_validate(base_url=url, headers=headers, timeout=30, checks=checks)

        try:
            run()
        except Unsatisfiable:  # nothing can be sent there that is not allowed
            assert mode is GenerationMode.NEGATIVE


def _hurried(described: dict[str, Any]) -> dict[str, Any]:
    """Return the description with short waits: nothing comes here, so each would be sat out."""
    copy = deepcopy(described)
    waits = [
        parameter
        for path in copy["paths"].values()
        for operation in path.values()
        for parameter in operation.get("parameters", ())
        if parameter.get("name") == "wait"
    ]
    assert waits
    for parameter in waits:
        parameter["schema"]["maximum"] = LONGEST_WAIT_S
    return copy


def _desk() -> dict[str, Any]:
    """Return a description of the desk's interface: its addresses, each with any object."""
    anything = {"type": "object", "additionalProperties": {"type": "string"}}
    paths: dict[str, Any] = {}
    for method, path in ACCESS:
        if path.startswith("/api/") and "events" not in path:
            plain = path.replace(":int", "").replace(":path", "")
            names = [part.strip("{}") for part in plain.split("/") if part.startswith("{")]
            operation: dict[str, Any] = {
                "responses": {"default": {"description": "any"}},
                "parameters": [
                    {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
                    for name in names
                ],
            }
            if method == "POST":
                operation["requestBody"] = {"content": {"application/json": {"schema": anything}}}
            paths.setdefault(f"/desk{plain}", {})[method.lower()] = operation
    return {"openapi": "3.0.3", "info": {"title": "desk", "version": "1"}, "paths": paths}
