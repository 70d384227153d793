"""Checks of `xiaoer doctor` about trust: certificates, secrets, and the clock behind both."""

import socket
import ssl
import stat
import time
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from urllib.parse import urlsplit

from bot.operations.findings import Finding, Level
from bot.services.times.local_time import LOCAL
from bot.settings import Settings
from bot.store.keys import AUDIT_KEY_FILE, SECRET_KEY_FILE

WAIT_S = 3.0
CERTIFICATE_ENDS_SOON_DAYS = 30
SHORTEST_SECRET = 16
PRIVATE_FILES = ("secrets.env", "demo-login", AUDIT_KEY_FILE, SECRET_KEY_FILE, "xiaoer.db")
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def check_certificates(settings: Settings, _root: Path, now: datetime) -> Iterator[Finding]:
    """Look how long the certificates of our own address and of the platform are valid."""
    places = {
        "XIAOER_PUBLIC_URL": (settings.public_url, ""),
        "XIAOER_PLATFORM_URL": (settings.platform_url, settings.platform_ca),
    }
    for setting, (url, authorities) in places.items():
        parts = urlsplit(url)
        if parts.scheme == "https" and parts.hostname:
            yield _certificate(setting, (parts.hostname, parts.port or 443), authorities, now)


def _certificate(setting: str, place: tuple[str, int], authorities: str, now: datetime) -> Finding:
    name = f"{setting} {place[0]}"
    try:
        days = (_valid_until(place, authorities) - now).days
    except ssl.SSLCertVerificationError as error:
        text, remedy = f"{name} 的证书通不过检查: {error.verify_message}", "换一张有效的证书"
        return Finding("cert", Level.FAIL, text, f"{remedy}, 连同中间证书一起装到反向代理上")
    except OSError as error:
        text = f"{name} 连不上, 没法看证书 ({type(error).__name__})"
        return Finding(
            "cert", Level.WARN, text, "看域名、防火墙和反向代理; 内网地址连不到外面时不用管"
        )
    if days < CERTIFICATE_ENDS_SOON_DAYS:
        text = f"{name} 的证书还有 {days} 天到期"
        return Finding("cert", Level.WARN, text, "现在就续, 过期后谁也打不开")
    return Finding("cert", Level.OK, f"{name} 的证书还有 {days} 天到期")


def _valid_until(place: tuple[str, int], authorities: str) -> datetime:
    context = ssl.create_default_context(cafile=authorities or None)
    with (
        socket.create_connection(place, timeout=WAIT_S) as line,
        context.wrap_socket(line, server_hostname=place[0]) as secured,
    ):
        certificate = secured.getpeercert() or {}
    ends = ssl.cert_time_to_seconds(str(certificate["notAfter"]))
    return datetime.fromtimestamp(ends, timezone.utc)


def check_secrets(settings: Settings, root: Path, _now: datetime) -> Iterator[Finding]:
    """Look for secrets that others can read, that are short, or that travel in the open."""
    found = [*_open_files(settings, root), *_weak(settings)]
    yield from found
    if not found:
        yield Finding("secrets", Level.OK, "口令和密钥只有本用户能读")


def _open_files(settings: Settings, root: Path) -> Iterator[Finding]:
    for path in (*(settings.state_dir / name for name in PRIVATE_FILES), root / ".env"):
        if path.exists() and path.stat().st_mode & OTHERS:
            text = f"{path.name} 别的用户也能读"
            yield Finding("secrets", Level.FAIL, text, f"chmod 600 {path}")


def _weak(settings: Settings) -> Iterator[Finding]:
    named = {
        "XIAOER_RASA_TOKEN": settings.rasa_token,
        "XIAOER_AUDIT_KEY": settings.audit_key.split(",")[0],
        "XIAOER_SECRET_KEY": settings.secret_key,
    }
    for name, value in named.items():
        if value and len(value.strip()) < SHORTEST_SECRET:
            text = f"{name} 太短, 猜得出来"
            yield Finding("secrets", Level.FAIL, text, "换成 openssl rand -hex 32 的结果")
    if settings.public_url.startswith("https://") and not settings.secure_cookies:
        text = "对外是 https, 登录的 cookie 却也走 http"
        yield Finding("secrets", Level.FAIL, text, "设置 XIAOER_SECURE_COOKIES=true, 重启 hub")


def check_clock(_settings: Settings, root: Path, now: datetime) -> Iterator[Finding]:
    """Look for a clock that cannot be right, and for the zone that deadlines are counted in."""
    newest = max(path.stat().st_mtime for path in (root, Path(__file__)))
    if now.timestamp() < newest - 24 * 3600:
        text = f"系统时间 {now:%Y-%m-%d %H:%M} UTC 比程序文件还早, 期限都会算错"
        yield Finding("clock", Level.FAIL, text, "打开对时: timedatectl set-ntp true")
        return
    machine = time.strftime("%Z")
    text = f"{now.astimezone(LOCAL):%Y-%m-%d %H:%M} 北京时间 (机器时区 {machine}, 不影响期限)"
    yield Finding("clock", Level.OK, text)
