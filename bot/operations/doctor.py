"""`xiaoer doctor`: looks at everything that commonly goes wrong and says what to do."""

import platform
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from bot.documents.check import check_templates
from bot.documents.jobs import warm_up
from bot.documents.seal_file import find_seal
from bot.domain.errors import BotError
from bot.domain.schema_steps import Standing
from bot.operations.commands import address_of
from bot.operations.doctor_channels import check_webhooks
from bot.operations.doctor_parts import check_actions, check_clamd, check_rasa, check_redis
from bot.operations.doctor_trust import check_certificates, check_clock, check_secrets
from bot.operations.findings import Check, Finding, Level, way
from bot.operations.fingerprint import learnt_files, model_path
from bot.operations.guards import NEEDED_FREE_MB, free_mb, is_port_free
from bot.operations.readiness import http_probe, local_address
from bot.platform.client import HttpPlatform
from bot.platform.signing import read_keys
from bot.services.platform.errors import PlatformTrouble
from bot.services.times.local_time import local_day
from bot.settings import Settings
from bot.store.calendars import load_calendar
from bot.store.catalogue.loader import load_catalogue
from bot.store.catalogue.problems import CatalogueInvalid
from bot.store.engine import is_absent, open_engine
from bot.store.forms import load_forms
from bot.store.migrate import standing

SEAL_ENDS_SOON_DAYS = 60
PLATFORM_WAIT_S = 5.0
UNREAD_REMEDY = "按这句话改; 不明白就连同 xiaoer doctor --json 的输出交给维护者"
PLACE_REMEDY = "XIAOER_STATE_DIR 和 XIAOER_DATABASE_URL 设到别处, 见 docs/operations.md"
HOLIDAY_REMEDY = "国务院办公厅公布后照 data/calendar/README.md 加文件"
SCHEMA_FINDINGS = {
    Standing.CURRENT: Finding("database", Level.OK, "结构为最新"),
    Standing.AHEAD: Finding("database", Level.OK, "结构比程序新, 只加了东西, 可以照常运行"),
    Standing.BEHIND: Finding(
        "database",
        Level.WARN,
        "结构不是最新",
        f"xiaoer backup 之后 xiaoer db upgrade ({way('run')} 会自己升级)",
    ),
    Standing.BEYOND: Finding(
        "database",
        Level.FAIL,
        "结构比程序新, 这个版本的程序不能用",
        "换成新版本的程序; 要退回见 docs/upgrades.md, xiaoer db status 看差在哪里",
    ),
}
SETTING_OF = {"hub": "PORT", "rasa": "RASA_URL", "actions": "ACTIONS_URL"}


def check_python(_settings: Settings, _root: Path, _now: datetime) -> Iterator[Finding]:
    """Rasa 3.6 runs on Python 3.10 only."""
    is_right = sys.version_info[:2] == (3, 10)
    level = Level.OK if is_right else Level.FAIL
    remedy = "" if is_right else "装 Python 3.10 (Rasa 3.6 不支持更新的), 再装一次小二"
    yield Finding("python", level, platform.python_version(), remedy)


def check_disk(settings: Settings, _root: Path, _now: datetime) -> Iterator[Finding]:
    """Look at the space left where the databases and logs grow."""
    free = free_mb(settings.state_dir)
    level = Level.OK if free >= NEEDED_FREE_MB else Level.FAIL
    remedy = "" if level is Level.OK else "腾出空间: 旧日志 var/log, 旧模型 models/, 旧备份"
    yield Finding("disk", level, f"剩余 {free} MB (需要 {NEEDED_FREE_MB} MB)", remedy)
    if settings.state_dir.resolve().is_relative_to(Path(sys.prefix).resolve()):
        text = "数据放在程序的环境里, 环境一删就没了"
        yield Finding("disk", Level.WARN, text, PLACE_REMEDY)


def check_ports(settings: Settings, _root: Path, _now: datetime) -> Iterator[Finding]:
    """Tell a running application from a stranger on our ports."""
    state = http_probe(local_address(settings))()
    if state.is_alive:
        if state.is_ready:
            yield Finding("hub", Level.OK, "正在运行, 全部就绪")
            return
        remedy = "稍等一分钟; 还缺就看 var/log 下那个部分的日志"
        yield Finding("hub", Level.WARN, f"正在运行, 尚缺: {state.missing}", remedy)
        return
    places = {
        "hub": (settings.host, settings.port),
        "rasa": address_of(settings.rasa_url, 5005),
        "actions": address_of(settings.actions_url, 5055),
    }
    for name, (host, port) in places.items():
        if is_port_free(host, port):
            yield Finding("port", Level.OK, f"{name} {host}:{port} 空闲")
            continue
        remedy = f"看是谁: ss -ltnp 'sport = :{port}'; 停掉它, 或改 XIAOER_{SETTING_OF[name]}"
        yield Finding("port", Level.FAIL, f"{name} {host}:{port} 被其他程序占用", remedy)


def check_database(settings: Settings, _root: Path, _now: datetime) -> Iterator[Finding]:
    """Ask the database for its schema version."""
    if is_absent(settings.database_url):
        yield Finding("database", Level.WARN, "还没有数据库", f"{way('run')} 会建好")
        return
    engine = open_engine(settings.database_url)
    try:
        yield SCHEMA_FINDINGS[standing(engine)]
    except Exception as error:  # noqa: BLE001 - drivers raise their own kinds; the operator sees which
        remedy = "看数据库是否在运行, XIAOER_DATABASE_URL 的地址、库名和口令是否对"
        yield Finding("database", Level.FAIL, f"连不上: {type(error).__name__}", remedy)
    finally:
        engine.dispose()


