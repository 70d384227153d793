"""The sub-commands of `xiaoer demo`, for `bot.cli`."""

import argparse
import threading
from collections.abc import Callable
from datetime import datetime

from bot.operations.display import Display
from bot.operations.prepare import current_database, prepare
from bot.settings import Settings

FASTEST = 2000.0


def add_demo_commands(parser: argparse.ArgumentParser, now: Callable[[], datetime]) -> None:
    """Add the options of `xiaoer demo` to its parser; `now` is the real clock."""
    parser.add_argument(
        "move", nargs="?", choices=["fill", "remove"], default="fill", help="默认 fill"
    )
    parser.add_argument("--days", type=int, default=30, help="编多少天 (days to make up)")
    parser.add_argument("--live", action="store_true", help="接着往下演, Ctrl-C 停 (go on live)")
    parser.add_argument("--speed", type=float, default=60.0, help="比真实快几倍 (times as fast)")
    parser.set_defaults(handler=_demo, now=now)


def _demo(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    # only this command composes the whole application and the demo
    from bot.bootstrap import build  # noqa: PLC0415
    from bot.operations.demo import month  # noqa: PLC0415
    from bot.operations.demo.city import load_month  # noqa: PLC0415

    now: Callable[[], datetime] = options.now
    with current_database(settings):
        app = build(settings)
    if options.move == "remove":
        month.remove(app)
        prepare(settings, now())
        display.line("演示数据已清掉, 演示账号已停用 (removed)")
        return 0
    if options.live:
        speed = min(max(options.speed, 1.0), FASTEST)
        display.line(f"演示城市在走, {speed:g} 倍速, Ctrl-C 停 (Ctrl-C stops it)")
        month.live(app, now, speed=speed, is_stopped=threading.Event().is_set)
        return 0
    prepare(settings, now())
    with display.waiting("在编一个月 (making up a month)"):
        made = month.fill(app, now(), days=options.days)
    display.line(f"做了 {made.done} 件事, 有 {made.refused} 件被规则拦下 (acts, refused by rules)")
    display.line(f"账号 (logins): {', '.join(made.logins)}")
    display.line(f"口令都是 (their password): {made.password}")
    titles = load_month(app.settings.data_dir)["links"]
    for name, path in made.links.items():
        place = f"{titles[name]} {settings.base_url}{path}"
        display.line(f"申请人手里的页面 (a page of an applicant): {place}")
    display.line("清掉 (take it away): xiaoer demo remove")
    return 0
