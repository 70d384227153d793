"""Files are looked through by a daemon on a real socket, over TCP and over a Unix socket."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.attachments import FileNotTaken
from bot.hub.clamd import BadScannerAddress, Clamd
from bot.operations.ports_free import free_port
from bot.services.papers.file_scan import FileInfected, NoScanner, ScannerAway, check_incoming
from tests.clamd_server import INFECTED, LARGEST, NAME, FakeClamd, fake_clamd

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 1000


@pytest.fixture(params=["tcp", "unix"])
def daemon(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FakeClamd]:
    with fake_clamd(tmp_path / "clamd.ctl" if request.param == "unix" else None) as running:
        yield running


def test_the_daemon_is_given_the_whole_content_piece_by_piece(daemon: FakeClamd) -> None:
    Clamd(daemon.address).ping()
    check_incoming(Clamd(daemon.address), PDF)

    assert daemon.scanned == [PDF]


def test_what_the_daemon_knows_is_refused_by_its_name(daemon: FakeClamd) -> None:
    with pytest.raises(FileInfected, match=NAME):
        check_incoming(Clamd(daemon.address), PDF + INFECTED)


def test_without_a_verdict_no_file_is_taken(daemon: FakeClamd) -> None:
    with pytest.raises(ScannerAway, match="size limit"):
        Clamd(daemon.address).check(b"x" * (LARGEST + 1))
    for address in (f"127.0.0.1:{free_port()}", "unix:/nowhere/clamd.ctl"):
        with pytest.raises(ScannerAway):
            Clamd(address).check(PDF)


def test_what_is_no_file_of_ours_is_not_shown_to_the_daemon(daemon: FakeClamd) -> None:
    with pytest.raises(FileNotTaken):
        check_incoming(Clamd(daemon.address), b"MZ" + INFECTED)
    assert daemon.scanned == []


@pytest.mark.parametrize("address", ["clamd", "host:", ":3310", "host:port"])
def test_an_address_that_cannot_be_read_stops_the_start(address: str) -> None:
    with pytest.raises(BadScannerAddress, match="XIAOER_CLAMD"):
        Clamd(address)


def test_without_a_daemon_all_files_of_our_kinds_are_taken() -> None:
    check_incoming(NoScanner(), PDF + INFECTED)