def check_model(settings: Settings, root: Path, _now: datetime) -> Iterator[Finding]:
    """Look for a model trained on exactly the present data."""
    model = model_path(root, learnt=learnt_files(settings.state_dir))
    if model.exists():
        yield Finding("model", Level.OK, f"{model.name} 与数据相符")
    else:
        yield Finding("model", Level.WARN, "没有与当前数据相符的模型", way("train"))


def check_catalogue(settings: Settings, _root: Path, _now: datetime) -> Iterator[Finding]:
    """Load every fact, as the application does at its start."""
    try:
        catalogue = load_catalogue(settings.data_dir / "catalogue")
    except CatalogueInvalid as error:
        for problem in error.problems:
            yield Finding(
                "catalogue", Level.FAIL, str(problem), "改正这一行, 再 xiaoer catalogue check"
            )
        return
    yield Finding("catalogue", Level.OK, f"{len(catalogue.matters)} 个事项")


def check_calendar(settings: Settings, _root: Path, now: datetime) -> Iterator[Finding]:
    """Say which of this and the next year has no official holiday arrangement yet."""
    calendar = load_calendar(settings.data_dir / "calendar", settings.state_dir / "calendar")
    today = local_day(now)
    missing = calendar.missing_years(today)
    for year in missing:
        level = Level.FAIL if year == today.year else Level.WARN
        yield Finding("calendar", level, f"缺 {year} 年放假安排", HOLIDAY_REMEDY)
    if not missing:
        yield Finding("calendar", Level.OK, "放假安排齐全")


def check_documents(settings: Settings, _root: Path, _now: datetime) -> Iterator[Finding]:
    """Look for what documents are made of: a Chinese font, sound templates, a seal."""
    warm_up()  # draws a page and lays out a line: what is missing says so
    try:
        catalogue = load_catalogue(settings.data_dir / "catalogue")
    except CatalogueInvalid:
        return  # said above, line by line
    forms = load_forms(settings.data_dir / "forms", catalogue)
    problems = list(check_templates(settings.data_dir / "documents", forms))
    for problem in problems:
        yield Finding("documents", Level.FAIL, str(problem), "改正模板这一行, 见 docs/documents.md")
    if not problems:
        yield Finding("documents", Level.OK, "字体和文件模板齐全")


def check_seal(settings: Settings, _root: Path, now: datetime) -> Iterator[Finding]:
    """Open the seal and look how long it is still valid."""
    from bot.documents.seal import open_seal  # noqa: PLC0415 - loads pyHanko

    file = find_seal(settings.state_dir, settings.seal_p12, settings.seal_password)
    if not settings.seal_p12 and not file.path.exists():
        yield Finding(
            "seal", Level.WARN, "还没有测试印章", f"{way('run')} 或 xiaoer seal init 会做一个"
        )
        return
    opened = open_seal(file)
    days = (opened.valid_until - now).days
    is_fresh = days > SEAL_ENDS_SOON_DAYS
    text = f"{opened.seal.subject}, 还有 {days} 天到期"
    remedy = "" if is_fresh else "换新的印章文件: XIAOER_SEAL_P12; 测试印章删掉后 xiaoer seal init"
    yield Finding("seal", Level.OK if is_fresh else Level.WARN, text, remedy)


def check_platform(settings: Settings, _root: Path, _now: datetime) -> Iterator[Finding]:
    """Ask the approval platform whether it is there and takes our key; nothing without one."""
    if not settings.platform_url:
        return
    keys = read_keys(settings.platform_keys, settings.platform_algorithm)
    client = HttpPlatform(settings.platform_url, keys, ca_file=settings.platform_ca)
    try:
        client.check(within_s=PLATFORM_WAIT_S)
    except PlatformTrouble as error:
        remedy = "看平台是否在运行、密钥是否相符, 见 docs/operations.md"
        yield Finding("platform", Level.WARN, f"没有能用的答复 ({error})", remedy)
    else:
        yield Finding("platform", Level.OK, "审批平台有答复, 密钥相符")
    finally:
        client.close()


CHECKS: Sequence[Check] = (
    check_python,
    check_disk,
    check_ports,
    check_database,
    check_redis,
    check_clamd,
    check_rasa,
    check_actions,
    check_model,
    check_catalogue,
    check_calendar,
    check_clock,
    check_documents,
    check_seal,
    check_platform,
    check_webhooks,
    check_certificates,
    check_secrets,
)


def examine(
    settings: Settings, root: Path, now: datetime, checks: Sequence[Check] = CHECKS
) -> Iterator[Finding]:
    """Yield the findings of all checks; a check that breaks is a finding itself."""
    for check in checks:
        yield from _attempt(check, settings, root, now)


def _attempt(check: Check, settings: Settings, root: Path, now: datetime) -> list[Finding]:
    try:
        return list(check(settings, root, now))
    except (BotError, OSError) as error:
        return [
            Finding(_topic(check), Level.FAIL, f"{type(error).__name__}: {error}", UNREAD_REMEDY)
        ]


def _topic(check: Check) -> str:
    return getattr(check, "__name__", "doctor").removeprefix("check_")
