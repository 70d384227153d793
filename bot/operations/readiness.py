"""Asks the hub whether everything is there, over the same addresses that a load balancer uses."""

from collections.abc import Callable
from dataclasses import dataclass

import httpx
import msgspec

from bot.settings import Settings

EVERYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - compared with, not bound


@dataclass(frozen=True)
class Readiness:
    """One look at the hub.

    Attributes:
        is_alive: The hub answers.
        is_ready: Database, Rasa, actions and model are there too.
        missing: Names of the parts that are not, for people.
    """

    is_alive: bool
    is_ready: bool
    missing: str


Probe = Callable[[], Readiness]


def local_address(settings: Settings) -> str:
    """Return how this machine itself reaches the hub."""
    host = "127.0.0.1" if settings.host in EVERYWHERE else settings.host
    return f"http://{host}:{settings.port}"


def http_probe(base_url: str, transport: httpx.BaseTransport | None = None) -> Probe:
    """Return a probe of `base_url`; `transport` replaces the network in tests."""

    def probe() -> Readiness:
        try:
            with _client(base_url, transport) as client:
                answer = client.get("/readyz")
        except httpx.HTTPError:
            return Readiness(is_alive=False, is_ready=False, missing="hub")
        return Readiness(
            is_alive=True,
            is_ready=answer.status_code == httpx.codes.OK,
            missing=_missing(answer),
        )

    return probe


def _client(base_url: str, transport: httpx.BaseTransport | None) -> httpx.Client:
    # loopback must never go by way of a proxy that the environment names
    return httpx.Client(base_url=base_url, timeout=10, transport=transport, trust_env=False)


def _missing(answer: httpx.Response) -> str:
    """Name the parts that `/readyz` says are not there; a stranger's answer names none of ours."""
    try:
        parts = msgspec.json.decode(answer.content, type=_Body).parts
    except msgspec.DecodeError:
        return "readyz"
    return ", ".join(name for name, part in parts.items() if not part.ok)


class _Part(msgspec.Struct):
    ok: bool


class _Body(msgspec.Struct):
    parts: dict[str, _Part]
