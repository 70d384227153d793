"""The OpenAPI file, the reference platform and the adapter say the same."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import requests
import yaml
from starlette.routing import Route

from bot.platform import wire
from bot.platform.signing import sign_request
from bot.reference_platform.faults import KINDS
from bot.reference_platform.reference import Reference
from bot.reference_platform.server import create_platform
from bot.settings import ROOT
from tests.platform_bench import CODE, KEYS, NUMBER, PHONE, Bench, bench, read_keys

DOCS = ROOT / "docs"
CONTRACT: dict[str, Any] = yaml.safe_load(
    (DOCS / "approval-platform.openapi.yml").read_text(encoding="utf-8")
)
TEXT = (DOCS / "approval-platform.md").read_text(encoding="utf-8")


def schema(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}", "components": CONTRACT["components"]}


def fits(name: str, content: object) -> None:
    kind = jsonschema.Draft202012Validator
    kind(schema(name), format_checker=jsonschema.FormatChecker()).validate(content)


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Bench]:
    with bench(tmp_path) as made:
        made.move("受理", "补正", "审查", text="说明")
        yield made


def call(
    platform: Bench, method: str, path: str, content: object = None, **headers: str
) -> tuple[int, Any]:
    body = b"" if content is None else json.dumps(content).encode()
    signed = sign_request(read_keys(KEYS), method, path, body, now=platform.clock().timestamp())
    answer = requests.request(
        method, platform.server.url + path, data=body, headers={**headers, **signed}, timeout=5
    )
    return answer.status_code, answer.json()


def test_every_schema_is_one() -> None:
    for name in CONTRACT["components"]["schemas"]:
        jsonschema.Draft202012Validator.check_schema(schema(name))


def test_the_reference_platform_has_every_path_and_no_other(platform: Bench) -> None:
    web = create_platform(Reference(platform.store, platform.keys, "", platform.clock))
    there = {
        (route.path, method.lower())
        for route in web.routes
        if isinstance(route, Route) and route.path.startswith("/v1/")
        for method in route.methods or ()
        if method != "HEAD"
    }
    described = {
        (path, method)
        for path, item in CONTRACT["paths"].items()
        for method in item
        if method in {"get", "post"}
    }
    assert there == described


def test_what_the_platform_answers_fits_the_contract_and_is_read_by_the_adapter(
    platform: Bench,
) -> None:
    status, case = call(
        platform, "POST", "/v1/cases/lookup", {"number": NUMBER, "proof": PHONE[-4:]}
    )
    assert status == 200
    fits("Case", case)
    assert wire.read_case(json.dumps(case).encode()).sequence == 4
    grant = {"X-Platform-Grant": case["grant"]}
    _, again = call(platform, "GET", f"/v1/cases/{NUMBER}", **grant)
    assert again == case
    _, page = call(
        platform, "POST", "/v1/applicants/cases", {"phone": PHONE, "code": CODE[-4:], "limit": 5}
    )
    fits("CasePage", page)
    _, changes = call(platform, "GET", "/v1/changes?cursor=0")
    fits("Changes", changes)
    assert len(wire.read_changes(json.dumps(changes).encode()).changes) == 4
    _, urged = call(
        platform, "POST", f"/v1/cases/{NUMBER}/urges", {}, **grant, **{"Idempotency-Key": "1"}
    )
    fits("UrgeTaken", urged)


@pytest.mark.parametrize(
    ("method", "path", "content", "status"),
    [
        ("POST", "/v1/cases/lookup", {"number": NUMBER, "proof": "0000"}, 404),
        ("POST", "/v1/cases/lookup", {"number": NUMBER}, 422),
        ("POST", "/v1/cases/lookup", ["not an object"], 422),
        ("GET", f"/v1/cases/{NUMBER}", None, 403),
        ("GET", "/v1/changes?cursor=x", None, 410),
    ],
)
def test_refusals_have_their_code(
    platform: Bench, method: str, path: str, content: object, status: int
) -> None:
    given, problem = call(platform, method, path, content)

    assert given == status
    fits("Problem", problem)


def test_an_unsigned_request_and_a_replayed_one_are_refused(platform: Bench) -> None:
    url = platform.server.url + "/v1/health"
    signed = sign_request(
        read_keys(KEYS), "GET", "/v1/health", b"", now=platform.clock().timestamp()
    )

    assert requests.get(url, timeout=5).json() == {"code": "signature"}
    assert requests.get(url, headers=signed, timeout=5).status_code == 200
    assert requests.get(url, headers=signed, timeout=5).json() == {"code": "replayed"}


def test_what_is_pushed_fits_the_contract_and_is_read_by_the_webhook(platform: Bench) -> None:
    for push in platform.store.due_pushes(platform.clock().timestamp()):
        fits("Event", push.event)
        assert wire.read_event(json.dumps(push.event).encode()).number == NUMBER


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("number",), "42"),
        (("grant",), "short"),
        (("entries",), []),
        (("entries", 0, "at"), "2026-11-23T10:00:00"),
        (("entries", 0, "sequence"), 0),
        (("stand", "missing"), None),
        (("matter", "name"), ""),
        (("promised_working_days",), -1),
    ],
)
def test_what_the_contract_forbids_the_adapter_refuses(
    platform: Bench, place: tuple[Any, ...], value: object
) -> None:
    case: Any = platform.store.case(NUMBER)
    holder = case
    for key in place[:-1]:
        holder = holder[key]
    holder[place[-1]] = value

    with pytest.raises(wire.BadWire):
        wire.read_case(json.dumps(case).encode())
    if place[-1] != "at":  # a time without a zone is a matter of the format, not of the shape
        with pytest.raises(jsonschema.ValidationError):
            fits("Case", case)


def test_fields_that_a_platform_adds_are_passed_over(platform: Bench) -> None:
    case = {**platform.store.case(NUMBER), "window": "A12"}

    fits("Case", case)
    assert wire.read_case(json.dumps(case).encode()).number == NUMBER


def test_every_kind_of_fault_is_named_in_the_page() -> None:
    assert {kind for kind in KINDS if f"`{kind}`" not in TEXT} == set()
