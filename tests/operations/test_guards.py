import socket
from pathlib import Path

import pytest

from bot.operations.commands import require_ports
from bot.operations.errors import DiskFull, PortInUse
from bot.operations.guards import free_mb, is_port_free, require_port, require_space
from bot.operations.ports_free import free_port
from bot.settings import Settings


def test_a_full_disk_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(DiskFull) as caught:
        require_space(tmp_path, needed_mb=2048, measure=lambda _folder: 100)
    line = str(caught.value)
    assert "\n" not in line
    assert "磁盘空间不足" in line
    assert "100 MB" in line
    assert "2048 MB" in line


def test_enough_space_passes(tmp_path: Path) -> None:
    require_space(tmp_path, needed_mb=100, measure=lambda _folder: 100)


def test_the_space_of_a_folder_that_does_not_exist_yet_is_that_of_its_parent(
    tmp_path: Path,
) -> None:
    assert abs(free_mb(tmp_path / "a" / "b") - free_mb(tmp_path)) < 1024


def test_a_port_in_use_is_one_clear_line_that_names_the_setting() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert not is_port_free("127.0.0.1", port)
        with pytest.raises(PortInUse) as caught:
            require_port("hub", "127.0.0.1", port, "XIAOER_PORT")
    line = str(caught.value)
    assert "\n" not in line
    assert str(port) in line
    assert "XIAOER_PORT" in line


def test_a_free_port_passes() -> None:
    require_port("hub", "127.0.0.1", free_port(), "XIAOER_PORT")


@pytest.mark.parametrize("taken", ["XIAOER_PORT", "XIAOER_RASA_URL", "XIAOER_ACTIONS_URL"])
def test_each_of_the_three_ports_is_checked_before_anything_starts(taken: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        ports = {
            name: free_port() for name in ("XIAOER_PORT", "XIAOER_RASA_URL", "XIAOER_ACTIONS_URL")
        }
        ports[taken] = other.getsockname()[1]
        settings = Settings(
            port=ports["XIAOER_PORT"],
            rasa_url=f"http://127.0.0.1:{ports['XIAOER_RASA_URL']}",
            actions_url=f"http://127.0.0.1:{ports['XIAOER_ACTIONS_URL']}",
        )
        with pytest.raises(PortInUse, match=taken):
            require_ports(settings)
