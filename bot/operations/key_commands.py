"""`xiaoer keys`: which keys seal personal data and make its hashes, new ones, old ones away."""

import argparse
from collections import Counter
from collections.abc import Iterator
from typing import Any

from bot.data_keys import (
    DATA_KEY_FILE,
    add_key,
    add_next_lookup,
    data_keys,
    keep_newest,
    next_ring_of,
    use_next_lookup,
)
from bot.operations.display import Display
from bot.operations.errors import OperationFailed
from bot.operations.guards import is_port_free
from bot.sealing import LOOK_UP, NEXT_LOOK_UP, DataKeys, new_secret
from bot.settings import Settings
from bot.store.backup import sqlite_file
from bot.store.engine import open_engine
from bot.store.key_rotation import keys_in_use, rotate
from bot.store.rehashing import rehash


def add_key_commands(parser: argparse.ArgumentParser) -> None:
    """Add new, show, rotate, retire and lookup to the parser of `xiaoer keys`."""
    kinds = parser.add_subparsers(required=True, metavar="new|show|rotate|retire|lookup")
    for name, handler, text in (
        ("new", _new, "打印一套新密钥, 写进 XIAOER_DATA_KEYS (print a new set of keys)"),
        ("show", _show, "各密钥加密了多少数据 (how many values each key seals)"),
        ("rotate", _rotate, "换新密钥并重新加密 (a new key; seal everything anew)"),
        ("retire", _retire, "删掉没有数据再用的旧密钥 (take unused old keys away)"),
        ("lookup", _lookup, "停机时换查找用的密钥 (while stopped: a new key of the hashes)"),
    ):
        made = kinds.add_parser(name, help=text, description=text)
        made.set_defaults(handler=handler)


def _new(_options: argparse.Namespace, _settings: Settings, display: Display) -> int:
    display.line(f"XIAOER_DATA_KEYS=k1:{new_secret()},{LOOK_UP}:{new_secret()}")
    return 0


def _show(_options: argparse.Namespace, settings: Settings, display: Display) -> int:
    used = _used(settings)
    newest = _keys(settings).newest
    for name, count in sorted(used.items()):
        mark = " (当前 newest)" if name == newest else ""
        display.line(f"{name or '未加密 (not sealed)'}: {count}{mark}")
    if not used:
        display.line("还没有加密的数据 (nothing is sealed yet)")
    return 0


def _rotate(_options: argparse.Namespace, settings: Settings, display: Display) -> int:
    if not settings.data_keys.strip():
        _keys(settings)  # makes the file on a first run
        name = add_key(settings.state_dir / DATA_KEY_FILE)
        data_keys.cache_clear()
        display.line(f"新密钥 {name} 已写入 {DATA_KEY_FILE} (a new key)")
    total = 0
    for engine in _databases(settings):
        total += rotate(engine, _keys(settings), tell=lambda *told: _tell(display, *told))
    display.line(f"重新加密了 {total} 行 (rows sealed anew)")
    display.line("请重启小二, 然后运行 xiaoer keys retire (restart, then retire the old keys)")
    return 0


def _retire(_options: argparse.Namespace, settings: Settings, display: Display) -> int:
    newest = _keys(settings).newest
    old = sorted(name for name in _used(settings) if name != newest)
    if old:
        raise OperationFailed(
            f"还有数据用旧密钥 {', '.join(old)}, 请先运行 xiaoer keys rotate (old keys are in use)"
        )
    if settings.data_keys.strip():
        display.line(f"XIAOER_DATA_KEYS 里只需保留 {newest} 和 {LOOK_UP} (keep these two)")
        return 0
    gone = keep_newest(settings.state_dir / DATA_KEY_FILE)
    data_keys.cache_clear()
    display.line(f"删掉了 {len(gone)} 个旧密钥 (old keys taken away)")
    return 0


def _lookup(_options: argparse.Namespace, settings: Settings, display: Display) -> int:
    if not is_port_free(settings.host, settings.port):
        raise OperationFailed("小二还在运行, 请先停下每台机器上的小二 (stop every 小二 first)")
    file = settings.state_dir / DATA_KEY_FILE
    chosen = settings.data_keys.strip()
    if not chosen:
        if not file.exists():
            _keys(settings)  # makes the file on a first run
        add_next_lookup(file)
    ring = next_ring_of(chosen.split(",") if chosen else file.read_text("utf-8").splitlines())
    if ring is None:
        display.line(
            f"请在 XIAOER_DATA_KEYS 里加上 {NEXT_LOOK_UP}:{new_secret()}, 再运行一次 (add it)"
        )
        return 1
    engine = open_engine(settings.database_url, DataKeys(lambda: ring))
    total = rehash(engine, tell=lambda *told: _tell(display, *told))
    engine.dispose()
    display.line(f"重算了 {total} 行 (rows hashed anew)")
    if chosen:
        display.line(
            f"请去掉旧的 {LOOK_UP}, 把 {NEXT_LOOK_UP} 改名为 {LOOK_UP}, 再启动 (rename it)"
        )
        return 0
    use_next_lookup(file)
    data_keys.cache_clear()
    display.line("新密钥已生效, 可以启动小二了 (start again)")
    return 0


def _tell(display: Display, table: str, count: int) -> None:
    if count:
        display.line(f"{table}: {count}")


def _keys(settings: Settings) -> DataKeys:
    return data_keys(settings.data_keys, settings.state_dir)


def _databases(settings: Settings) -> "Iterator[Any]":
    """Yield an engine of each database that is there."""
    for url in (settings.database_url, settings.rasa_database):
        file = sqlite_file(url)
        if file is None or file.exists():
            engine = open_engine(url, _keys(settings))
            yield engine
            engine.dispose()


def _used(settings: Settings) -> Counter[str]:
    used: Counter[str] = Counter()
    for engine in _databases(settings):
        used.update(keys_in_use(engine))
    return used
