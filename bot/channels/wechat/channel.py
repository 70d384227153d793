"""WeChat put together."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from starlette.routing import BaseRoute

from bot.bootstrap import App
from bot.channels.places import load_places
from bot.channels.tencent.callbacks import Callback
from bot.channels.tencent.files import TencentFiles
from bot.channels.tencent.messages import read_event
from bot.channels.tencent.receiver import Receiver
from bot.channels.tencent.texts import load_tencent_texts
from bot.channels.tencent.webhook import Webhook
from bot.channels.wechat.api import WechatApi, check_settings
from bot.channels.wechat.card import declared, read_card
from bot.channels.wechat.menu import load_menu, meanings
from bot.channels.wechat.notices import TemplateNotices, read_fields
from bot.channels.wechat.sender import Typing, WechatSender
from bot.domain.channels import Declaration
from bot.hub.files import FileSource
from bot.hub.hub import Hub
from bot.hub.outbox import Sender
from bot.store.hub_texts import load_hub_texts

PATH = "/wechat/callback"


class WechatChannel:
    """See `contract.Channel`; built by `open_wechat`."""

    def __init__(self, app: App) -> None:
        self._app = app
        card = read_card(app.settings)
        self.declaration: Declaration = declared(card)
        self._api = WechatApi(app.settings, app.unit_of_work, app.now)
        self._typing = Typing(self._api)
        self._texts = load_tencent_texts(app.settings.data_dir)
        self._places = load_places(app.settings.data_dir)
        self._menu = meanings(load_menu(app.settings.data_dir))
        link = load_hub_texts(app.settings.data_dir).choices.link
        self._fields = read_fields(app.settings.wechat_template_fields)
        self.sender: Sender | None = WechatSender(self._api, card, link)
        self.files: FileSource | None = TencentFiles(self._api)

    def routes(self, hub: Hub) -> list[BaseRoute]:
        """Return the callback."""
        settings, receiver = self._app.settings, self._receiver(hub)

        async def take(fields: Mapping[str, str]) -> None:
            event = read_event(fields)
            if event is not None:
                await receiver.take(event)

        callback = Callback(
            settings.wechat_token, settings.wechat_aes_key, settings.wechat_app_id, self._app.now
        )
        return [*Webhook(PATH, callback, take).routes()]

    @asynccontextmanager
    async def running(self, hub: Hub) -> AsyncIterator[None]:
        """Tell of held notices when a template is set."""
        tasks = []
        if self._app.settings.wechat_template:
            tasks.append(asyncio.create_task(self.notices(hub).run()))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._typing.stop()
            await self._api.close()

    def notices(self, hub: Hub) -> TemplateNotices:
        """Return what tells of held notices."""
        return TemplateNotices(
            api=self._api,
            unit_of_work=self._app.unit_of_work,
            now=self._app.now,
            wakeups=hub.wakeups,
            template=self._app.settings.wechat_template,
            fields=self._fields,
        )

    def _receiver(self, hub: Hub) -> Receiver:
        return Receiver(
            declaration=self.declaration,
            hub=hub,
            unit_of_work=self._app.unit_of_work,
            now=self._app.now,
            texts=self._texts,
            places=self._places,
            catalogue=self._app.catalogue,
            base_url=self._app.settings.base_url,
            menu=self._menu,
            show_typing=self._typing.show,
        )


def open_wechat(app: App) -> WechatChannel:
    """Return the channel; opens no connection yet.

    Raises:
        BadSetting: The settings do not fit, or could be guessed.
    """
    check_settings(app.settings)
    return WechatChannel(app)
