"""A receiver of traces on loopback, for tests: takes OTLP over HTTP and keeps the spans."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.servers import ServerThread

PATIENCE_S = 90.0


@dataclass(frozen=True)
class Seen:
    """One span; ids in hex, `parent` "" at the root."""

    process: str
    name: str
    trace: str
    id: str
    parent: str
    values: dict[str, str]


@dataclass
class Receiver:
    """The running receiver and what it took."""

    url: str
    spans: list[Seen] = field(default_factory=list)
    came: threading.Condition = field(default_factory=threading.Condition)

    def wait(self, wanted: Callable[[list[Seen]], list[Seen] | None]) -> list[Seen]:
        """Return what `wanted` makes of the spans, as soon as it is not None."""
        ends_at = time.monotonic() + PATIENCE_S
        with self.came:
            while True:
                found = wanted(self.spans)
                if found is not None:
                    return found
                assert self.came.wait(ends_at - time.monotonic()), self.spans[-20:]


def read_spans(body: bytes) -> list[Seen]:
    """Read the body of an export."""
    request = ExportTraceServiceRequest.FromString(body)
    found = []
    for resource in request.resource_spans:
        names = {one.key: one.value.string_value for one in resource.resource.attributes}
        for scope in resource.scope_spans:
            found += [
                Seen(
                    process=names["service.name"],
                    name=one.name,
                    trace=one.trace_id.hex(),
                    id=one.span_id.hex(),
                    parent=one.parent_span_id.hex(),
                    values={
                        v.key: v.value.string_value or str(v.value.int_value)
                        for v in one.attributes
                    },
                )
                for one in scope.spans
            ]
    return found


@contextmanager
def otlp_receiver() -> Iterator[Receiver]:
    """Receive traces until the end of the block."""
    receiver = Receiver("")

    async def take(request: Request) -> Response:
        body = await request.body()
        if request.headers.get("content-encoding") == "gzip":
            body = gzip.decompress(body)
        with receiver.came:
            receiver.spans += read_spans(body)
            receiver.came.notify_all()
        done = ExportTraceServiceResponse().SerializeToString()
        return Response(done, media_type="application/x-protobuf")

    server = ServerThread(Starlette(routes=[Route("/v1/traces", take, methods=["POST"])]))
    receiver.url = f"{server.url}/v1/traces"
    server.start()
    try:
        yield receiver
    finally:
        server.stop()
