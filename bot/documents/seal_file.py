"""Where the seal lies, and whose it is: a city's own by setting, else a test one made here."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.domain.errors import BotError

TEST_MARK = "测试印章"
"""Stands in the name of every certificate made here; whoever checks a seal looks for it."""


class SealUnusable(BotError):
    """The file of the seal cannot be used; the text says why and what to do."""


@dataclass(frozen=True)
class SealFile:
    """A PKCS#12 file and its password."""

    path: Path
    password: str = field(repr=False)


def seal_paths(state_dir: Path) -> tuple[Path, Path]:
    """Return where the test seal and its password lie."""
    return state_dir / "seal" / "test-seal.p12", state_dir / "seal" / "test-seal.password"


def find_seal(state_dir: Path, p12: str, password: str) -> SealFile:
    """Return the city's own seal when one is set, else the test seal of this machine.

    The file need not exist yet: who opens it says what is wrong.
    """
    if p12:
        return SealFile(Path(p12), password)
    path, kept = seal_paths(state_dir)
    return SealFile(path, kept.read_text("utf-8").strip() if kept.exists() else "")


def holder_of(certificate: Any) -> tuple[str, bool]:
    """Return the name in a certificate (asn1crypto), and whether it is a test one."""
    name = certificate.subject.native
    holder = str(name.get("common_name") or name.get("organization_name") or "")
    return holder, any(TEST_MARK in str(part) for part in name.values())
