"""Refuses a model file that is not the one that was chosen. Imports nothing of Rasa."""

import hashlib
import hmac
from pathlib import Path

SETTING = "XIAOER_MODEL_SHA256"
"""What the file must be; set by `xiaoer run`, and looked at at every start of the process."""

_BLOCK = 1 << 20


class WrongModel(Exception):
    """The file has changed since it was chosen."""


def sha256_of(path: Path) -> str:
    """Return the digest of a file in hex; 46 MB take a few tenths of a second."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def require(path: Path, expected: str) -> None:
    """Refuse a file with another digest.

    Raises:
        WrongModel: The file has changed.
    """
    if not hmac.compare_digest(sha256_of(path), expected):
        raise WrongModel(
            f"模型文件 {path.name} 与登记的校验和不符, 拒绝加载 (model file changed, refused)"
        )
