"""Where the keys of personal data come from: the settings, else a file made once in `var/`."""

import os
import re
import secrets
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from bot.sealing import LOOK_UP, NEXT_LOOK_UP, BadDataKeys, DataKeys, Ring, new_secret

DATA_KEY_FILE = "data.key"
SHORTEST_SECRET = 32
_ID = re.compile(r"[A-Za-z0-9_-]{1,20}")


@lru_cache(maxsize=8)
def data_keys(chosen: str, state_dir: Path) -> DataKeys:
    """Return the keys of personal data.

    Args:
        chosen: `XIAOER_DATA_KEYS`: "id:secret" with commas between, the newest first, one of them
            with the id "lookup".
        state_dir: Where a file of keys is made and kept when none were chosen.

    Raises:
        BadDataKeys: They cannot be used as they are.
    """
    if chosen.strip():
        ring = ring_of(chosen.split(","))
        return DataKeys(lambda: ring)
    path = state_dir.resolve() / DATA_KEY_FILE
    if not path.exists():
        first = [f"{new_id()}:{new_secret()}", f"{LOOK_UP}:{new_secret()}"]
        keep_once(path, "".join(f"{line}\n" for line in first))
    return DataKeys(lambda: ring_of(path.read_text(encoding="utf-8").splitlines()))


def ring_of(lines: Sequence[str]) -> Ring:
    """Read "id:secret" lines, the newest first; raises `BadDataKeys`."""
    found = _secrets_of(lines)
    if NEXT_LOOK_UP in found:
        raise BadDataKeys(
            f"XIAOER_DATA_KEYS: {NEXT_LOOK_UP} 还没换完, 请运行 xiaoer keys lookup"
            " (the change of the key of the hashes is not finished)"
        )
    return _ring(found)


def next_ring_of(lines: Sequence[str]) -> Ring | None:
    """Return the ring as it is once the key of the hashes is changed, None when none waits."""
    found = _secrets_of(lines)
    lookup = found.pop(NEXT_LOOK_UP, None)
    return _ring({**found, LOOK_UP: lookup}) if lookup else None


def _secrets_of(lines: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in filter(None, (one.strip() for one in lines)):
        name, _, secret = line.partition(":")
        if not _ID.fullmatch(name) or name in found:
            raise BadDataKeys(f"XIAOER_DATA_KEYS: {name[:20]!r} is no id, or stands there twice")
        if len(secret) < SHORTEST_SECRET:
            raise BadDataKeys(f"XIAOER_DATA_KEYS: {name} has fewer than {SHORTEST_SECRET} signs")
        found[name] = secret
    return found


def _ring(found: dict[str, str]) -> Ring:
    lookup = found.pop(LOOK_UP, None)
    if lookup is None or not found:
        raise BadDataKeys(f"XIAOER_DATA_KEYS: needs at least one key and one named {LOOK_UP}")
    return Ring(found, lookup)


def new_id() -> str:
    """Return an id for a new key."""
    return f"k{secrets.token_hex(3)}"


def add_key(path: Path) -> str:
    """Put a new key in front of those in a file, in one step, and return its id."""
    name = new_id()
    write_private(path, f"{name}:{new_secret()}\n{path.read_text(encoding='utf-8')}")
    return name


def add_next_lookup(path: Path) -> None:
    """Put a key that is to make the hashes into a file, unless one waits there already."""
    content = path.read_text(encoding="utf-8")
    if next_ring_of(content.splitlines()) is None:
        write_private(path, f"{content.rstrip()}\n{NEXT_LOOK_UP}:{new_secret()}\n")


def use_next_lookup(path: Path) -> None:
    """Put the key that waits in the place of the one that has made the hashes."""
    ring = next_ring_of(path.read_text(encoding="utf-8").splitlines())
    if ring is not None:
        lines = [f"{name}:{secret}\n" for name, secret in ring.secrets.items()]
        write_private(path, "".join([*lines, f"{LOOK_UP}:{ring.lookup}\n"]))


def keep_newest(path: Path) -> Sequence[str]:
    """Take all keys but the newest and the one of the hashes out of a file; return their ids."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    ring = ring_of(lines)
    newest, *old = ring.secrets
    write_private(path, f"{newest}:{ring.secrets[newest]}\n{LOOK_UP}:{ring.lookup}\n")
    return old


def write_private(path: Path, content: str) -> None:
    """Replace a file in one step; nobody else can read it, not even for a moment."""
    partial = _written_beside(path, content)
    partial.replace(path)


def keep_once(path: Path, content: str) -> None:
    """Make a file that its owner only can read, unless another process made it first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = _written_beside(path, content)
    try:
        os.link(partial, path)  # unlike a rename it never replaces what another one made
    except FileExistsError:
        pass
    finally:
        partial.unlink()


def _written_beside(path: Path, content: str) -> Path:
    partial = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return partial
