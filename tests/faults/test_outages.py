"""Processes are killed under a running conversation: nothing is lost, nothing is done twice."""

import pytest

from tests.chat_client import Chat
from tests.faults.breakage import (
    Breaker,
    another_business,
    eventually,
    is_idle,
    lines,
    say_all,
    tickets_of,
)
from tests.stack import Stack

pytestmark = pytest.mark.model

MATERIALS = "食品经营许可要什么材料"
FEE = "那要交多少钱"
"""Understood only after the question before it."""

OUTAGE = "小二这会儿有点忙"


def to_the_last_question() -> list[str]:
    """Return what is typed until everything is read back."""
    return [
        "我要吹哨, 厂房通不上电",
        another_business("机械有限公司"),
        "跳过",
        "开发区",
        "13800138000",
    ]


YES = "对，派单"


@pytest.fixture(scope="module")
def healthy_answers(stack: Stack) -> list[str]:
    """What the bot says to both questions when nothing is broken."""
    chat = Chat(stack.url)
    say_all(chat, [MATERIALS, FEE])
    return lines(chat, "bot")


@pytest.mark.parametrize("part", ["actions", "rasa"])
def test_while_a_part_is_down_one_honest_line_comes_at_once_and_everything_else_later(
    part: str, stack: Stack, breaker: Breaker, healthy_answers: list[str]
) -> None:
    """One outage, seen by one who asks, one who confirms a whistle and one who only reads."""
    asking, whistling, reading = (Chat(stack.url) for _ in range(3))
    last = say_all(whistling, to_the_last_question())
    reading.say(MATERIALS)
    breaker.kill(part)
    asking.put(MATERIALS)
    whistling.put(payload=last.buttons[YES])
    eventually(lambda: lines(asking, "system"), "the honest line")
    asking.put(FEE)

    assert lines(asking, "bot") == []
    assert not is_idle(asking)
    assert [message["author"] for message in reading.history()] == ["applicant", "bot"]
    assert Chat(stack.url).history() == []
    eventually(lambda: not breaker.is_ready(), "a stack that says it is not ready")

    breaker.revive()
    eventually(lambda: is_idle(asking), "the answers")

    assert lines(asking, "bot") == healthy_answers
    assert len(lines(asking, "system")) == 1
    assert lines(asking, "system")[0].startswith(OUTAGE)
    assert lines(asking, "applicant") == [MATERIALS, FEE]
    the_ticket_came_once(stack, whistling)


def test_a_whistle_confirmed_just_before_the_hub_dies_opens_one_ticket(
    stack: Stack, breaker: Breaker
) -> None:
    chat = Chat(stack.url)
    last = say_all(chat, to_the_last_question())
    chat.put(payload=last.buttons[YES])
    breaker.kill("hub")
    breaker.revive()

    the_ticket_came_once(stack, chat)


@pytest.mark.parametrize("part", ["actions", "rasa", "hub"])
def test_a_part_killed_in_the_middle_of_a_whistle_costs_no_ticket_and_opens_no_second(
    part: str, stack: Stack, breaker: Breaker
) -> None:
    chat = Chat(stack.url)
    last = say_all(chat, to_the_last_question())
    breaker.freeze("actions")
    chat.put(payload=last.buttons[YES])
    # a slow machine may take the frozen server for a dead one, which is no less true
    eventually(
        lambda: breaker.rasa_calls_actions() or lines(chat, "system"), "the middle of the turn"
    )
    breaker.kill(part)
    if part != "actions":
        breaker.kill("actions")
    breaker.revive()

    the_ticket_came_once(stack, chat)


@pytest.mark.parametrize("part", ["actions", "rasa", "hub"])
def test_a_part_killed_when_the_ticket_is_just_written_opens_no_second(
    part: str, stack: Stack, breaker: Breaker
) -> None:
    chat = Chat(stack.url)
    last = say_all(chat, to_the_last_question())
    chat.put(payload=last.buttons[YES])
    eventually(lambda: tickets_of(stack, chat), "the ticket")
    breaker.kill(part)
    breaker.revive()

    the_ticket_came_once(stack, chat)


def the_ticket_came_once(stack: Stack, chat: Chat) -> None:
    eventually(lambda: is_idle(chat), "the answer")
    opened = tickets_of(stack, chat)
    told = [text for text in lines(chat, "bot") if "CS-" in text]

    assert len(opened) == 1
    assert len(told) == 1
    assert opened[0].number in told[0]
    assert len(lines(chat, "system")) <= 1
