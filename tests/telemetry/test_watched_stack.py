"""The running product, watched from outside: metrics, logs and traces of one turn."""

import json
from pathlib import Path

import httpx

from tests.chat_client import Chat
from tests.otlp_receiver import Receiver, Seen
from tests.stack import Stack

PROCESSES = ("xiaoer-hub", "xiaoer-rasa", "xiaoer-actions")


def metrics(stack: Stack, ports_on: int) -> str:
    port = stack.settings.metrics_port + ports_on
    return httpx.get(f"http://127.0.0.1:{port}/metrics", trust_env=False, timeout=60).text


def lines(path: Path, message_id: str) -> list[dict[str, object]]:
    """Return the structured lines of a log that belong to a message."""
    found = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        if '"message_id"' in line:
            read = json.loads(line[line.index("{") :])  # Rasa puts time and place before it
            if str(read.get("message_id")) == message_id:
                found.append(read)
    return found


def test_a_turn_bears_one_id_in_three_logs_and_is_one_trace(
    stack: Stack, receiver: Receiver
) -> None:
    with Chat(stack.settings.base_url) as chat:
        chat.say("办食品经营许可证要什么材料")

    def whole(spans: list[Seen]) -> list[Seen] | None:
        for mark in {one.trace for one in spans}:
            trace = [one for one in spans if one.trace == mark]
            names = {one.name for one in trace}
            is_whole = {"turn", "ask_rasa", "rasa_turn"} <= names
            if is_whole and {one.process for one in trace} == set(PROCESSES):
                return trace
        return None

    trace = receiver.wait(whole)
    by_name = {one.name: one for one in trace}
    assert by_name["turn"].parent == ""
    assert by_name["ask_rasa"].parent == by_name["turn"].id
    assert by_name["rasa_turn"].parent == by_name["ask_rasa"].id
    actions = [one for one in trace if one.process == "xiaoer-actions"]
    assert {one.parent for one in actions} == {by_name["rasa_turn"].id}

    (message_id,) = {one.values["message_id"] for one in trace}
    logs = stack.settings.state_dir / "log"
    events = {
        name: {str(line["event"]) for line in lines(logs / f"{name}.log", message_id)}
        for name in ("hub", "rasa", "actions")
    }
    assert "turn_answered" in events["hub"]
    assert "rasa_turn" in events["rasa"]
    assert "action_ran" in events["actions"]


def test_each_process_publishes_what_it_counts(stack: Stack) -> None:
    with Chat(stack.settings.base_url) as chat:
        chat.say("你好")
    hub, actions, rasa = (metrics(stack, ports_on) for ports_on in range(3))
    assert 'xiaoer_part_seconds_count{part="bot"}' in hub
    assert "\nxiaoer_inbox_waiting " in hub
    assert 'xiaoer_clocks_late{kind="ticket"}' in hub
    assert 'xiaoer_part_seconds_count{part="rasa"}' in rasa
    assert "xiaoer_actions_total{" in actions
