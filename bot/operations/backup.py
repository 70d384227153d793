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


@dataclass(frozen=True)
class Part:
    """One copied database.

    Attributes:
        name: Which database, "xiaoer" or "rasa".
        kind: "sqlite" or "postgresql"; a copy fits its own kind only.
        file: Name inside the backup folder.
        sha256: Of the copy, so that damage is seen before anything is replaced.
        size: In bytes.
    """

    name: str
    kind: str
    file: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Manifest:
    """What a backup holds; `taken_at` is aware, UTC."""

    taken_at: datetime
    parts: tuple[Part, ...]


def databases(settings: Settings) -> dict[str, str]:
    """Return the address of each database by its name in a backup, in the order of copying.

    Rasa's comes first: what it has not heard is said to it again. The other way round it would
    know of tickets that the business data have lost, and never open them anew.
    """
    return {"rasa": settings.rasa_database, "xiaoer": settings.database_url}


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
    if not _exists(settings.database_url):
        raise BadBackup("还没有数据库可备份 (there is no database yet)")
    target = folder / f"xiaoer-{now:%Y%m%dT%H%M%SZ}"
    target.mkdir(parents=True, mode=0o700)  # it holds personal data
    require_space(target)
    present = {name: url for name, url in databases(settings).items() if _exists(url)}
    try:
        parts = tuple(_copy(name, url, target) for name, url in present.items())
    except store.CopyFailed as error:
        raise BadBackup(f"备份失败: {error} (backup failed)") from error
    (target / MANIFEST).write_bytes(msgspec.json.encode(Manifest(now, parts)))
    return target


def restore(settings: Settings, folder: Path, now: datetime) -> Path | None:
    """Put a backup in the place of the present databases.

    Returns:
        A backup of what was there before, None when there was nothing.

    Raises:
        OperationFailed: The application is running; stop it first.
        BadBackup: The backup is damaged or of another kind; nothing has been changed.
    """
    require_stopped(settings)
    manifest = read_manifest(folder)
    targets = databases(settings)
    for part in manifest.parts:
        kind = store.kind_of(targets[part.name])
        if part.kind != kind:
            raise BadBackup(f"备份是 {part.kind}, 当前数据库是 {kind} (another kind of database)")
    before = None
    if _exists(settings.database_url):
        before = backup(settings, settings.state_dir / "before-restore", now)
    try:
        for part in manifest.parts:
            _put_back(folder / part.file, targets[part.name])
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
        digests = [_digest(folder / part.file) for part in manifest.parts]
    except (OSError, msgspec.DecodeError) as error:
        raise BadBackup(f"备份不完整: {folder} (incomplete backup)") from error
    if digests != [part.sha256 for part in manifest.parts]:
        raise BadBackup(f"备份已损坏: {folder} (damaged backup)")
    return manifest


def require_stopped(settings: Settings) -> None:
    """Refuse to go on while the application runs on this machine.

    Raises:
        OperationFailed: One of our ports is in use.
    """
    try:
        require_ports(settings)
    except PortInUse as error:
        raise OperationFailed("小二正在运行, 请先停止 (stop xiaoer first)") from error


def _exists(url: str) -> bool:
    file = store.sqlite_file(url)
    return store.kind_of(url) != "sqlite" or (file is not None and file.exists())


def _copy(name: str, url: str, folder: Path) -> Part:
    file = store.sqlite_file(url)
    target = folder / (f"{name}.dump" if file is None else f"{name}.db")
    if file is None:
        store.dump_postgres(url, target)
    else:
        store.copy_sqlite(file, target)
    return Part(name, store.kind_of(url), target.name, _digest(target), target.stat().st_size)


def _put_back(source: Path, url: str) -> None:
    file = store.sqlite_file(url)
    if file is None:
        store.load_postgres(url, source)
    else:
        store.check_sqlite(source)
        store.replace_sqlite(source, file)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        digest = hashlib.sha256()
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
