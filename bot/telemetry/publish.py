"""Publishes the metrics of a process on a port of its own."""

from collections.abc import Callable
from threading import Thread
from wsgiref.simple_server import WSGIServer

import structlog
from prometheus_client import start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.telemetry.metrics import REGISTRY

log = structlog.get_logger()

Gauges = Callable[[], "list[GaugeMetricFamily]"]


class Sampled(Collector):
    """Gauges that are read when they are asked for; none of them while they cannot be read."""

    def __init__(self, read: Gauges) -> None:
        self._read = read

    def describe(self) -> list[GaugeMetricFamily]:
        """Name nothing beforehand: the database may be away when the process starts."""
        return []

    def collect(self) -> list[GaugeMetricFamily]:
        """Read them now; called in a thread of the server."""
        try:
            return self._read()
        except Exception as error:  # noqa: BLE001 - the counters are published all the same
            log.warning("figures_not_read", error=type(error).__name__)
            return []


def publish(host: str, port: int, read: Gauges | None = None) -> tuple[WSGIServer, Thread] | None:
    """Serve `/metrics` in a thread until the process ends; nothing when `port` is 0.

    While a model is changed two Rasas run: the second finds the port taken and uses the next one.

    Args:
        host: Address to listen on; loopback, for it has no protection of its own.
        port: TCP port, 0 for none.
        read: Reads gauges at each scrape.
    """
    if not port:
        return None
    if read is not None:
        REGISTRY.register(Sampled(read))
    return _serve(host, port) or _serve(host, port + 1)


def _serve(host: str, port: int) -> tuple[WSGIServer, Thread] | None:
    try:
        return start_http_server(port, addr=host, registry=REGISTRY)
    except OSError as error:
        log.warning("metrics_port_taken", port=port, error=type(error).__name__)
        return None
