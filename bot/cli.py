"""The command line `xiaoer`; parses arguments, calls one operation, turns errors into one line."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime, timezone
from pathlib import Path

import httpx
from rich.console import Console

from bot.domain.errors import BotError
from bot.operations.account_commands import add_agent_commands, add_audit_commands
from bot.operations.backup import backup, restore
from bot.operations.cases import case_import, import_cases
from bot.operations.catalogue_commands import add_catalogue_commands
from bot.operations.chat import ChatClient, chat
from bot.operations.demo_commands import add_demo_commands
from bot.operations.display import Display
from bot.operations.doctor import examine
from bot.operations.evaluate import evaluate_matters, evaluate_nlu
from bot.operations.evaluate_dialogues import evaluate_dialogues
from bot.operations.event_commands import add_event_commands
from bot.operations.findings import Level
from bot.operations.key_commands import add_key_commands
from bot.operations.learning_commands import add_learning_commands
from bot.operations.new_city import NewCity, make_city
from bot.operations.plans import markdown, on_screen, plans_tables
from bot.operations.prepare import current_database, prepare
from bot.operations.readiness import local_address
from bot.operations.replay import replay
from bot.operations.retention_commands import add_retention_commands
from bot.operations.routing_commands import add_evaluate_routing, add_routing_commands
from bot.operations.run import run
from bot.operations.schema_commands import add_schema_commands
from bot.operations.serve import add_serve_command
from bot.operations.stats_commands import add_stats_commands
from bot.operations.switch_commands import add_switch_commands
from bot.operations.telegram import add_telegram_commands
from bot.operations.ticket_commands import add_ticket_commands
from bot.operations.train import train_all
from bot.operations.training import ensure_model
from bot.operations.wechat import add_wechat_commands
from bot.services.operating.incidents import list_incidents
from bot.services.times.local_time import local_day
from bot.settings import ROOT, Settings, load_settings
from bot.store.calendars import load_calendar
from bot.store.catalogue.loader import load_catalogue
from bot.store.hub_texts import load_hub_texts

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells count it."""

PRIVATE = 0o077
"""Databases and logs hold personal data: their owner reads them and nobody else."""

