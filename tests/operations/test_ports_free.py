"""A port that was given out is still free when its server starts."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from socket import socket

import pytest

from bot.operations import ports_free
from bot.operations.ports_free import BLOCK, LOOPBACK, _Blocks, free_port, free_ports_in_a_row
from bot.settings import ROOT

OUTGOING = Path("/proc/sys/net/ipv4/ip_local_port_range")
MANY = f"""
from bot.operations.ports_free import free_port
print(*(free_port() for _ in range({3 * BLOCK})))
input()
"""


@pytest.fixture
def blocks() -> Iterator[_Blocks]:
    """Blocks as another process has them."""
    made = _Blocks()
    yield made
    for descriptor, _first in made._held:
        os.close(descriptor)


def test_no_outgoing_connection_is_given_such_a_port() -> None:
    assert free_port() < int(OUTGOING.read_text(encoding="ascii").split()[0])


def test_two_processes_are_never_given_the_same_port() -> None:
    command = [sys.executable, "-c", MANY]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        theirs = {int(port) for port in other.stdout.readline().split()}  # and it lives on
        ours = {free_port() for _ in range(3 * BLOCK)}
        other.communicate("\n")

    assert len(theirs) == len(ours) == 3 * BLOCK
    assert not theirs & ours


def test_a_port_that_somebody_listens_on_is_left_out(blocks: _Blocks) -> None:
    with socket() as listening:
        listening.bind((LOOPBACK, blocks.take(1) + 1))
        listening.listen()

        assert blocks.take(1) > listening.getsockname()[1]


def test_neighbours_are_free_all_of_them() -> None:
    first = free_ports_in_a_row(4)

    assert not set(range(first, first + 4)) & {free_port() for _ in range(BLOCK)}


def test_where_others_hold_all_blocks_the_own_ones_are_given_again(
    blocks: _Blocks, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = blocks.take(1)
    monkeypatch.setattr(ports_free, "END", ports_free.FIRST)

    again = {blocks.take(1) for _ in range(2 * BLOCK)}
    assert first in again
    assert max(again) - min(again) < BLOCK, "all of one block"


def test_a_process_without_any_block_says_so(
    blocks: _Blocks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ports_free, "END", ports_free.FIRST)

    with pytest.raises(OSError, match="hold all blocks"):
        blocks.take(1)
