"""The real application with the committed catalogue and a fresh database, for actions."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import actions
from bot.bootstrap import App
from bot.settings import load_settings
from tests.web_app import open_app


@pytest.fixture
def application(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    """What `actions.app()` returns, with a database of its own; its files are read once."""
    monkeypatch.setenv("XIAOER_DATABASE_URL", f"sqlite:///{tmp_path / 'actions.db'}")
    monkeypatch.setenv("XIAOER_STATE_DIR", str(tmp_path))
    with open_app(load_settings()) as opened:
        monkeypatch.setattr(actions, "build", lambda _settings: opened)
        actions.app.cache_clear()
        yield actions.app()
    actions.app.cache_clear()
