"""What applicants read when the approval platform is slow, down or back."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

import actions
from actions.cases import ActionShowCase
from bot.bootstrap import App
from tests.actions.trackers import message, responses, slots_set, tracker
from tests.platform_bench import CODE, NUMBER, PHONE, Bench, bench


@pytest.fixture
def platform(application: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    with bench(tmp_path) as made:
        used = made.platform(within_s=0.5)
        joined = replace(application, platform=used, now=made.clock)
        for module in ("actions.cases", "actions.casework.answers"):
            monkeypatch.setattr(f"{module}.app", lambda: joined)
        assert actions.app() is application
        yield made


async def show(**slots: Any) -> tuple[dict[str, Any], CollectingDispatcher]:
    say = CollectingDispatcher()
    events = await ActionShowCase().run(say, tracker(message(""), slots=slots), {})
    return slots_set(events), say


async def test_a_case_of_the_platform_is_shown_with_source_and_age(platform: Bench) -> None:
    slots, say = await show(case_number=NUMBER, case_credential=PHONE[-4:])

    (shown,) = say.messages
    assert "（刚刚的数据），审批平台" in shown["case"]
    assert slots["case_shown"] == NUMBER


async def test_a_platform_that_is_slow_is_said_and_holds_nobody_else_up(platform: Bench) -> None:
    platform.faults.set("delay", seconds=40)
    ticks = 0

    async def others() -> None:
        nonlocal ticks
        while True:
            ticks += 1
            await asyncio.sleep(0.01)

    beside = asyncio.create_task(others())
    began = time.monotonic()
    _, say = await show(case_number=NUMBER, case_credential=PHONE[-4:])
    beside.cancel()

    assert responses(say) == ["utter_cases_platform_pending"]
    assert time.monotonic() - began < 5
    assert ticks > 10


async def test_not_existing_and_not_yours_are_answered_alike(platform: Bench) -> None:
    _, wrong = await show(case_number=NUMBER, case_credential="0000")
    _, missing = await show(case_number="371500201901029999", case_credential="0000")

    assert responses(wrong) == responses(missing) == ["utter_cases_not_found"]


async def test_following_and_urging_reach_the_platform(platform: Bench) -> None:
    proof = {"case_number": NUMBER, "case_credential": PHONE[-4:]}

    _, followed = await show(case_purpose="follow", **proof)
    _, urged = await show(case_purpose="urge", **proof)
    _, again = await show(case_purpose="urge", **proof)

    assert responses(followed) == ["utter_cases_followed"]
    assert responses(urged) == ["utter_cases_urged"]
    assert responses(again) == ["utter_cases_already_urged"]


async def test_an_urge_without_an_answer_is_not_said_to_be_done(platform: Bench) -> None:
    await show(case_number=NUMBER, case_credential=PHONE[-4:])
    platform.server.stop()

    _, say = await show(case_number=NUMBER, case_purpose="urge")

    assert responses(say) == ["utter_cases_urge_unsent"]


async def test_ones_list_says_when_the_platform_is_away(platform: Bench) -> None:
    platform.server.stop()

    _, say = await show(case_number="mine", case_phone=PHONE, case_credential=CODE[-4:])

    assert responses(say) == ["utter_cases_mine_pending"]
