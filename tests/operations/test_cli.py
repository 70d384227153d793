import subprocess
import sys
from pathlib import Path

import pytest

from bot import cli
from bot.operations.ports_free import free_port
from bot.settings import ROOT


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every command away from the developer's own data and ports."""
    monkeypatch.setenv("XIAOER_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("XIAOER_DATABASE_URL", f"sqlite:///{tmp_path / 'xiaoer.db'}")
    monkeypatch.setenv("XIAOER_PORT", str(free_port()))
    monkeypatch.setenv("XIAOER_RASA_URL", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("XIAOER_ACTIONS_URL", f"http://127.0.0.1:{free_port()}")
    return tmp_path


def test_a_known_failure_is_one_line_and_a_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["backup"]) == 1
    written = capsys.readouterr().out.strip()
    assert written.count("\n") == 0
    assert written.startswith("✗")


def test_a_bad_setting_is_one_line_and_a_code(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XIAOER_PORT", "eighty")
    assert cli.main(["doctor"]) == 1
    assert "XIAOER_PORT" in capsys.readouterr().out


def test_a_chat_without_a_hub_says_how_to_start_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["chat"]) == 1
    assert "make run" in capsys.readouterr().out


def test_a_full_disk_in_the_middle_is_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(*_: object) -> int:
        raise OSError(28, "No space left on device", "var/log/train.log")

    monkeypatch.setattr(cli, "train_all", fill)
    assert cli.main(["train"]) == 1
    written = capsys.readouterr().out.strip()
    assert written.count("\n") == 0
    assert "No space left on device" in written


def test_ctrl_c_is_no_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "train_all", interrupt)
    assert cli.main(["train"]) == cli.INTERRUPTED
    assert "interrupted" in capsys.readouterr().out


@pytest.mark.parametrize(
    "command", ["run", "train", "seed", "chat", "doctor", "backup", "restore", "agent"]
)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([command, "--help"])
    assert ended.value.code == 0
    assert "usage" in capsys.readouterr().out


def test_the_command_line_starts_without_rasa_and_tensorflow() -> None:
    code = "import sys, bot.cli; print(sorted({'rasa', 'tensorflow'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
