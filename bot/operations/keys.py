"""Secrets made at random on the first run and kept in `var/`, readable by their owner only."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

SECRET_NAMES = ("XIAOER_RASA_TOKEN",)
"""Settings that need a random value when the operator sets none."""


@dataclass(frozen=True)
class Login:
    """An account of the desk that the first run made."""

    username: str
    password: str


def write_private(path: Path, content: str) -> None:
    """Write `content` so that no other user can read it, not even for a moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    partial.unlink(missing_ok=True)
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(content)
    partial.replace(path)


def load_or_make_secrets(path: Path, chosen: Mapping[str, str]) -> dict[str, str]:
    """Return every secret setting; what the operator has `chosen` wins over `path`.

    Names that `path` lacks get a new random value and are written there.
    """
    kept = kept_secrets(path)
    missing = [name for name in SECRET_NAMES if name not in kept]
    if missing:
        kept |= {name: secrets.token_urlsafe(32) for name in missing}
        write_private(path, "".join(f"{name}={value}\n" for name, value in sorted(kept.items())))
    return {name: chosen.get(name) or kept[name] for name in SECRET_NAMES}


def random_password() -> str:
    """Return a password of 16 letters and digits (95 bits), easy to copy."""
    alphabet = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
    return "".join(secrets.choice(alphabet) for _ in range(16))


def load_login(path: Path) -> Login | None:
    """Return the demo login kept in `path`, None before the first run."""
    if not path.exists():
        return None
    return msgspec.json.decode(path.read_bytes(), type=Login)


def save_login(path: Path, login: Login) -> None:
    """Keep the demo login, so that later runs can show it again."""
    write_private(path, msgspec.json.encode(login).decode())


def kept_secrets(path: Path) -> dict[str, str]:
    """Return the secrets kept in `path` by variable; none before the first run."""
    if not path.exists():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)
