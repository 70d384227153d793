"""All channels there are, and those that the settings switch on."""

from bot.bootstrap import App
from bot.channels.contract import Channel
from bot.channels.telegram.declaration import TELEGRAM
from bot.channels.terminal.declaration import TERMINAL
from bot.channels.web.channel import WebChannel
from bot.channels.web.declaration import WEB
from bot.channels.wechat.declaration import WECHAT
from bot.channels.wecom.declaration import KF, WECOM
from bot.domain.channels import Declaration

DECLARATIONS: tuple[Declaration, ...] = (WEB, TERMINAL, TELEGRAM, WECHAT, WECOM, KF)
"""Every channel, on or off, in the order in which `docs/channels.md` shows them.

The terminal has no folder of routes: it talks to the web chat API and only shows differently.
"""


def open_channels(app: App) -> tuple[Channel, ...]:
    """Return the channels that are on; opens no connection yet.

    A channel that is off is not even imported: the libraries of the platforms take 60 MB together.

    Raises:
        BadSetting: A channel is switched on without what it needs.
    """
    return (WebChannel(app), *_telegram(app), *_wechat(app), *_wecom(app))


def _telegram(app: App) -> tuple[Channel, ...]:
    if not app.settings.telegram_token:
        return ()
    from bot.channels.telegram.channel import open_telegram  # noqa: PLC0415 - see `open_channels`

    return (open_telegram(app),)


def _wechat(app: App) -> tuple[Channel, ...]:
    if not app.settings.wechat_app_id:
        return ()
    from bot.channels.wechat.channel import open_wechat  # noqa: PLC0415 - see `open_channels`

    return (open_wechat(app),)


def _wecom(app: App) -> tuple[Channel, ...]:
    if not app.settings.wecom_corp_id:
        return ()
    from bot.channels.wecom.channel import open_wecom  # noqa: PLC0415 - see `open_channels`

    return open_wecom(app)
