from pathlib import Path

import pytest

from bot import cli


def test_the_bot_is_switched_off_and_on_from_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XIAOER_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("XIAOER_DATABASE_URL", f"sqlite:///{tmp_path / 'xiaoer.db'}")
    assert cli.main(["switch", "off", "bot"]) == 1
    assert "--reason" in capsys.readouterr().out
    assert cli.main(["switch", "off", "bot", "--reason", "核对材料"]) == 0
    assert cli.main(["switch", "list"]) == 0
    assert "停用: 核对材料" in capsys.readouterr().out
    assert cli.main(["switch", "on", "bot"]) == 0
    assert cli.main(["switch", "on", "bot"]) == 1
    assert cli.main(["switch", "off", "radio", "--reason", "无"]) == 1
