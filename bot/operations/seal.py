"""`xiaoer seal`: make the test seal, and look at the seal that documents get."""

from collections.abc import Iterator
from datetime import datetime

from bot.documents.seal import open_seal
from bot.documents.seal_certificate import make_test_seal
from bot.documents.seal_file import find_seal
from bot.settings import Settings


def init_seal(settings: Settings, now: datetime) -> str:
    """Make the test seal unless there is one; returns what to tell the operator."""
    file = make_test_seal(settings.state_dir, now)
    if settings.seal_p12:
        return f"用的是 XIAOER_SEAL_P12 指定的印章 (your own seal is set): {settings.seal_p12}"
    return f"测试印章已就绪, 没有法律效力 (the test seal is ready): {file.path}"


def describe_seal(settings: Settings) -> Iterator[str]:
    """Yield what there is to know about the seal in use.

    Raises:
        SealUnusable: It cannot be opened; the text says what to do.
    """
    file = find_seal(settings.state_dir, settings.seal_p12, settings.seal_password)
    opened = open_seal(file)
    kind = "测试印章 (test seal)" if opened.seal.is_test else "正式印章 (own seal)"
    yield f"{kind}: {opened.seal.subject}"
    yield f"  文件 (file): {file.path}"
    yield f"  证书指纹 (certificate SHA-256): {opened.seal.fingerprint}"
    yield f"  有效期至 (valid until): {opened.valid_until:%Y-%m-%d}"
