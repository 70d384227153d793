"""The sub-commands of `xiaoer agent` and `xiaoer audit`, for `bot.cli`."""

import argparse
import getpass
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.domain.audit import read_anchors
from bot.domain.people import Agent, NoSecondFactor, Role, WeakPassword
from bot.operations.display import Display
from bot.operations.errors import OperationFailed
from bot.operations.prepare import OpenSqlUnit, current_database
from bot.services.accounts import staff
from bot.services.accounts.accounts import (
    Passwords,
    add_agent,
    close_account,
    normalise_login,
    random_password,
)
from bot.services.accounts.audit import current_anchor, verify_log
from bot.services.accounts.second_factor import remove_second_factor
from bot.settings import Settings

Clock = Callable[[], datetime]
Act = Callable[[OpenSqlUnit, Agent, datetime], None]

PROBLEMS = {
    "changed_before": "封印之前的旧记录被改动 (an entry from before the chain was changed)",
    "missing": "中间缺记录 (an entry is missing)",
    "changed": "记录被改动、插入或调换 (an entry was changed, put in or moved)",
    "unknown_key": "封印用的密钥不在设置里 (sealed with a key that is not in the settings)",
    "cut_off": "末尾的记录被删掉 (the end was cut off)",
    "anchor": "和锚点对不上 (differs from the anchor)",
}


def add_agent_commands(parser: argparse.ArgumentParser, now: Clock) -> None:
    """Add add, list, reset, close, open and factor-off to the parser of `xiaoer agent`."""
    kinds = parser.add_subparsers(required=True, metavar="命令 (command)")

    def add(name: str, handler: object, text: str) -> argparse.ArgumentParser:
        made = kinds.add_parser(name, help=text, description=text)
        made.set_defaults(handler=handler, now=now)
        return made

    new = add("add", _add, "添加账号, 密码从终端或标准输入读 (add an account)")
    new.add_argument("login", help="登录名 (login)")
    new.add_argument("name", help="姓名, 对外显示 (display name)")
    roles = sorted(role.value for role in Role)
    role = "岗位, 默认坐席 (role, an agent by default)"
    new.add_argument("--role", choices=roles, default=Role.AGENT.value, help=role)
    new.add_argument("--department", help="部门编号 (department id)")
    text = "区划代码, 可重复 (repeatable)"
    new.add_argument("--district", action="append", default=[], help=text)
    add("list", _list, "列出账号 (list the accounts)")
    for name, handler, words in (
        ("reset", _reset, "重置密码, 显示初始密码 (a first password, to be changed)"),
        ("close", _close, "停用账号 (close an account)"),
        ("open", _open, "恢复账号 (open it again)"),
        ("factor-off", _factor_off, "重置两步验证 (take the second factor off)"),
    ):
        add(name, handler, words).add_argument("login", help="登录名 (login)")


def add_audit_commands(parser: argparse.ArgumentParser, now: Clock) -> None:
    """Add verify and anchor to the parser of `xiaoer audit`."""
    kinds = parser.add_subparsers(required=True, metavar="verify|anchor")
    text = "校验审计记录, 指出第一处问题 (check every seal of the log)"
    verify = kinds.add_parser("verify", help=text, description=text)
    verify.add_argument("--anchors", type=Path, help="留存的锚点文件 (anchors kept elsewhere)")
    verify.set_defaults(handler=_verify, now=now)
    text = "输出现在的锚点, 请存到别处 (print where the chain ends)"
    kinds.add_parser("anchor", help=text, description=text).set_defaults(handler=_anchor, now=now)


