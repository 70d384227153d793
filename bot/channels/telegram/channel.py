"""Telegram put together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.routing import BaseRoute

from bot.bootstrap import App
from bot.channels.places import load_places
from bot.channels.telegram.client import Bot, check_settings, close_bot, open_bot
from bot.channels.telegram.contact_notice import ContactNotice
from bot.channels.telegram.courtesies import Courtesies
from bot.channels.telegram.declaration import TELEGRAM
from bot.channels.telegram.files import TelegramFiles
from bot.channels.telegram.poller import GRACE_S, POLL_S, Poller, keep_menu
from bot.channels.telegram.receiver import Receiver
from bot.channels.telegram.sender import TelegramSender
from bot.channels.telegram.texts import COMMANDS, load_telegram_texts
from bot.channels.telegram.webhook import Webhook
from bot.domain.channels import Declaration
from bot.hub.files import FileSource
from bot.hub.hub import Hub, is_asking_consent
from bot.hub.outbox import Sender
from bot.store.hub_texts import load_hub_texts


class TelegramChannel:
    """See `contract.Channel`; built by `open_telegram`."""

    declaration: Declaration = TELEGRAM

    def __init__(self, app: App, bot: Bot) -> None:
        self._app = app
        self._bot = bot
        self._texts = load_telegram_texts(app.settings.data_dir)
        self._places = load_places(app.settings.data_dir)
        self._courtesies = Courtesies(bot)
        settings = app.settings
        self._sender = TelegramSender(
            bot,
            self._texts,
            load_hub_texts(settings.data_dir).choices,
            base_url=settings.base_url,
            fetch_url=f"http://{settings.host}:{settings.port}",
        )
        self.sender: Sender | None = self._sender
        self.files: FileSource | None = TelegramFiles(bot)

    def routes(self, hub: Hub) -> list[BaseRoute]:
        """Return the webhook, nothing while updates are fetched."""
        if self._app.settings.telegram_mode != "webhook":
            return []
        return [*Webhook(self._receiver(hub), self._app.settings.telegram_secret).routes()]

    @asynccontextmanager
    async def running(self, hub: Hub) -> AsyncIterator[None]:
        """Set the menu, and fetch updates unless they come by webhook."""
        menu = [(name, self._texts.commands[name]) for name in COMMANDS]
        tasks = [asyncio.create_task(keep_menu(self._bot, menu))]
        if self._app.settings.telegram_mode == "polling":
            tasks.append(asyncio.create_task(self._poller(hub).run()))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._courtesies.stop()
            await self._sender.close()
            await close_bot(self._bot)

    def _poller(self, hub: Hub) -> Poller:
        testing = self._app.settings.testing
        return Poller(
            bot=self._bot,
            receiver=self._receiver(hub),
            unit_of_work=self._app.unit_of_work,
            now=self._app.now,
            poll_s=1 if testing else POLL_S,
            grace_s=1 if testing else GRACE_S,
        )

    def _receiver(self, hub: Hub) -> Receiver:
        return Receiver(
            hub=hub,
            unit_of_work=self._app.unit_of_work,
            now=self._app.now,
            texts=self._texts,
            places=self._places,
            catalogue=self._app.catalogue,
            contact_notice=self._contact_notice(hub),
            courtesies=self._courtesies,
            base_url=self._app.settings.base_url,
        )

    def _contact_notice(self, hub: Hub) -> ContactNotice:
        told = hub.texts.privacy
        return ContactNotice(
            unit_of_work=self._app.unit_of_work,
            now=self._app.now,
            notice=told.notice,
            version=told.version,
            is_asking=is_asking_consent(self._app.settings),
        )


def open_telegram(app: App) -> TelegramChannel:
    """Return the channel; opens no connection yet.

    Raises:
        BadSetting: The settings do not fit.
    """
    check_settings(app.settings)
    return TelegramChannel(app, open_bot(app.settings))
