"""The real application with the committed catalogue and a fresh database, for actions."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import actions
from bot.bootstrap import App
from bot.store.tables import METADATA


@pytest.fixture
def application(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    """What `actions.app()` returns, with a database of its own."""
    monkeypatch.setenv("XIAOER_DATABASE_URL", f"sqlite:///{tmp_path / 'actions.db'}")
    monkeypatch.setenv("XIAOER_STATE_DIR", str(tmp_path))
    actions.app.cache_clear()
    built = actions.app()
    METADATA.create_all(built.engine)
    yield built
    built.engine.dispose()
    actions.app.cache_clear()
