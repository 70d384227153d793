"""The menu under the conversation: `data/wechat/menu.yml`."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from bot.channels.meanings import Meaning
from bot.channels.tencent.api import TencentApi
from bot.domain.errors import BotError
from bot.domain.payloads import parse_payload

MOST_BUTTONS, MOST_BELOW = 3, 5
LONGEST_NAME, LONGEST_NAME_BELOW, LONGEST_KEY = 16, 60, 128
"""In bytes.

Source: https://developers.weixin.qq.com/doc/offiaccount/Custom_Menus/Creating_Custom-Defined_Menu.html
"""


class BadMenu(BotError):
    """The file breaks a limit of the platform, or a button says what applicants may not send."""


def load_menu(data_dir: Path) -> list[dict[str, Any]]:
    """Return the menu as it stands in the file; raises `BadMenu`, `BadPayload`."""
    raw = yaml.load(
        (data_dir / "wechat" / "menu.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )["menu"]
    if len(raw) > MOST_BUTTONS or any(len(one.get("below", ())) > MOST_BELOW for one in raw):
        raise BadMenu("data/wechat/menu.yml: at most 3 buttons with 5 below each")
    for one in raw:
        _check(one, LONGEST_NAME)
        for below in one.get("below", ()):
            _check(below, LONGEST_NAME_BELOW)
    return list(raw)


def meanings(menu: list[dict[str, Any]]) -> Mapping[str, Meaning]:
    """Return what a click says, by its key."""
    items = [one for top in menu for one in (top, *top.get("below", ()))]
    return {one["key"]: Meaning(one["name"], one["payload"]) for one in items if "key" in one}


def as_sent(menu: list[dict[str, Any]], base_url: str) -> dict[str, Any]:
    """Return the menu as the platform takes it."""
    return {"button": list(_buttons(menu, base_url))}


async def set_menu(api: TencentApi, menu: list[dict[str, Any]], base_url: str) -> None:
    """Show the menu; raises `ApiRefused`, `DeliveryError`."""
    await api.call("/cgi-bin/menu/create", as_sent(menu, base_url))


async def shown_menu(api: TencentApi) -> list[str]:
    """Return the names of the buttons that are shown, those below indented."""
    answer = await api.call("/cgi-bin/get_current_selfmenu_info")
    lines = []
    for one in (answer.get("selfmenu_info") or {}).get("button", ()):
        lines.append(str(one.get("name", "")))
        below = (one.get("sub_button") or {}).get("list", ())
        lines.extend(f"  {item.get('name', '')}" for item in below)
    return lines


async def delete_menu(api: TencentApi) -> None:
    """Take the menu away."""
    await api.call("/cgi-bin/menu/delete")


def _buttons(items: list[dict[str, Any]], base_url: str) -> Iterator[dict[str, Any]]:
    for one in items:
        if "below" in one:
            yield {"name": one["name"], "sub_button": list(_buttons(one["below"], base_url))}
        elif "path" in one:
            yield {"type": "view", "name": one["name"], "url": base_url + one["path"]}
        else:
            yield {"type": "click", "name": one["name"], "key": one["key"]}


def _check(item: Mapping[str, Any], longest: int) -> None:
    if len(item["name"].encode()) > longest or len(item.get("key", "").encode()) > LONGEST_KEY:
        raise BadMenu(f"data/wechat/menu.yml: {item['name']} is too long")
    if "key" in item:
        parse_payload(item["payload"])
