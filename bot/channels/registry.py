"""All channels there are, and those that the settings switch on."""

from bot.bootstrap import App
from bot.channels.contract import Channel
from bot.channels.telegram.channel import open_telegram
from bot.channels.telegram.declaration import TELEGRAM
from bot.channels.terminal.declaration import TERMINAL
from bot.channels.web.channel import WebChannel
from bot.channels.web.declaration import WEB
from bot.channels.wechat.channel import open_wechat
from bot.channels.wechat.declaration import WECHAT
from bot.channels.wecom.channel import open_wecom
from bot.channels.wecom.declaration import KF, WECOM
from bot.domain.channels import Declaration

DECLARATIONS: tuple[Declaration, ...] = (WEB, TERMINAL, TELEGRAM, WECHAT, WECOM, KF)
"""Every channel, on or off, in the order in which `docs/channels.md` shows them.

The terminal has no folder of routes: it talks to the web chat API and only shows differently.
"""


def open_channels(app: App) -> tuple[Channel, ...]:
    """Return the channels that are on; opens no connection yet.

    Raises:
        BadSetting: A channel is switched on without what it needs.
    """
    telegram, wechat = open_telegram(app), open_wechat(app)
    return (
        WebChannel(app),
        *([telegram] if telegram else []),
        *([wechat] if wechat else []),
        *open_wecom(app),
    )