def _add(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    try:
        with current_database(settings) as unit_of_work:
            agent = add_agent(
                unit_of_work,
                login=options.login,
                name=options.name,
                role=Role(options.role),
                password=_new_password(),
                now=options.now(),
                department_id=options.department,
                districts=options.district,
            )
    except WeakPassword as error:
        raise OperationFailed(
            f"密码太弱, 至少 10 个字符, 不能是常见密码或账号 (weak password: {error.why})"
        ) from error
    display.line(f"已添加 (added): {agent.login} ({agent.role.value})")
    return 0


def _list(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    with current_database(settings) as unit_of_work:
        found = staff.list_staff(unit_of_work, now=options.now())
    for one in found:
        agent = one.agent
        marks = (
            "" if agent.is_active else "停用 (closed)",
            "两步验证 (second factor)" if one.has_second_factor else "",
            f"登录 {len(one.sessions)} 处 (sessions)" if one.sessions else "",
        )
        words = "  ".join(filter(None, marks))
        department = agent.department_id or "-"
        display.line(f"{agent.login}  {agent.name}  {agent.role.value}  {department}  {words}")
    return 0


def _reset(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    password = random_password()

    def act(unit_of_work: OpenSqlUnit, agent: Agent, now: datetime) -> None:
        staff.reset_password(
            unit_of_work,
            agent_id=agent.id,
            password=password,
            by=None,
            now=now,
            passwords=Passwords(),
        )

    _on_account(options, settings, act)
    display.line(f"初始密码 (first password, must be changed): {password}")
    return 0


def _close(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    def act(unit_of_work: OpenSqlUnit, agent: Agent, now: datetime) -> None:
        close_account(unit_of_work, agent_id=agent.id, now=now)

    _on_account(options, settings, act)
    display.line(f"已停用 (closed): {options.login}")
    return 0


def _open(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    def act(unit_of_work: OpenSqlUnit, agent: Agent, now: datetime) -> None:
        staff.open_account_again(unit_of_work, agent_id=agent.id, by=None, now=now)

    _on_account(options, settings, act)
    display.line(f"已恢复 (open again): {options.login}")
    return 0


def _factor_off(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    def act(unit_of_work: OpenSqlUnit, agent: Agent, now: datetime) -> None:
        remove_second_factor(unit_of_work, agent_id=agent.id, by=None, now=now)

    try:
        _on_account(options, settings, act)
    except NoSecondFactor as error:
        raise OperationFailed(f"{options.login} 没有两步验证 (no second factor)") from error
    display.line(f"已重置两步验证 (second factor off): {options.login}")
    return 0


def _on_account(options: argparse.Namespace, settings: Settings, act: Act) -> None:
    """Do something with the account that the command names.

    Raises:
        OperationFailed: There is no such account.
    """
    login = normalise_login(options.login)
    with current_database(settings) as unit_of_work:
        with unit_of_work() as unit:
            found = [one for one in unit.people.agents() if one.login == login]
        if not found:
            raise OperationFailed(f"没有账号 {login} (no such account)")
        act(unit_of_work, found[0], options.now())


def _verify(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    text = "" if options.anchors is None else options.anchors.read_text(encoding="utf-8")
    anchors = read_anchors(text)
    with current_database(settings) as unit_of_work:
        verdict = verify_log(unit_of_work, anchors)
    if verdict.is_intact:
        display.line(
            f"完好: {verdict.checked} 条, 封印前 {verdict.before} 条, 锚点 {len(anchors)} 个 "
            "(intact: entries, entries from before the chain, anchors)"
        )
        return 0
    place = "" if verdict.at_seq is None else f" 序号 (entry) {verdict.at_seq}"
    row = "" if verdict.at_id is None else f" 编号 (row) {verdict.at_id}"
    display.line(f"✗ {PROBLEMS[verdict.problem]}:{place}{row}")
    return 1


def _anchor(_options: argparse.Namespace, settings: Settings, _display: Display) -> int:
    with current_database(settings) as unit_of_work:
        found = current_anchor(unit_of_work)
    if found is None:
        raise OperationFailed("还没有审计记录 (the log is empty)")
    sys.stdout.write(found.line() + "\n")  # not through the display, which wraps lines
    return 0


def _new_password() -> str:
    """Ask twice on a terminal; else take one line of standard input.

    Raises:
        OperationFailed: The two do not agree.
    """
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass("密码 (password): ")
    if getpass.getpass("再输一次 (again): ") != password:
        raise OperationFailed("两次输入不一致 (the passwords differ)")
    return password
