import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.operations.errors import ProcessDied
from bot.operations.supervisor import MAX_QUICK_DEATHS, STEADY_S, Command, Supervisor
from tests.operations.waiting import is_running, wait_for

SLEEP = "import time; time.sleep(600)"
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "open('ready', 'w').close(); time.sleep(600)"
)
WITH_CHILD = (
    "import subprocess, sys, time;"
    "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']);"
    "open('child', 'w').write(str(p.pid)); time.sleep(600)"
)


def command(code: str, name: str = "worker") -> Command:
    return Command(name, [sys.executable, "-c", code], dict(os.environ))


def test_all_processes_run_until_the_block_ends(tmp_path: Path) -> None:
    with Supervisor([command(SLEEP, "a"), command(SLEEP, "b")], tmp_path, tmp_path) as supervisor:
        pids = supervisor.pids()
        assert sorted(pids) == ["a", "b"]
        assert supervisor.tick() == []
    assert not any(is_running(pid) for pid in pids.values())


def test_an_error_in_the_block_leaves_no_process_behind(tmp_path: Path) -> None:
    supervisor = Supervisor([command(SLEEP)], tmp_path, tmp_path)
    pids = []

    def use() -> None:
        with supervisor:
            pids.append(supervisor.pids()["worker"])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        use()
    assert not is_running(pids[0])


def test_a_program_that_does_not_exist_leaves_the_others_stopped(tmp_path: Path) -> None:
    broken = Command("broken", ["/nonexistent/program"], {})
    supervisor = Supervisor([command(SLEEP), broken], tmp_path, tmp_path)
    with pytest.raises(FileNotFoundError), supervisor:
        pass
    assert supervisor.pids() == {}


def test_grandchildren_end_too(tmp_path: Path) -> None:
    with Supervisor([command(WITH_CHILD)], tmp_path, tmp_path):
        wait_for(lambda: (tmp_path / "child").exists() and (tmp_path / "child").read_text())
        grandchild = int((tmp_path / "child").read_text())
        assert is_running(grandchild)
    wait_for(lambda: not is_running(grandchild))


def test_a_process_that_ignores_the_request_is_killed(tmp_path: Path) -> None:
    supervisor = Supervisor([command(STUBBORN)], tmp_path, tmp_path)
    with supervisor:
        wait_for((tmp_path / "ready").exists)
        pid = supervisor.pids()["worker"]
        began = time.monotonic()
        supervisor.stop(grace_s=0.2)
        assert time.monotonic() - began < 5
    assert not is_running(pid)


def test_a_killed_process_is_started_again(tmp_path: Path) -> None:
    with Supervisor([command(SLEEP)], tmp_path, tmp_path) as supervisor:
        first = supervisor.pids()["worker"]
        os.kill(first, 9)
        wait_for(lambda: not is_running(first))
        moment = time.monotonic() + STEADY_S
        assert supervisor.tick(moment) == ["worker"]
        supervisor.tick(moment)
        assert supervisor.pids()["worker"] != first, "who waits for it is kept waiting"


def test_a_process_that_dies_soon_after_its_start_is_started_again_after_a_pause(
    tmp_path: Path,
) -> None:
    with Supervisor([command(SLEEP)], tmp_path, tmp_path) as supervisor:
        first = supervisor.pids()["worker"]
        os.kill(first, 9)
        wait_for(lambda: not is_running(first))
        moment = time.monotonic()
        assert supervisor.tick(moment) == ["worker"]
        assert supervisor.pids() == {}
        supervisor.tick(moment + 0.5)
        assert supervisor.pids() == {}, "the pause before a restart is not over"
        supervisor.tick(moment + 1.1)
        assert supervisor.pids()["worker"] != first


def test_a_process_that_cannot_stay_up_ends_everything_with_its_log(tmp_path: Path) -> None:
    failing = command("print('no such file'); raise SystemExit(7)")
    supervisor = Supervisor([command(SLEEP, "healthy"), failing], tmp_path, tmp_path)
    pids = []

    def use() -> None:
        with supervisor:
            pids.append(supervisor.pids()["healthy"])
            moment = time.monotonic()
            for _ in range(MAX_QUICK_DEATHS + 1):
                wait_for(lambda: "worker" not in supervisor.pids())
                supervisor.tick(moment)
                moment += 10
                supervisor.tick(moment)

    with pytest.raises(ProcessDied, match=r"worker.*7.*worker\.log"):
        use()
    assert not is_running(pids[0])
    assert "no such file" in (tmp_path / "worker.log").read_text()


def test_deaths_after_a_long_healthy_run_do_not_add_up(tmp_path: Path) -> None:
    with Supervisor([command(SLEEP)], tmp_path, tmp_path) as supervisor:
        moment = time.monotonic()
        for _ in range(MAX_QUICK_DEATHS + 1):
            pid = supervisor.pids()["worker"]
            os.kill(pid, 9)
            wait_for(lambda pid=pid: not is_running(pid))
            moment += STEADY_S + 1
            assert supervisor.tick(moment) == ["worker"]
            moment += 1.1
            supervisor.tick(moment)
        assert "worker" in supervisor.pids()


def test_a_large_log_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.operations.supervisor.KEPT_LOG_BYTES", 10)
    (tmp_path / "worker.log").write_text("x" * 11)
    with Supervisor([command(SLEEP)], tmp_path, tmp_path):
        assert (tmp_path / "worker.log.1").read_text() == "x" * 11


def test_secrets_do_not_appear_in_the_repr_of_a_command() -> None:
    assert "hush" not in repr(Command("a", ["b"], {"TOKEN": "hush"}))


def test_is_running_knows_a_finished_process() -> None:
    process = subprocess.Popen([sys.executable, "-c", "pass"])
    process.wait()
    assert not is_running(process.pid)


def test_what_runs_as_it_is_wanted_goes_on_and_the_rest_is_started(tmp_path: Path) -> None:
    first, other = command(SLEEP, "a"), command(SLEEP, "b")
    with Supervisor([first], tmp_path, tmp_path) as supervisor:
        before = supervisor.pids()["a"]
        supervisor.keep([other, first])
        pids = supervisor.pids()
        assert sorted(pids) == ["a", "b"]
        assert pids["a"] == before
    assert not any(is_running(pid) for pid in pids.values())


def test_what_runs_otherwise_than_it_is_wanted_is_ended_and_started_anew(tmp_path: Path) -> None:
    with Supervisor([command(SLEEP, "a")], tmp_path, tmp_path) as supervisor:
        before = supervisor.pids()["a"]
        supervisor.keep([command(f"{SLEEP} # anew", "a")])
        assert not is_running(before)
        assert is_running(supervisor.pids()["a"])
