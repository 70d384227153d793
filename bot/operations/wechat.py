"""The sub-commands of `xiaoer wechat`, for `bot.cli`."""

import argparse
import asyncio

from bot.bootstrap import utc_now
from bot.operations.display import Display
from bot.operations.errors import OperationFailed
from bot.operations.prepare import current_database
from bot.settings import Settings


def add_wechat_commands(parser: argparse.ArgumentParser) -> None:
    """Add `menu set|show|delete` to the parser of `xiaoer wechat`."""
    kinds = parser.add_subparsers(required=True, metavar="menu")
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


def _menu(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    for line in asyncio.run(_call(options.move, settings)):
        display.line(line)
    return 0


async def _call(move: str, settings: Settings) -> list[str]:
    """Do it and return what to print.

    Raises:
        BadSetting: The settings of WeChat cannot be used.
        OperationFailed: WeChat is out of reach or refuses.
    """
    # loads the library, which the other commands do without
    from bot.channels.tencent.api import ApiRefused  # noqa: PLC0415
    from bot.channels.wechat.api import WechatApi, check_settings  # noqa: PLC0415
    from bot.channels.wechat.menu import (  # noqa: PLC0415
        delete_menu,
        load_menu,
        set_menu,
        shown_menu,
    )
    from bot.domain.deliveries import DeliveryError  # noqa: PLC0415

    if not settings.wechat_app_id:
        raise OperationFailed("先设置 XIAOER_WECHAT_APP_ID (set it first)")
    check_settings(settings)
    with current_database(settings) as unit_of_work:  # the access token is kept there
        api = WechatApi(settings, unit_of_work, utc_now)
        try:
            if move == "set":
                await set_menu(api, load_menu(settings.data_dir), settings.base_url)
                return ["菜单已设置，手机上几分钟内能看到 (set; phones show it within minutes)"]
            if move == "delete":
                await delete_menu(api)
                return ["菜单已删除 (deleted)"]
            return await shown_menu(api) or ["没有菜单 (none)"]
        except (ApiRefused, DeliveryError) as error:
            raise OperationFailed(f"WeChat: {error}") from error
        finally:
            await api.close()
