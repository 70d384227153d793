"""`deploy/systemd/roll.sh`: one copy after the other, in the right order, and never on a hope.

systemd itself does not run where tests run: `systemctl` is a small stand-in that notes its calls.
What the script asks over HTTP are real servers on loopback.
"""

import os
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from bot.operations.serve import PARTS
from bot.settings import ROOT

SCRIPT = ROOT / "deploy" / "systemd" / "roll.sh"
TOKEN = "only-for-this-test"
SYSTEMCTL = """#!/usr/bin/env bash
all="$*"
echo "$all" >>"$CALLS"
case "$all" in
list-units*) part=${all##*xiaoer-} && part=${part%@*} && for n in 1 2; do
    echo "xiaoer-$part@$n.service loaded active running x"
done ;;
restart\\ xiaoer-clock*) touch "$STATE/clock-here.beat" ;;
esac
"""


@dataclass
class Machine:
    """What the script finds on a machine."""

    folder: Path
    asked: list[str]

    def roll(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run the script; it gives up at the first copy that does not serve at once."""
        environment = {
            **os.environ,
            "PATH": f"{self.folder}:{os.environ['PATH']}",
            "ROLL_ETC": str(self.folder),
            "ROLL_WAIT_S": "0",
            "CALLS": str(self.folder / "calls"),
            "STATE": str(self.folder),
        }
        return subprocess.run(
            [SCRIPT, *arguments], env=environment, capture_output=True, text=True, check=False
        )

    def restarted(self) -> list[str]:
        """Return the copies that were started anew, in their order."""
        calls = (self.folder / "calls").read_text().splitlines()
        return [one.removeprefix("restart xiaoer-") for one in calls if one.startswith("restart")]


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    asked: list[str] = []

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            known = self.path in {"/healthz", "/health", f"/status?token={TOKEN}"}
            self.send_response(200 if known else 401)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing on the console."""

    server = HTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}"
    (tmp_path / "systemctl").write_text(SYSTEMCTL)
    (tmp_path / "systemctl").chmod(0o700)
    (tmp_path / "token").write_text(TOKEN + "\n")
    common = {
        "XIAOER_STATE_DIR": tmp_path,
        "XIAOER_RASA_TOKEN_FILE": tmp_path / "token",
        "XIAOER_RASA_URL": "http://127.0.0.1:1",  # of nginx; a copy names its own
        "XIAOER_ACTIONS_URL": url,
    }
    (tmp_path / "common.env").write_text("".join(f"{k}={v}\n" for k, v in common.items()))
    for number in (1, 2):
        (tmp_path / f"hub-{number}.env").write_text(f"XIAOER_PORT={server.server_port}\n")
        (tmp_path / f"rasa-{number}.env").write_text(f"XIAOER_RASA_URL={url}\n")
    yield Machine(tmp_path, asked)
    server.shutdown()
    server.server_close()
    thread.join()


def both(*parts: str) -> list[str]:
    return [f"{part}@{number}" for part in parts for number in (1, 2)]


def test_whoever_is_called_is_new_before_whoever_calls_it(machine: Machine) -> None:
    done = machine.roll()
    assert (done.returncode, done.stderr) == (0, "")
    assert machine.restarted() == both("actions", "rasa", "clock", "hub")
    assert {one.split("@")[0] for one in machine.restarted()} == set(PARTS)
    assert set(machine.asked) == {"/health", f"/status?token={TOKEN}", "/healthz"}


def test_going_back_takes_the_other_way(machine: Machine) -> None:
    assert machine.roll("--back").returncode == 0
    assert machine.restarted() == both("hub", "clock", "rasa", "actions")


def test_a_copy_that_does_not_serve_ends_it_and_what_is_behind_keeps_the_old_code(
    machine: Machine,
) -> None:
    (machine.folder / "rasa-1.env").write_text("XIAOER_RASA_URL=http://127.0.0.1:1\n")
    done = machine.roll()
    assert done.returncode == 1
    assert "journalctl -u xiaoer-rasa@1" in done.stderr
    assert machine.restarted() == [*both("actions"), "rasa@1"]


def test_a_rasa_that_refuses_our_token_does_not_serve_us(machine: Machine) -> None:
    (machine.folder / "token").write_text("another")
    assert machine.roll().returncode == 1
    assert machine.restarted()[-1] == "rasa@1"


def test_a_clock_that_does_not_beat_does_not_serve(machine: Machine) -> None:
    silent = SYSTEMCTL.replace('touch "$STATE/clock-here.beat"', ":")
    (machine.folder / "systemctl").write_text(silent)
    (machine.folder / "clock-here.beat").touch()
    assert machine.roll().returncode == 1
    assert machine.restarted()[-1] == "clock@1"
