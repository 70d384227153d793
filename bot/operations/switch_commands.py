"""The sub-commands of `xiaoer switch`, for `bot.cli`."""

import argparse
from collections.abc import Callable, Mapping
from datetime import datetime

from bot.domain.errors import BotError
from bot.domain.switches import BadSwitchReason, SwitchUnchanged, UnknownSwitch
from bot.operations.display import Display
from bot.operations.errors import OperationFailed
from bot.operations.prepare import current_database
from bot.services.operating.switches import switch_names, switches_off, turn_switch
from bot.settings import Settings
from bot.store.desk_texts import load_desk_vocabulary

OPERATOR = "operator"
SAID: Mapping[type[BotError], str] = {
    BadSwitchReason: "停用要写理由: --reason (give a reason of at most 120 signs)",
    SwitchUnchanged: "现在就是这样 (it stands that way already)",
    UnknownSwitch: "没有这个开关, xiaoer switch list 会列出来 (no such switch)",
}


def add_switch_commands(parser: argparse.ArgumentParser, now: Callable[[], datetime]) -> None:
    """Add list, off and on to the parser of `xiaoer switch`; `now` is the real clock."""
    kinds = parser.add_subparsers(required=True, metavar="list|off|on")
    text = "有哪些开关, 哪些停用了 (every switch and how it stands)"
    kinds.add_parser("list", help=text, description=text).set_defaults(handler=_list)
    texts = {"off": "马上停用, 对所有 hub (out of use at once)", "on": "恢复 (back into use)"}
    for name, about in texts.items():
        made = kinds.add_parser(name, help=about, description=about)
        made.add_argument("switch", help="bot, widget, channel:telegram, skill:booking ...")
        made.add_argument("--reason", default="", help="理由, 申请人会看到 (shown to applicants)")
        made.set_defaults(handler=_turn, is_on=name == "on", now=now)


def _list(_options: argparse.Namespace, settings: Settings, display: Display) -> int:
    with current_database(settings) as unit_of_work:
        off = switches_off(unit_of_work)
    for name in switch_names(load_desk_vocabulary(settings.data_dir).channels):
        display.line(f"{name:<20} " + (f"停用: {off[name].reason}" if name in off else "在用"))
    return 0


def _turn(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    with current_database(settings) as unit_of_work:
        try:
            turn_switch(
                unit_of_work,
                name=options.switch,
                is_on=options.is_on,
                reason=options.reason,
                by=OPERATOR,
                agent_id=None,
                now=options.now(),
                known=switch_names(load_desk_vocabulary(settings.data_dir).channels),
            )
        except tuple(SAID) as error:
            raise OperationFailed(SAID[type(error)]) from error
    display.line(f"{options.switch}: " + ("在用 (on)" if options.is_on else "停用 (off)"))
    return 0
