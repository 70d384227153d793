"""`xiaoer agent` and `xiaoer audit` as an operator types them."""

import io
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot import cli
from tests.new_files import empty_database


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every command away from the developer's own data."""
    monkeypatch.setenv("XIAOER_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("XIAOER_DATABASE_URL", f"sqlite:///{tmp_path / 'xiaoer.db'}")
    (tmp_path / "xiaoer.db").write_bytes(empty_database())
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str, typed: str = "") -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    return cli.main(arguments)


def test_an_account_is_added_reset_closed_and_opened_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = "correct horse battery\n"
    assert run(monkeypatch, "agent", "add", "lilei", "李雷", "--role", "auditor", typed=typed) == 0
    assert run(monkeypatch, "agent", "reset", "LiLei") == 0
    assert run(monkeypatch, "agent", "close", "lilei") == 0
    assert run(monkeypatch, "agent", "list") == 0
    assert run(monkeypatch, "agent", "open", "lilei") == 0
    assert run(monkeypatch, "agent", "factor-off", "lilei") == 1
    assert run(monkeypatch, "agent", "reset", "nobody") == 1

    shown = capsys.readouterr().out
    assert "lilei  李雷  auditor" in shown
    assert "停用 (closed)" in shown
    assert "没有账号 nobody" in shown


def test_a_weak_password_is_refused_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "agent", "add", "lilei", "李雷", typed="password123\n") == 1

    assert "密码太弱" in capsys.readouterr().out


def test_the_log_is_checked_and_the_first_broken_entry_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], elsewhere: Path
) -> None:
    assert run(monkeypatch, "audit", "anchor") == 1
    typed = "correct horse battery\n"
    for login in ("lilei", "hanmeimei"):
        run(monkeypatch, "agent", "add", login, "李雷", typed=typed)
    capsys.readouterr()
    assert run(monkeypatch, "audit", "anchor") == 0
    anchors = elsewhere / "anchors.txt"
    anchors.write_text(capsys.readouterr().out, encoding="utf-8")

    assert run(monkeypatch, "audit", "verify", "--anchors", str(anchors)) == 0
    assert "完好: 2 条" in capsys.readouterr().out
    engine = create_engine(f"sqlite:///{elsewhere / 'xiaoer.db'}", future=True)
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_entries_no_update"))
        connection.execute(text("UPDATE audit_entries SET action = 'x' WHERE seq = 2"))
    engine.dispose()

    assert run(monkeypatch, "audit", "verify") == 1
    assert "序号 (entry) 2" in capsys.readouterr().out.replace("\n", "")
