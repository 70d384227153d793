"""The port of the metrics."""

import httpx
import pytest

from bot.operations.ports_free import free_ports_in_a_row
from bot.telemetry.publish import Sampled, publish
from bot.telemetry.tracing import span, start_tracing, stop_tracing
from tests.otlp_receiver import otlp_receiver


def test_no_port_means_no_metrics() -> None:
    assert publish("127.0.0.1", 0) is None


def test_the_second_process_of_a_kind_takes_the_next_port() -> None:
    port = free_ports_in_a_row(2)
    first, second = publish("127.0.0.1", port), publish("127.0.0.1", port)
    assert first is not None
    assert second is not None
    try:
        for one in (port, port + 1):
            answer = httpx.get(f"http://127.0.0.1:{one}/metrics", trust_env=False)
            assert "xiaoer_turns" in answer.text
        assert publish("127.0.0.1", port) is None, "a third one goes without, and serves people"
    finally:
        for server, thread in (first, second):
            server.shutdown()
            server.server_close()
            thread.join()


def test_gauges_that_cannot_be_read_leave_the_counters_alone() -> None:
    def broken() -> list[object]:
        raise ConnectionError

    assert Sampled(broken).collect() == []  # type: ignore[arg-type]


def test_without_a_receiver_a_span_costs_nothing_and_marks_nothing() -> None:
    start_tracing("", "hub")
    with span("turn") as mark:
        assert mark is None


def test_a_span_continues_the_trace_of_another_process_and_keeps_no_text_of_an_error() -> None:
    with otlp_receiver() as receiver:
        start_tracing(receiver.url, "hub")
        try:
            with span("turn") as mark:
                assert mark is not None
            with pytest.raises(ValueError, match="李雷"), span("rasa_turn", mark, message_id=7):
                raise ValueError("李雷 13800138000")
        finally:
            stop_tracing()
        first, second = receiver.wait(lambda spans: spans if len(spans) == 2 else None)
    assert (second.trace, second.parent) == (first.trace, first.id)
    assert second.values == {"message_id": "7"}
