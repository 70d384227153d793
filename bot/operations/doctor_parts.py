"""Checks of `xiaoer doctor` that ask another program: Redis, Rasa, the action server."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import httpx
from redis import Redis
from redis.exceptions import RedisError

from bot.hub.clamd import BadScannerAddress, Clamd
from bot.operations.findings import Finding, Level, way
from bot.operations.fingerprint import learnt_files, model_path
from bot.operations.keys import kept_secrets
from bot.services.papers.file_scan import ScannerAway
from bot.settings import Settings

WAIT_S = 3.0


def check_redis(settings: Settings, _root: Path, _now: datetime) -> Iterator[Finding]:
    """Ask Redis, where several hubs ring each other; nothing without one."""
    if not settings.redis_url:
        return
    try:
        client = Redis.from_url(  # type: ignore[no-untyped-call]
            settings.redis_url, socket_timeout=WAIT_S, socket_connect_timeout=WAIT_S
        )
        with client:
            client.ping()
    except (RedisError, OSError, ValueError) as error:
        yield Finding(
            "redis",
            Level.WARN,
            f"没有答复 ({type(error).__name__}), 几台 hub 之间的消息会晚到一秒左右",
            "启动 Redis, 或改正 XIAOER_REDIS_URL; 只有一台 hub 时删掉这项设置",
        )
    else:
        yield Finding("redis", Level.OK, "有答复")


def check_clamd(settings: Settings, _root: Path, _now: datetime) -> Iterator[Finding]:
    """Ask the scanner of files, where one is set."""
    if not settings.clamd:
        return
    try:
        Clamd(settings.clamd).ping()
    except (ScannerAway, BadScannerAddress) as error:
        yield Finding(
            "clamd",
            Level.FAIL,
            f"没有答复 ({error}), 谁的文件都收不下",
            "启动 clamd, 或改正 XIAOER_CLAMD; 不查病毒时删掉这项设置",
        )
    else:
        yield Finding("clamd", Level.OK, "有答复")


def check_rasa(settings: Settings, root: Path, _now: datetime) -> Iterator[Finding]:
    """Ask a running Rasa which model it serves; one that is not running is no fault here."""
    token = settings.rasa_token or kept_secrets(settings.state_dir / "secrets.env").get(
        "XIAOER_RASA_TOKEN", ""
    )
    try:
        answer = _get(f"{settings.rasa_url.rstrip('/')}/status", token=token)
    except httpx.HTTPError:
        yield Finding("rasa", Level.OK, f"没有运行, {way('run')} 会启动")
        return
    if answer.status_code in {401, 403}:
        yield Finding(
            "rasa",
            Level.FAIL,
            "不认我们的口令, 每句话都会被拒绝",
            "hub 和 Rasa 的 XIAOER_RASA_TOKEN 要一样; 都不设时两边用同一个 var/secrets.env",
        )
    elif not answer.is_success:
        yield Finding(
            "rasa",
            Level.FAIL,
            f"答复 {answer.status_code}, 可能是别的程序占了它的地址",
            "看 var/log/rasa.log, 或改 XIAOER_RASA_URL",
        )
    else:
        yield _served(answer, model_path(root, learnt=learnt_files(settings.state_dir)).name)


def check_actions(settings: Settings, _root: Path, _now: datetime) -> Iterator[Finding]:
    """Ask a running action server; one that is not running is no fault here."""
    try:
        answer = _get(f"{settings.actions_url.rstrip('/')}/health")
    except httpx.HTTPError:
        yield Finding("actions", Level.OK, f"没有运行, {way('run')} 会启动")
        return
    if answer.is_success:
        yield Finding("actions", Level.OK, "有答复")
    else:
        text = f"答复 {answer.status_code}, 可能是别的程序占了它的地址"
        yield Finding(
            "actions", Level.FAIL, text, "看 var/log/actions.log, 或改 XIAOER_ACTIONS_URL"
        )


def _served(answer: httpx.Response, fitting: str) -> Finding:
    name = Path(str(answer.json().get("model_file") or "")).name
    if not name:
        return Finding("rasa", Level.WARN, "在运行, 还没装好模型", "稍等; 久了看 var/log/rasa.log")
    if name != fitting:
        text = f"在用的模型 {name} 不是按当前数据训练的"
        return Finding("rasa", Level.WARN, text, f"{way('train')} 之后重启; 从工作台换的模型不用管")
    return Finding("rasa", Level.OK, f"在用 {name}")


def _get(url: str, **query: str) -> httpx.Response:
    # loopback must never go by way of a proxy that the environment names
    with httpx.Client(timeout=WAIT_S, trust_env=False) as client:
        return client.get(url, params=query)
