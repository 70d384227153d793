"""Finds a port of loopback that nobody listens on."""

from socket import socket


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
