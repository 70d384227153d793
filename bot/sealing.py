"""Personal data encrypted one value at a time: AES-256-GCM under keys that the database never sees.

A sealed text is `x1:<key id>:<base64 of nonce, ciphertext and tag>`, sealed bytes the same without
base64. The place (table and column) is authenticated with it, so that a value copied into another
column does not open. Imported by the store and by what runs inside Rasa.
"""

import base64
import hashlib
import os
import secrets
from binascii import Error as Base64Error
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.domain.errors import BotError

MARK = "x1"
NONCE_BYTES = 12
KEY_BYTES = 32
HASH_BYTES = 16
LOOK_UP = "lookup"
"""Name of the one key that makes keyed hashes; it stays when the others are rotated."""

NEXT_LOOK_UP = "lookup-next"
"""Name of the key that is to make them; while it is there nothing but its change may run."""


class UnreadableData(BotError):
    """A stored value does not open: unknown key, damaged, moved, or never sealed."""


class BadDataKeys(BotError):
    """The keys of personal data are missing, too short or named twice."""


@dataclass(frozen=True)
class Ring:
    """The secrets, each under its id.

    Attributes:
        secrets: The newest first: it seals, all open.
        lookup: Makes the keyed hashes by which sealed values are found.
    """

    secrets: Mapping[str, str]
    lookup: str


class DataKeys:
    """Seals and opens single values.

    Args:
        read: Returns the ring; asked again when a value names a key that is not known, because a
            rotation may have added one since.
    """

    def __init__(self, read: Callable[[], Ring]) -> None:
        self._read = read
        self._load()

    @property
    def newest(self) -> str:
        """Return the id of the key that seals."""
        return self._newest

    def seal(self, text: str, place: str) -> str:
        """Return a text, sealed; an empty one stays empty."""
        if not text:
            return text
        return f"{self._text_head}{base64.b64encode(self._locked(text.encode(), place)).decode()}"

    def open(self, sealed: str, place: str) -> str:
        """Return the text; raises `UnreadableData`."""
        if not sealed:
            return sealed
        key_id = _named_key(sealed, place)
        try:
            content = base64.b64decode(sealed[len(MARK) + len(key_id) + 2 :])
            return self._opened(content, key_id, place).decode()
        except (Base64Error, UnicodeError) as error:
            raise UnreadableData(place) from error

    def seal_bytes(self, content: bytes, place: str) -> bytes:
        """Return bytes, sealed; empty ones stay empty."""
        return self._text_head.encode() + self._locked(content, place) if content else content

    def open_bytes(self, sealed: bytes, place: str) -> bytes:
        """Return the bytes; raises `UnreadableData`."""
        if not sealed:
            return sealed
        key_id = _named_key(sealed, place)
        return self._opened(bytes(sealed)[len(MARK) + len(key_id) + 2 :], key_id, place)

    def hash(self, text: str, place: str) -> str:
        """Return the keyed hash of a text, by which equal ones are found; empty stays empty."""
        if not text:
            return text
        message = f"{place}\0{text}".encode()
        digest = hashlib.blake2b(message, key=self._lookup, digest_size=HASH_BYTES).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")

    def _locked(self, content: bytes, place: str) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._boxes[self._newest].encrypt(nonce, content, place.encode())

    def _opened(self, content: bytes, key_id: str, place: str) -> bytes:
        if key_id not in self._boxes:
            self._load()
        box = self._boxes.get(key_id)
        if box is None:
            raise UnreadableData(f"{place}: unknown key {key_id}")
        try:
            return box.decrypt(content[:NONCE_BYTES], content[NONCE_BYTES:], place.encode())
        except (InvalidTag, ValueError) as error:
            raise UnreadableData(place) from error

    def _load(self) -> None:
        ring = self._read()
        self._newest = next(iter(ring.secrets))
        self._boxes = {name: AESGCM(_derived(text, name)) for name, text in ring.secrets.items()}
        self._lookup = _derived(ring.lookup, LOOK_UP)
        self._text_head = f"{MARK}:{self._newest}:"


def key_of(sealed: str | bytes) -> str | None:
    """Return the id of the key a value was sealed with, None for one that is not sealed."""
    head = sealed[:80] if isinstance(sealed, str) else bytes(sealed[:80]).decode("latin-1")
    parts = head.split(":", 2)
    return parts[1] if len(parts) == 3 and parts[0] == MARK else None  # noqa: PLR2004 - three parts


def new_secret() -> str:
    """Return a secret of 256 random bits."""
    return secrets.token_urlsafe(KEY_BYTES)


def _named_key(sealed: str | bytes, place: str) -> str:
    found = key_of(sealed)
    if found is None:
        raise UnreadableData(f"{place}: not sealed")
    return found


def _derived(secret: str, name: str) -> bytes:
    context = f"xiaoer personal data {name}".encode()
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=context).derive(secret.encode())
