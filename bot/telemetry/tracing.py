"""Traces by OpenTelemetry, off unless a setting names where they go.

One trace is one turn: it begins in the hub, and its mark travels with the message's metadata to
Rasa and on to the action server. Spans bear ids and names of ours, never text.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

TRACEPARENT = "traceparent"
"""Key of the mark in the metadata of a message, as in W3C Trace Context."""

EXPORT_EVERY_MS = 2000
EXPORT_TIMEOUT_S = 5

_providers: "list[TracerProvider]" = []


def start_tracing(url: str, process: str) -> None:
    """Send spans of this process to an OTLP/HTTP receiver; nothing when `url` is empty.

    Args:
        url: Address of the receiver's traces, such as `http://127.0.0.1:4318/v1/traces`.
        process: Which of ours this is: hub, rasa, actions.
    """
    if not url or _providers:
        return
    # half a second of imports that nobody pays who does without
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415
        OTLPSpanExporter,
    )
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415

    provider = TracerProvider(resource=Resource.create({"service.name": f"xiaoer-{process}"}))
    exporter = OTLPSpanExporter(endpoint=url, timeout=EXPORT_TIMEOUT_S)
    provider.add_span_processor(BatchSpanProcessor(exporter, schedule_delay_millis=EXPORT_EVERY_MS))
    _providers.append(provider)


def stop_tracing() -> None:
    """Send what is left and go back to no traces."""
    while _providers:
        _providers.pop().shutdown()  # type: ignore[no-untyped-call]


@contextmanager
def span(name: str, parent: str | None = None, **values: str | int) -> Iterator[str | None]:
    """Make the block a span; yields its mark for the next process, None while tracing is off.

    Args:
        name: What the block does, a constant.
        parent: Mark of the span that called, from another process; None for the one around.
        values: Attributes: ids and names, no text of people.
    """
    if not _providers:
        yield None
        return
    from opentelemetry.trace.propagation import tracecontext  # noqa: PLC0415 - see start_tracing

    propagator = tracecontext.TraceContextTextMapPropagator()
    around = propagator.extract({TRACEPARENT: parent}) if parent else None
    tracer = _providers[0].get_tracer("xiaoer")
    with tracer.start_as_current_span(
        name, context=around, attributes=values, record_exception=False
    ):
        carrier: dict[str, str] = {}
        propagator.inject(carrier)
        yield carrier.get(TRACEPARENT)
