"""Short secrets, encrypted before they are stored: a copy of the database does not tell them."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken

from bot.domain.errors import BotError


class UnreadableSecret(BotError):
    """It was encrypted with another key, or damaged."""


class SecretBox:
    """Encrypts and decrypts with one key (Fernet: AES-128-CBC with HMAC-SHA256)."""

    def __init__(self, key: str) -> None:
        derived = hashlib.sha256(b"xiaoer secrets " + key.encode()).digest()
        self._fernet = Fernet(base64.urlsafe_b64encode(derived))

    def seal(self, text: str) -> str:
        """Return the text, encrypted."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """Return the text; raises `UnreadableSecret`."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise UnreadableSecret from error
