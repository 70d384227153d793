import socket
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.operations.backup import MANIFEST, backup, read_manifest, restore
from bot.operations.errors import BadBackup, OperationFailed
from bot.operations.ports_free import free_port
from bot.settings import Settings

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=timezone.utc)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        port=free_port(),
        rasa_url=f"http://127.0.0.1:{free_port()}",
        actions_url=f"http://127.0.0.1:{free_port()}",
        database_url=f"sqlite:///{tmp_path / 'var' / 'xiaoer.db'}",
        state_dir=tmp_path / "var",
    )


def write(path: Path, value: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE IF NOT EXISTS notes (value TEXT)")
        connection.execute("DELETE FROM notes")
        connection.execute("INSERT INTO notes VALUES (?)", (value,))


def read(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("SELECT value FROM notes").fetchone()[0])


def test_a_backup_put_back_brings_the_old_data(settings: Settings, tmp_path: Path) -> None:
    live = settings.state_dir / "xiaoer.db"
    write(live, "monday")
    write(settings.state_dir / "rasa.db", "monday too")
    saved = backup(settings, tmp_path / "backups", NOW)
    write(live, "tuesday")
    write(settings.state_dir / "rasa.db", "tuesday too")

    before = restore(settings, saved, LATER)

    assert read(live) == "monday"
    assert read(settings.state_dir / "rasa.db") == "monday too"
    assert before is not None
    assert read(before / "xiaoer.db") == "tuesday"


def test_a_backup_restores_onto_an_empty_machine(settings: Settings, tmp_path: Path) -> None:
    live = settings.state_dir / "xiaoer.db"
    write(live, "monday")
    saved = backup(settings, tmp_path / "backups", NOW)
    live.unlink()

    assert restore(settings, saved, LATER) is None
    assert read(live) == "monday"


def test_rasa_never_remembers_more_than_the_business_data_have(
    settings: Settings, tmp_path: Path
) -> None:
    """What is written between the two copies is in the second one only."""
    write(settings.state_dir / "xiaoer.db", "monday")
    write(settings.state_dir / "rasa.db", "monday too")
    saved = backup(settings, tmp_path / "backups", NOW)

    assert [part.name for part in read_manifest(saved).parts] == ["rasa", "xiaoer"]


def test_a_backup_is_for_its_owner_only(settings: Settings, tmp_path: Path) -> None:
    write(settings.state_dir / "xiaoer.db", "monday")
    assert backup(settings, tmp_path / "backups", NOW).stat().st_mode & 0o777 == 0o700


def test_a_damaged_backup_changes_nothing(settings: Settings, tmp_path: Path) -> None:
    live = settings.state_dir / "xiaoer.db"
    write(live, "monday")
    saved = backup(settings, tmp_path / "backups", NOW)
    (saved / "xiaoer.db").write_bytes(b"SQLite format 3\0 or not")
    with pytest.raises(BadBackup, match="damaged"):
        restore(settings, saved, LATER)
    assert read(live) == "monday"


def test_a_backup_without_a_manifest_was_never_finished(settings: Settings, tmp_path: Path) -> None:
    write(settings.state_dir / "xiaoer.db", "monday")
    saved = backup(settings, tmp_path / "backups", NOW)
    (saved / MANIFEST).unlink()
    with pytest.raises(BadBackup, match="incomplete"):
        read_manifest(saved)


def test_a_backup_of_another_kind_of_database_is_refused(
    settings: Settings, tmp_path: Path
) -> None:
    write(settings.state_dir / "xiaoer.db", "monday")
    saved = backup(settings, tmp_path / "backups", NOW)
    manifest = (saved / MANIFEST).read_text()
    (saved / MANIFEST).write_text(manifest.replace('"sqlite"', '"postgresql"'))
    with pytest.raises(BadBackup, match="another kind"):
        restore(settings, saved, LATER)


def test_nothing_is_restored_under_a_running_application(
    settings: Settings, tmp_path: Path
) -> None:
    write(settings.state_dir / "xiaoer.db", "monday")
    saved = backup(settings, tmp_path / "backups", NOW)
    with socket.socket() as hub:
        hub.bind((settings.host, settings.port))
        hub.listen()
        with pytest.raises(OperationFailed, match="stop xiaoer first"):
            restore(settings, saved, LATER)


def test_there_is_nothing_to_back_up_before_the_first_run(
    settings: Settings, tmp_path: Path
) -> None:
    with pytest.raises(BadBackup, match="no database yet"):
        backup(settings, tmp_path / "backups", NOW)
    assert not (tmp_path / "backups").exists()
