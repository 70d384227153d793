"""`xiaoer backup` and `xiaoer restore`: a folder with a copy of each database and a manifest."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from bot.operations.commands import require_ports
from bot.operations.errors import BadBackup, OperationFailed, PortInUse
from bot.operations.guards import require_space
from bot.settings import Settings
from bot.store import backup as store

MANIFEST = "manifest.json"
TRACKER = "tracker.db"
"""Rasa's own SQLite file in the state folder; absent when Rasa uses a server."""


@dataclass(frozen=True)
class Part:
    """One copied database.

    Attributes:
        file: Name inside the backup folder.
        sha256: Of the copy, so that damage is seen before anything is replaced.
        size: In bytes.
    """

    file: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Manifest:
    """What a backup holds.

    Attributes:
        kind: "sqlite" or "postgresql"; a backup fits its own kind only.
        taken_at: Aware, UTC.
    """

    kind: str
    taken_at: datetime
    parts: tuple[Part, ...]


def backup(settings: Settings, folder: Path, now: datetime) -> Path:
    """Copy all databases while the application runs.

    Args:
        settings: Says where the databases are.
        folder: Parent of the new backup folder.
        now: Names the backup (UTC).

    Returns:
        The finished backup folder; a broken one never has a manifest.

    Raises:
        DiskFull: Too little space.
        BadBackup: There is no database yet, or it cannot be read.
    """
    target = folder / f"xiaoer-{now:%Y%m%dT%H%M%SZ}"
    kind = store.kind_of(settings.database_url)
    file = store.sqlite_file(settings.database_url)
    if kind == "sqlite" and (file is None or not file.exists()):
        raise BadBackup("还没有数据库可备份 (there is no database yet)")
    target.mkdir(parents=True)
    require_space(target)
    try:
        if file is not None:
            store.copy_sqlite(file, target / "xiaoer.db")
        else:
            store.dump_postgres(settings.database_url, target / "xiaoer.dump")
        if (settings.state_dir / TRACKER).exists():
            store.copy_sqlite(settings.state_dir / TRACKER, target / TRACKER)
    except store.CopyFailed as error:
        raise BadBackup(f"备份失败: {error} (backup failed)") from error
    parts = tuple(_part(path) for path in sorted(target.iterdir()))
    manifest = Manifest(kind, now, parts)
    (target / MANIFEST).write_bytes(msgspec.json.encode(manifest))
    return target


def restore(settings: Settings, folder: Path, now: datetime) -> Path | None:
    """Put a backup in the place of the present databases.

    Returns:
        A backup of what was there before, None when there was nothing.

    Raises:
        OperationFailed: The application is running; stop it first.
        BadBackup: The backup is damaged or of another kind; nothing has been changed.
    """
    _require_stopped(settings)
    manifest = read_manifest(folder)
    kind = store.kind_of(settings.database_url)
    if manifest.kind != kind:
        raise BadBackup(
            f"备份是 {manifest.kind}, 当前数据库是 {kind} (the backup is of another kind)"
        )
    file = store.sqlite_file(settings.database_url)
    before = None
    if file is None or file.exists():
        before = backup(settings, settings.state_dir / "before-restore", now)
    try:
        if file is None:
            store.load_postgres(settings.database_url, folder / "xiaoer.dump")
        else:
            store.check_sqlite(folder / "xiaoer.db")
            store.replace_sqlite(folder / "xiaoer.db", file)
        if (folder / TRACKER).exists():
            store.replace_sqlite(folder / TRACKER, settings.state_dir / TRACKER)
    except store.CopyFailed as error:
        raise BadBackup(f"恢复失败: {error} (restore failed)") from error
    return before


def read_manifest(folder: Path) -> Manifest:
    """Read a backup's manifest and check every file against it.

    Raises:
        BadBackup: The manifest or a file is missing or damaged.
    """
    try:
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
        found = tuple(_part(folder / part.file) for part in manifest.parts)
    except (OSError, msgspec.DecodeError) as error:
        raise BadBackup(f"备份不完整: {folder} (incomplete backup)") from error
    if found != manifest.parts:
        raise BadBackup(f"备份已损坏: {folder} (damaged backup)")
    return manifest


def _require_stopped(settings: Settings) -> None:
    try:
        require_ports(settings)
    except PortInUse as error:
        raise OperationFailed("小二正在运行, 请先停止再恢复 (stop xiaoer first)") from error


def _part(path: Path) -> Part:
    with path.open("rb") as file:
        digest = hashlib.sha256()
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return Part(path.name, digest.hexdigest(), path.stat().st_size)
