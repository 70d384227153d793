import os
import signal
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from bot.operations.errors import NotReady, ProcessDied
from bot.operations.readiness import Readiness
from bot.operations.run import Start, supervise
from bot.operations.supervisor import Command, Supervisor
from tests.operations.consoles import recording_display
from tests.operations.waiting import is_running, wait_for

SLEEP = "import os, time; open('%s', 'w').write(str(os.getpid())); time.sleep(600)"
READY = Readiness(is_alive=True, is_ready=True, missing="-")
LOADING = Readiness(is_alive=True, is_ready=False, missing="rasa")

LAUNCHER = textwrap.dedent(
    """
    import os, sys
    from pathlib import Path
    from rich.console import Console
    from bot.operations.display import Display
    from bot.operations.readiness import Readiness
    from bot.operations.run import Start, supervise
    from bot.operations.supervisor import Command

    folder = Path(sys.argv[1])
    code = "import os, time; open(%r, 'w').write(str(os.getpid())); time.sleep(600)"
    commands = [
        Command(name, [sys.executable, "-c", code % name], dict(os.environ))
        for name in ("one", "two")
    ]
    ready = Readiness(is_alive=True, is_ready=True, missing="-")
    start = Start(commands, folder, folder / "log", lambda: ready, "http://127.0.0.1:1")
    display = Display(Console())
    supervise(start, display, lambda: (folder / "ready").touch())
    """
)


def start_of(folder: Path, code: str, probe: "list[Readiness]", within_s: float = 60) -> Start:
    command = Command("worker", [sys.executable, "-c", code], dict(os.environ))
    answers = iter(probe)
    last = probe[-1]
    return Start(
        [command],
        folder,
        folder / "log",
        lambda: next(answers, last),
        "http://127.0.0.1:8000",
        within_s,
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_signal_leaves_no_child_behind(tmp_path: Path, number: signal.Signals) -> None:
    launcher = subprocess.Popen(
        [sys.executable, "-c", LAUNCHER, str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        wait_for(lambda: (tmp_path / "ready").exists() or launcher.poll() is not None)
        for name in ("one", "two"):
            wait_for(lambda name=name: (tmp_path / name).exists() and (tmp_path / name).read_text())
        pids = [int((tmp_path / name).read_text()) for name in ("one", "two")]
        assert all(is_running(pid) for pid in pids)
        launcher.send_signal(number)
        output, _ = launcher.communicate(timeout=15)
    finally:
        launcher.kill()
    assert launcher.returncode == 0, output
    assert "all stopped" in output
    assert not any(is_running(pid) for pid in pids)


def test_the_chat_page_is_announced_as_soon_as_the_hub_answers(tmp_path: Path) -> None:
    display, written = recording_display()
    seen = []

    def when_ready() -> None:
        seen.append(written.getvalue())
        os.kill(os.getpid(), signal.SIGTERM)

    down = Readiness(is_alive=False, is_ready=False, missing="hub")
    start = start_of(tmp_path, SLEEP % "pid", [down, LOADING, LOADING, READY])
    supervise(start, display, when_ready)
    assert len(seen) == 1
    assert seen[0].count("chat page is up") == 1
    assert "ready after" in seen[0]


def test_keepers_are_asked_once_everything_is_ready(tmp_path: Path) -> None:
    display, _ = recording_display()
    seen: list[dict[str, int]] = []

    class Looker:
        def tick(self, supervisor: Supervisor) -> None:
            seen.append(supervisor.pids())
            os.kill(os.getpid(), signal.SIGTERM)

    start = replace(start_of(tmp_path, SLEEP % "pid", [LOADING, READY]), keepers=(Looker(),))
    supervise(start, display, lambda: None)
    assert [list(one) for one in seen] == [["worker"]]


def test_an_application_that_never_gets_ready_is_stopped_with_a_reason(tmp_path: Path) -> None:
    display, _ = recording_display()
    start = start_of(tmp_path, SLEEP % "pid", [LOADING], within_s=0.1)
    with pytest.raises(NotReady, match="rasa") as caught:
        supervise(start, display, lambda: None)
    assert "\n" not in str(caught.value)


def test_a_process_that_cannot_start_ends_the_run(tmp_path: Path) -> None:
    display, _ = recording_display()
    start = start_of(tmp_path, "raise SystemExit(4)", [LOADING])
    with pytest.raises(ProcessDied, match="worker"):
        supervise(start, display, lambda: None)


def test_the_old_signal_handlers_come_back(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGINT)
    display, _ = recording_display()
    with pytest.raises(NotReady):
        supervise(start_of(tmp_path, SLEEP % "pid", [LOADING], 0.1), display, lambda: None)
    assert signal.getsignal(signal.SIGINT) is before
