"""The real application with the committed catalogue and a fresh database, for actions."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import actions
from bot.bootstrap import App


@pytest.fixture
def application(
    tmp_path: Path, empty_sqlite: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[App]:
    """What `actions.app()` returns, with a database of its own."""
    shutil.copyfile(empty_sqlite, tmp_path / "actions.db")
    monkeypatch.setenv("XIAOER_DATABASE_URL", f"sqlite:///{tmp_path / 'actions.db'}")
    monkeypatch.setenv("XIAOER_STATE_DIR", str(tmp_path))
    actions.app.cache_clear()
    built = actions.app()
    yield built
    built.engine.dispose()
    actions.app.cache_clear()
