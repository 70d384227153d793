"""Refuses settings with which the platforms of Tencent would not work, or not safely."""

import base64
import binascii
import re

from bot.settings import BadSetting

KEY_BYTES = 32
LEAST_SECRET = 16
MANY_SIGNS = 6
"""A secret of fewer different signs was typed, not made."""

_AES_KEY = re.compile(r"[A-Za-z0-9]{43}")
_TOKEN = re.compile(r"[A-Za-z0-9]{12,32}")
"""The platforms take tokens from three signs on, which could be guessed."""


def check_token(name: str, token: str) -> None:
    """Refuse a token of callbacks that could be guessed; raises `BadSetting`."""
    if not _TOKEN.fullmatch(token) or len(set(token)) < MANY_SIGNS:
        raise BadSetting(f"{name}: expected 12-32 random letters and digits")


def check_secret(name: str, secret: str) -> None:
    """Refuse what cannot be a secret of the platform; raises `BadSetting`."""
    if len(secret) < LEAST_SECRET or len(set(secret)) < MANY_SIGNS:
        raise BadSetting(f"{name}: expected the secret that the platform gave")


def check_aes_key(name: str, key: str) -> None:
    """Refuse what is no key of callbacks, or a weak one; raises `BadSetting`."""
    try:
        size = len(base64.b64decode(f"{key}=", validate=True)) if _AES_KEY.fullmatch(key) else 0
    except binascii.Error:
        size = 0
    if size != KEY_BYTES or len(set(key)) < MANY_SIGNS:
        raise BadSetting(f"{name}: expected the 43 letters and digits that the platform made")
