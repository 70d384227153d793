"""The line in the log about an action is written when its answer has gone, with the same id."""

import asyncio
from collections.abc import Iterator

import pytest
import structlog
from rasa_sdk.interfaces import Tracker
from structlog.testing import LogCapture

from actions.turns.watched import watched


@pytest.fixture
def lines() -> Iterator[list[structlog.typing.EventDict]]:
    """What is logged, with what is bound to the context."""
    before, captured = structlog.get_config(), LogCapture()
    processors = [structlog.contextvars.merge_contextvars, captured]
    structlog.configure(processors=processors, cache_logger_on_first_use=False)
    yield captured.entries
    structlog.configure(**before)


def tracker_of(message_id: str) -> Tracker:
    said = {"event": "user", "text": "你好", "metadata": {"message_id": message_id}}
    return Tracker("李雷", {}, {}, [said], False, None, {}, None)


async def test_the_line_about_an_action_waits_for_its_answer(
    lines: list[structlog.typing.EventDict],
) -> None:
    with watched("action_greet", tracker_of("7")):
        pass
    before = list(lines)
    await asyncio.sleep(0)  # where the server has handed the answer to the network

    assert before == []
    assert [(line["event"], line["message_id"]) for line in lines] == [("action_ran", "7")]


def test_where_nobody_waits_it_is_written_at_once(
    lines: list[structlog.typing.EventDict],
) -> None:
    with watched("action_greet", tracker_of("7")):
        pass

    assert [line["result"] for line in lines] == ["ok"]