Handler = Callable[[argparse.Namespace, Settings, Display], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 only when it did what it says."""
    options = make_parser().parse_args(arguments)
    display = Display(Console(stderr=False))
    handler: Handler = options.handler
    try:
        return handler(options, load_settings(), display)
    except OSError as error:
        # a full disk or a lost right can hit any write
        display.line(f"✗ {error.strerror or error}: {error.filename or ''}")
        return 1
    except BotError as error:
        display.line(f"✗ {error or type(error).__name__}")
        return 1
    except KeyboardInterrupt:
        display.line("已中断 (interrupted)")
        return INTERRUPTED


def _run(_options: argparse.Namespace, settings: Settings, display: Display) -> int:
    os.umask(PRIVATE)
    run(settings, display, _now)
    return 0


def _train(_options: argparse.Namespace, settings: Settings, display: Display) -> int:
    train_all(ROOT, settings.state_dir, display)
    return 0


def _seed(_options: argparse.Namespace, settings: Settings, display: Display) -> int:
    os.umask(PRIVATE)
    login = prepare(settings, _now())
    display.line("数据库和演示数据已就绪 (database and demo data are ready)")
    if login is not None:
        display.line(f"演示账号 (demo login): {login.username}")
    return 0


def _chat(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    address = options.url or local_address(settings)
    is_elsewhere = options.url is not None
    with httpx.Client(base_url=address, timeout=60, trust_env=is_elsewhere) as http:
        words = load_hub_texts(settings.data_dir).choices
        chat(ChatClient(http), lambda: input("> "), display.line, words)
    return 0


def _doctor(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    os.umask(PRIVATE)
    findings = list(examine(settings, ROOT, _now()))
    if options.json:
        _print_json([finding.as_json() for finding in findings])
    for finding in () if options.json else findings:
        display.line(f"{finding.level.value} {finding.topic:<10} {finding.text}")
        if finding.remedy:
            display.line(f"             → {finding.remedy}")
    return 1 if any(finding.level is Level.FAIL for finding in findings) else 0


def _backup(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    folder = backup(settings, options.folder or settings.state_dir / "backups", _now())
    display.line(f"备份在 (backup in) {folder}")
    return 0


def _restore(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    before = restore(settings, options.folder, _now())
    if before is not None:
        display.line(f"恢复前的数据在 (what was there before) {before}")
    display.line("已恢复 (restored)")
    return 0


def _cases_import(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    report = options.report or options.file.with_name(f"{options.file.stem}-问题.csv")
    with current_database(settings) as unit_of_work:
        work = case_import(settings, unit_of_work, _now())
        done = import_cases(work, options.file, report, Console(), is_again=options.again)
    display.line(
        f"共 {done.rows_done} 行: 新增 {done.added}, 更新 {done.moved}, 没变 {done.unchanged}, "
        f"有问题 {done.failed} (rows: added, moved, unchanged, failed)"
    )
    if done.failed:
        display.line(f"有问题的行在 (problems in) {report}")
    return 1 if done.failed else 0


def _platform_run(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    from bot.operations.platform import run_platform  # noqa: PLC0415 - loads a web framework

    os.umask(PRIVATE)
    run_platform(settings, display, port=options.port, has_faults=options.faults)
    return 0


def _platform_move(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    from bot.operations.platform import move_case  # noqa: PLC0415 - as above

    move_case(
        settings,
        options.number,
        options.state,
        text=options.text,
        missing=options.missing,
        is_forced=options.force,
    )
    display.line(f"{options.number} → {options.state}")
    return 0


def _platform_list(_options: argparse.Namespace, settings: Settings, display: Display) -> int:
    from bot.operations.platform import list_platform  # noqa: PLC0415 - as above

    for line in list_platform(settings):
        display.line(line)
    return 0


def _plans_table(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    catalogue = load_catalogue(settings.data_dir / "catalogue")
    tables = plans_tables(
        catalogue, load_calendar(settings.data_dir / "calendar", settings.state_dir / "calendar")
    )
    if options.markdown:
        display.line(markdown(tables).rstrip())
        return 0
    for table in tables:
        display.show(on_screen(table))
    return 0


def _seal_init(_options: argparse.Namespace, settings: Settings, display: Display) -> int:
    from bot.operations.seal import init_seal  # noqa: PLC0415 - loads pyHanko

    display.line(init_seal(settings, _now()))
    return 0


def _seal_show(_options: argparse.Namespace, settings: Settings, display: Display) -> int:
    from bot.operations.seal import describe_seal  # noqa: PLC0415 - loads pyHanko

    for line in describe_seal(settings):
        display.line(line)
    return 0


def _plans_recompute(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    # only this command composes plans: the others do without the whole application
    from bot.bootstrap import build  # noqa: PLC0415
    from bot.operations.plan_recompute import recompute  # noqa: PLC0415

    with current_database(settings):
        done = recompute(build(settings), _now(), batch=options.batch)
    display.line(
        f"重算 {done.looked_at} 份方案, 日期变了的 {done.moved} 份 (recomputed, moved)"
        + (f", 没法更新的 {done.broken} 份 (no longer fit the rules)" if done.broken else "")
    )
    return 0


def _new_city(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    pairs = (tuple(one.partition("=")[::2]) for one in options.division)
    city = NewCity(options.name, tuple(pairs))
    left = make_city(city, settings.data_dir, options.folder, local_day(_now()))
    display.line(f"目录检查通过 (the catalogue passes its checks): {options.folder}")
    display.line(f"还有 {left} 行说的是原来的城市, 列在 TO-CHECK.md (lines to be checked)")
    display.line(f"用它: XIAOER_DATA_DIR={options.folder} (use it)")
    return 0


def _evaluate_nlu(options: argparse.Namespace, settings: Settings, _display: Display) -> int:
    model = options.model or ensure_model(ROOT, settings.state_dir, lambda _: None)[0]
    _print_json(evaluate_nlu(options.file, model, ROOT, is_report=options.report))
    return 0


def _evaluate_dialogues(options: argparse.Namespace, _settings: Settings, _display: Display) -> int:
    _print_json(
        evaluate_dialogues(
            options.file, ROOT, is_report=options.report, url=options.url, progress=_tell
        )
    )
    return 0


def _incidents(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    with current_database(settings) as unit_of_work:
        found = list_incidents(unit_of_work, limit=options.limit)
    for one in found:
        when = one.happened_at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
        display.line(
            f"{one.number}  {when}  {one.action}  {one.error}  {one.place}  {one.conversation_id}"
        )
    if not found:
        display.line("没有故障记录 (no incidents)")
    return 0


def _replay(options: argparse.Namespace, settings: Settings, _display: Display) -> int:
    _print_json(
        replay(
            settings,
            model=options.model,
            limit=options.limit,
            is_report=options.report,
            progress=_tell,
        )
    )
    return 0


def _tell(done: int, of: int) -> None:
    sys.stderr.write(f"\r{done}/{of}")
    sys.stderr.flush()


def _evaluate_matters(options: argparse.Namespace, settings: Settings, _display: Display) -> int:
    from bot.bootstrap import build  # noqa: PLC0415 - only this command needs the resolver

    app = build(settings)
    known = frozenset(app.catalogue.matters)
    _print_json(
        evaluate_matters(options.file, app.matter_resolver, known, is_report=options.report)
    )
    return 0


def _print_json(figures: object) -> None:
    # not through the display, which wraps lines and colours words
    sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=2) + "\n")


def _now() -> datetime:
    # importing bootstrap would load the whole application, and doctor must work when it is broken
    return datetime.now(timezone.utc)  # noqa: TID251 - an entry point reads the real clock


def _add_new_city_command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> None:
    city = _add(commands, "new-city", _new_city, "另一个城市的数据目录 (data of another city)")
    city.add_argument("name", help="城市全名, 例如 示例市 (name)")
    city.add_argument("folder", type=Path, help="放在哪里 (the new folder)")
    city.add_argument(
        "--division", action="append", default=[], help="区划, 可重复: 410102=中原区 (division)"
    )


GROUPS: Sequence[tuple[str, str, Callable[[argparse.ArgumentParser], None]]] = (
    ("serve", "多机部署: 只启动一个进程 (one process of several machines)", add_serve_command),
    ("agent", "工作台账号 (desk accounts)", lambda parser: add_agent_commands(parser, _now)),
    ("audit", "审计记录 (the audit log)", lambda parser: add_audit_commands(parser, _now)),
    (
        "retention",
        "个人信息的保存期限 (retention of personal data)",
        lambda parser: add_retention_commands(parser, _now),
    ),
    ("keys", "个人信息的密钥 (keys of personal data)", add_key_commands),
    (
        "catalogue",
        "事项目录: 检查, 比较, 暂停, 复核 (the catalogue)",
        lambda parser: add_catalogue_commands(parser, _now),
    ),
    (
        "learning",
        "从没听懂的话里学, 换模型 (learning, and the model in use)",
        lambda parser: add_learning_commands(parser, _now),
    ),
    ("db", "数据库的结构: 看, 升级, 退回 (the schema, up and back)", add_schema_commands),
    (
        "events",
        "给数据平台的事件 (events for a data platform)",
        lambda parser: add_event_commands(parser, _now),
    ),
    ("tickets", "吹哨单 (whistle tickets)", lambda parser: add_ticket_commands(parser, _now)),
    (
        "demo",
        "演示: 编一个月的数据 (a made-up month)",
        lambda parser: add_demo_commands(parser, _now),
    ),
    (
        "switch",
        "开关: 停用一部分服务 (take a part out of use)",
        lambda parser: add_switch_commands(parser, _now),
    ),
    (
        "stats",
        "公开统计: 计数, 导出, 重算 (the open statistics)",
        lambda parser: add_stats_commands(parser, _now),
    ),
    ("telegram", "Telegram 机器人 (the Telegram bot)", add_telegram_commands),
    ("wechat", "微信公众号 (WeChat Official Account)", add_wechat_commands),
)
"""Commands with commands of their own: name, what it is, what adds them."""


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; each sets `handler`."""
    parser = argparse.ArgumentParser(
        prog="xiaoer", description="小二: 运行和维护 (run and operate)"
    )
    commands = parser.add_subparsers(required=True, metavar="命令 (command)")
    _add(commands, "run", _run, "启动全部进程 (start everything)")
    _add(commands, "train", _train, "数据变了才训练 (train when no model fits)")
    _add(commands, "seed", _seed, "升级数据库, 装入演示数据 (schema and demo data)")
    look = _add(commands, "doctor", _doctor, "检查环境 (look for what is wrong)")
    look.add_argument("--json", action="store_true", help="给程序读的 (for machines)")
    talk = _add(commands, "chat", _chat, "在终端里对话 (talk in the terminal)")
    talk.add_argument("--url", help="小二的地址 (address of the hub)")
    save = _add(commands, "backup", _backup, "运行中备份 (back up while running)")
    save.add_argument("folder", nargs="?", type=Path, help="放在哪个目录 (parent folder)")
    load = _add(commands, "restore", _restore, "从备份恢复 (put a backup back)")
    load.add_argument("folder", type=Path, help="一个备份目录 (a backup folder)")
    _add_plan_commands(commands)
    _add_case_commands(commands)
    add_routing_commands(commands, _now)
    _add_platform_commands(commands)
    _add_new_city_command(commands)
    _add_seal_commands(commands)
    _add_evaluate_commands(commands)
    _add_dialogue_commands(commands)
    for name, about, add in GROUPS:
        add(commands.add_parser(name, help=about, description=about))
    return parser


def _add_dialogue_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    wrong = _add(commands, "incidents", _incidents, "动作里出过的故障 (what went wrong in actions)")
    wrong.add_argument("--limit", type=int, default=50, help="最多列几条 (at most)")
    again = _add(commands, "replay", _replay, "用新模型重放旧对话 (say past dialogues again)")
    again.add_argument("--model", type=Path, help="模型文件, 默认用现行的 (model file)")
    again.add_argument("--limit", type=int, default=100, help="最近多少段对话 (the newest)")
    again.add_argument("--report", action="store_true", help="列出每处不同 (list the differences)")


def _add_evaluate_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    evaluate = commands.add_parser("evaluate", help="用标注好的句子测 (measure on labelled lines)")
    kinds = evaluate.add_subparsers(required=True, metavar="nlu|matters|routing|dialogues")
    nlu = _add(kinds, "nlu", _evaluate_nlu, "意图和实体 (intents and entities)")
    nlu.add_argument("file", type=Path, help="JSON Lines, 见 docs/evaluation.md")
    nlu.add_argument("--report", action="store_true", help="列出错在哪里 (list the mistakes)")
    nlu.add_argument("--model", type=Path, help="模型文件, 默认用现行的 (model file)")
    matters = _add(kinds, "matters", _evaluate_matters, "从处境到事项 (situations to matters)")
    matters.add_argument("file", type=Path, help="JSON Lines, 见 docs/evaluation.md")
    matters.add_argument("--report", action="store_true", help="列出错在哪里 (list the mistakes)")
    add_evaluate_routing(kinds)
    _add_evaluate_dialogues(kinds)


def _add_evaluate_dialogues(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    play = _add(kinds, "dialogues", _evaluate_dialogues, "整段对话 (play whole dialogues)")
    play.add_argument(
        "file", type=Path, nargs="+", help="YAML 或 JSON Lines, 见 docs/dialogue-format.md"
    )
    play.add_argument("--report", action="store_true", help="附上没通过的对话 (the transcripts)")
    play.add_argument("--url", help="已在运行的小二的地址, 默认自己起一套 (a running hub)")


def _add_case_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    cases = commands.add_parser("cases", help="办件登记 (the register of cases)")
    kinds = cases.add_subparsers(required=True, metavar="import")
    load = _add(kinds, "import", _cases_import, "从表格导入, 断了可接着导 (import a table)")
    load.add_argument("file", type=Path, help="CSV 或 XLSX, 列名见 docs/cases.md")
    load.add_argument("--report", type=Path, help="有问题的行写到哪里 (report of problems)")
    load.add_argument("--again", action="store_true", help="导过的文件再看一遍 (look again)")


def _add_platform_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    platform = commands.add_parser("platform", help="参考审批平台 (reference platform)")
    kinds = platform.add_subparsers(required=True, metavar="run|move|list")
    run_it = _add(kinds, "run", _platform_run, "起一个参考平台, Ctrl-C 停 (serve it)")
    run_it.add_argument("--port", type=int, default=8100, help="端口 (port)")
    run_it.add_argument("--faults", action="store_true", help="可注入故障 (faults over HTTP)")
    move = _add(kinds, "move", _platform_move, "把办件转到一个状态 (move a case)")
    move.add_argument("number", help="办件编号 (case number)")
    move.add_argument("state", help="状态, 如 受理 (state)")
    move.add_argument("--text", default="", help="说明 (for the applicant)")
    move.add_argument("--missing", action="append", default=[], help="要补的材料, 可重复 (papers)")
    move.add_argument("--force", action="store_true", help="不管能不能转 (whatever the table says)")
    _add(kinds, "list", _platform_list, "列出参考平台的办件 (list its cases)")


def _add_plan_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    plans = commands.add_parser("plans", help="办事计划 (plans)")
    kinds = plans.add_subparsers(required=True, metavar="table|recompute")
    text = "各类项目、各行业的总时长和官方时限 (totals beside the official limits)"
    table = _add(kinds, "table", _plans_table, text)
    table.add_argument("--markdown", action="store_true", help="输出 Markdown (as Markdown)")
    again = _add(kinds, "recompute", _plans_recompute, "按现行规则和日历重算 (date them anew)")
    again.add_argument("--batch", type=int, default=200, help="每批几份 (plans a transaction)")


def _add_seal_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    seal = commands.add_parser("seal", help="电子印章 (electronic seal)")
    kinds = seal.add_subparsers(required=True, metavar="init|show")
    _add(kinds, "init", _seal_init, "没有就做一个测试印章 (make the test seal)")
    _add(kinds, "show", _seal_show, "看正在用的印章 (show the seal in use)")


def _add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    handler: Handler,
    text: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(handler=handler)
    return parser


if __name__ == "__main__":
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.exit(main())
