"""The sub-commands of `xiaoer wechat`, for `bot.cli`."""

import argparse
import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.bootstrap import utc_now
from bot.operations.display import Display
from bot.operations.errors import OperationFailed
from bot.operations.prepare import current_database
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.channels.wechat.api import WechatApi


def add_wechat_commands(parser: argparse.ArgumentParser) -> None:
    """Add `menu set|show|delete` and `card FILE` to the parser of `xiaoer wechat`."""
    kinds = parser.add_subparsers(required=True, metavar="menu|card")
    text = "公众号菜单 (the menu under the conversation)"
    menu = kinds.add_parser("menu", help=text, description=text)
    moves = {
        "set": "按 data/wechat/menu.yml 设置 (set it as the file says)",
        "show": "查看现在的菜单 (show what is set)",
        "delete": "删除菜单 (take it away)",
    }
    done = menu.add_subparsers(required=True, metavar="set|show|delete")
    for name, about in moves.items():
        made = done.add_parser(name, help=about, description=about)
        made.set_defaults(handler=_menu, move=name)
    text = "上传小程序卡片的图片，打印 media id (the picture on the mini-program's card)"
    card = kinds.add_parser("card", help=text, description=text)
    card.add_argument("file", type=Path, metavar="FILE", help="JPG 或 PNG，建议 520×416 (picture)")
    card.set_defaults(handler=_card)


def _menu(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    for line in asyncio.run(_call_api(settings, partial(_move, options.move, settings))):
        display.line(line)
    return 0


def _card(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    from bot.channels.wechat.card import BadCardPicture, read_picture  # noqa: PLC0415

    try:
        picture = read_picture(options.file)
    except (BadCardPicture, OSError) as error:
        raise OperationFailed(f"{options.file}: {error}") from error
    for line in asyncio.run(_call_api(settings, partial(_upload, *picture))):
        display.line(line)
    return 0


async def _upload(name: str, content: bytes, api: "WechatApi") -> list[str]:
    from bot.channels.wechat.card import upload_picture  # noqa: PLC0415

    media_id = await upload_picture(api, name, content)
    return ["写进 .env，再重启小二 (set it and restart):", f"XIAOER_WECHAT_CARD_THUMB={media_id}"]


async def _move(move: str, settings: Settings, api: "WechatApi") -> list[str]:
    from bot.channels.wechat.menu import (  # noqa: PLC0415
        delete_menu,
        load_menu,
        set_menu,
        shown_menu,
    )

    if move == "set":
        await set_menu(api, load_menu(settings.data_dir), settings.base_url)
        return ["菜单已设置，手机上几分钟内能看到 (set; phones show it within minutes)"]
    if move == "delete":
        await delete_menu(api)
        return ["菜单已删除 (deleted)"]
    return await shown_menu(api) or ["没有菜单 (none)"]


async def _call_api(
    settings: Settings, job: "Callable[[WechatApi], Awaitable[list[str]]]"
) -> list[str]:
    """Do something at WeChat and return what to print.

    Raises:
        BadSetting: The settings of WeChat cannot be used.
        OperationFailed: WeChat is out of reach or refuses.
    """
    # loads the library, which the other commands do without
    from bot.channels.tencent.api import ApiRefused  # noqa: PLC0415
    from bot.channels.wechat.api import WechatApi, check_settings  # noqa: PLC0415
    from bot.domain.deliveries import DeliveryError  # noqa: PLC0415

    if not settings.wechat_app_id:
        raise OperationFailed("先设置 XIAOER_WECHAT_APP_ID (set it first)")
    check_settings(settings)
    with current_database(settings) as unit_of_work:  # the access token is kept there
        api = WechatApi(settings, unit_of_work, utc_now)
        try:
            return await job(api)
        except (ApiRefused, DeliveryError) as error:
            raise OperationFailed(f"WeChat: {error}") from error
        finally:
            await api.close()
