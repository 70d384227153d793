"""Which doors of the running product are open, and to whom."""

import socket
import subprocess
from pathlib import Path

import pytest

from bot.operations.commands import address_of
from tests.stack import Stack

pytestmark = pytest.mark.model

LISTENING = "0A"
"""State of a socket that takes connections in `/proc/net/tcp`."""

LOOPBACK = "0100007F"


def listening(stack: Stack) -> dict[str, set[tuple[str, int]]]:
    """Return by process at which (address in hexadecimal, port) it takes connections."""
    inodes = {}
    for name in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]:
            field = line.split()
            address, port = field[1].rsplit(":", 1)
            if field[3] == LISTENING:
                inodes[f"socket:[{field[9]}]"] = (address, int(port, 16))
    found: dict[str, set[tuple[str, int]]] = {}
    for process, pid in stack.supervisor.pids().items():
        files = [str(file.readlink()) for file in Path(f"/proc/{pid}/fd").iterdir()]
        found[process] = {inodes[file] for file in files if file in inodes}
    return found


def test_rasa_and_the_actions_listen_on_loopback_beside_their_figures(stack: Stack) -> None:
    settings = stack.settings
    figures = settings.metrics_port  # the hub's; the others follow it
    wanted = {
        "hub": {(LOOPBACK, settings.port), (LOOPBACK, figures)},
        "rasa": {(LOOPBACK, address_of(settings.rasa_url, 0)[1]), (LOOPBACK, figures + 2)},
        "actions": {(LOOPBACK, address_of(settings.actions_url, 0)[1]), (LOOPBACK, figures + 1)},
    }
    assert listening(stack) == wanted


def test_from_another_address_of_this_machine_nothing_of_it_answers(stack: Stack) -> None:
    addresses = subprocess.run(["hostname", "-I"], capture_output=True, text=True, check=False)
    outside = [one for one in addresses.stdout.split() if "." in one and one != "127.0.0.1"]
    for url in (stack.settings.rasa_url, stack.settings.actions_url):
        for address in outside:
            with socket.socket() as caller:
                caller.settimeout(30)
                assert caller.connect_ex((address, address_of(url, 0)[1])) != 0
