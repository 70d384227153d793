"""The adapter over a real socket: what it makes of everything that a platform may do."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from structlog.testing import capture_logs

from bot.domain.cases import CaseState
from bot.operations.ports_free import free_port
from bot.platform.breaker import Breaker
from bot.platform.client import BadPlatformAddress, HttpPlatform
from bot.platform.fetch import Answer
from bot.platform.signing import read_keys
from bot.services.platform.errors import (
    CursorGone,
    GrantRefused,
    PlatformRefusedUrge,
    PlatformTrouble,
    Trouble,
    UnknownToPlatform,
)
from bot.services.platform.ports import PlatformCase
from tests.platform_bench import CODE, KEYS, NUMBER, OTHER, PHONE, Bench
from tests.servers import ServerThread

QUICK_S = 0.6
SLOW_MACHINE_S = 3.0
"""More than it needs at a turn, and less than the answers below take to their end."""


def find(platform: Bench, *, within_s: float = 2.0, **how: Any) -> PlatformCase:
    return platform.client(**how).find(NUMBER, PHONE[-4:], within_s=within_s)


def trouble(platform: Bench, **how: Any) -> Trouble:
    with pytest.raises(PlatformTrouble) as caught:
        find(platform, **how)
    return caught.value.trouble


@pytest.mark.parametrize("algorithm", ["HMAC-SHA256", "HMAC-SM3"])
def test_a_case_is_told_to_whoever_proves_it(platform: Bench, algorithm: str) -> None:
    platform.move("受理", "审查")

    case = find(platform, algorithm=algorithm)

    assert [one.state.known for one in case.entries if one.state] == [
        CaseState.RECEIVED,
        CaseState.ACCEPTED,
        CaseState.UNDER_REVIEW,
    ]
    assert (case.applicant_name, case.sequence, case.promised) == ("李雷火锅店", 3, 5)


def test_a_wrong_proof_and_an_unknown_number_are_the_same(platform: Bench) -> None:
    client = platform.client()
    for number, proof in ((NUMBER, "0000"), ("371500201901029999", PHONE[-4:])):
        with pytest.raises(UnknownToPlatform):
            client.find(number, proof, within_s=2)


def test_a_case_is_read_again_by_its_grant_and_by_no_other(platform: Bench) -> None:
    client = platform.client()
    grant = client.find(NUMBER, PHONE[-4:], within_s=2).grant

    assert client.refresh(NUMBER, grant, within_s=2).number == NUMBER
    with pytest.raises(GrantRefused):
        client.refresh(NUMBER, grant + "x", within_s=2)


def test_all_pages_of_ones_cases_are_read(platform: Bench) -> None:
    for index in range(2, 63):
        platform.receive(f"3715002019010{index:05}")

    cases = platform.client().cases_of(PHONE, CODE[-4:], within_s=5)

    assert len({case.number for case in cases}) == 62


def test_changes_are_read_from_where_one_stopped(platform: Bench) -> None:
    client = platform.client()
    begin = client.changes(None, within_s=2)
    platform.move("受理", "审查")

    page = client.changes(begin.cursor, within_s=2)

    assert begin.changes == ()
    assert [(one.number, one.sequence) for one in page.changes] == [(NUMBER, 2), (NUMBER, 3)]
    assert client.changes(page.cursor, within_s=2).changes == ()


def test_a_cursor_that_the_platform_does_not_know_is_said_to_be_gone(platform: Bench) -> None:
    with pytest.raises(CursorGone):
        platform.client().changes("from-another-platform", within_s=2)


def test_an_urge_is_taken_once_a_day_and_said_twice_is_one(platform: Bench) -> None:
    client = platform.client()
    grant = client.find(NUMBER, PHONE[-4:], within_s=2).grant
    for _ in range(2):
        client.urge(NUMBER, grant, "today", within_s=2)
    with pytest.raises(PlatformRefusedUrge) as refused:
        client.urge(NUMBER, grant, "somebody else", within_s=2)

    assert refused.value.code == "urged_already"
    assert [one["kind"] for one in platform.store.case(NUMBER)["entries"]] == ["state", "urged"]


def test_a_forty_second_answer_costs_no_more_than_the_time_of_a_turn(platform: Bench) -> None:
    platform.faults.set("delay", seconds=40)
    began = time.monotonic()

    assert trouble(platform, within_s=QUICK_S) is Trouble.SLOW
    assert time.monotonic() - began < QUICK_S + SLOW_MACHINE_S


def test_an_answer_of_ten_megabytes_is_cut_off(platform: Bench) -> None:
    platform.faults.set("huge")

    assert trouble(platform) is Trouble.GARBLED


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("broken_json", Trouble.GARBLED),
        ("wrong_signature", Trouble.GARBLED),
        ("redirect", Trouble.GARBLED),
        ("foreign_404", Trouble.GARBLED),
        ("error", Trouble.DOWN),
        ("busy", Trouble.DOWN),
        ("drop", Trouble.DOWN),
    ],
)
def test_an_answer_that_cannot_be_used_is_named(
    platform: Bench, fault: str, expected: Trouble
) -> None:
    platform.faults.set(fault, times=10)

    assert trouble(platform) is expected


@pytest.mark.parametrize("fault", ["error", "busy", "drop"])
def test_what_may_pass_is_tried_again(platform: Bench, fault: str) -> None:
    platform.faults.set(fault, times=2)

    assert find(platform, within_s=4).number == NUMBER


def test_an_urge_is_never_tried_again_by_itself(platform: Bench) -> None:
    client = platform.client()
    grant = client.find(NUMBER, PHONE[-4:], within_s=2).grant
    platform.faults.set("error", times=1)

    with pytest.raises(PlatformTrouble):
        client.urge(NUMBER, grant, "today", within_s=2)


def test_a_state_that_ours_does_not_have_keeps_its_words(platform: Bench) -> None:
    platform.move("受理", "审查")
    platform.faults.set("unknown_state")

    last = find(platform).entries[-1].state

    assert last is not None
    assert (last.known, last.words) == (None, "容缺并联")


def test_a_clock_that_is_wrong_over_there_is_no_answer(platform: Bench) -> None:
    client = platform.client()
    platform.clock.pass_time(minutes=20)
    late = HttpPlatform(platform.server.url, read_keys(KEYS), clock=lambda: 1_000_000.0)
    platform.clients.append(late)

    assert client.find(NUMBER, PHONE[-4:], within_s=2).number == NUMBER
    with pytest.raises(PlatformTrouble) as caught:
        late.find(NUMBER, PHONE[-4:], within_s=2)
    assert caught.value.trouble is Trouble.GARBLED


def test_a_key_that_the_platform_does_not_know_is_no_answer(platform: Bench) -> None:
    assert trouble(platform, keys="k1:another-secret-than-there") is Trouble.GARBLED


def test_the_older_of_two_keys_still_works(platform: Bench) -> None:
    assert find(platform, keys="k0:an-older-secret-of-tests").number == NUMBER


def test_nobody_at_the_address_is_said_at_once(platform: Bench) -> None:
    platform.server.stop()

    assert trouble(platform, within_s=3) is Trouble.DOWN


def test_after_three_failures_the_platform_is_left_alone_and_then_tried_by_one() -> None:
    now = [0.0]
    client = HttpPlatform(
        f"http://127.0.0.1:{free_port()}",
        read_keys(KEYS),
        breaker=Breaker(lambda: now[0], failures=3, rest_s=15),
    )
    details = [_detail(client) for _ in range(4)]
    now[0] = 16
    details += [_detail(client) for _ in range(2)]
    client.close()

    assert ["resting" in one for one in details] == [False] * 3 + [True, False, True]


def _detail(client: HttpPlatform) -> str:
    with pytest.raises(PlatformTrouble) as caught:
        client.find(NUMBER, PHONE[-4:], within_s=1)
    return str(caught.value)


def test_logs_hold_neither_proof_nor_name(platform: Bench) -> None:
    platform.faults.set("broken_json", times=10)
    with capture_logs() as logs:
        trouble(platform)

    text = str(logs)
    assert "platform_answer_refused" in text
    assert PHONE[-4:] not in text
    assert "李雷" not in text


@pytest.mark.parametrize(
    "url", ["", "ftp://127.0.0.1", "127.0.0.1:8100", "http://", "https://h/?a=1", "http://h"]
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(BadPlatformAddress):
        HttpPlatform(url, read_keys(KEYS))


def test_another_case_than_the_one_asked_for_is_refused(platform: Bench) -> None:
    platform.receive(OTHER)
    body = json.dumps(platform.store.case(OTHER)).encode()

    with pytest.raises(PlatformTrouble):
        platform.client()._one(Answer(200, {}, body), NUMBER)


def test_a_dripping_answer_is_cut_off() -> None:
    async def drops() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b" "
            await asyncio.sleep(0.05)

    with answering(lambda: StreamingResponse(drops(), media_type="application/json")) as url:
        client = HttpPlatform(url, read_keys(KEYS))
        began = time.monotonic()
        with pytest.raises(PlatformTrouble) as caught:
            client.find(NUMBER, PHONE[-4:], within_s=QUICK_S)
        client.close()

    assert caught.value.trouble is Trouble.SLOW
    assert time.monotonic() - began < QUICK_S + SLOW_MACHINE_S


@contextmanager
def answering(answer: Callable[[], Response]) -> Iterator[str]:
    """Serve this answer to every look-up; yields the address."""

    async def give(_request: Request) -> Response:
        return answer()

    server = ServerThread(Starlette(routes=[Route("/v1/cases/lookup", give, methods=["POST"])]))
    server.start()
    try:
        yield server.url
    finally:
        server.stop()
