"""WeCom put together: two channels, one application, one callback address."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta

from starlette.routing import BaseRoute

from bot.bootstrap import App
from bot.channels.contract import Channel
from bot.channels.places import load_places
from bot.channels.tencent.callbacks import Callback
from bot.channels.tencent.files import TencentFiles
from bot.channels.tencent.messages import NotACallback, read_event
from bot.channels.tencent.receiver import Receiver
from bot.channels.tencent.texts import load_tencent_texts
from bot.channels.tencent.webhook import Webhook
from bot.channels.wecom.api import WecomApi, check_settings
from bot.channels.wecom.declaration import KF, WECOM
from bot.channels.wecom.kf_puller import LEASE, PAUSE, KfPuller
from bot.channels.wecom.sender import KfSender, WecomSender
from bot.channels.wecom.welcome import Welcome, starter_keys
from bot.domain.channels import Declaration
from bot.hub.files import FileSource
from bot.hub.hub import Hub
from bot.hub.outbox import Sender

PATH = "/wecom/callback"
KF_EVENT = "kf_msg_or_event"


class Site:
    """What both channels share: the application at WeCom."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.api = WecomApi(app.settings, app.unit_of_work, app.now)
        self.texts = load_tencent_texts(app.settings.data_dir)
        self.places = load_places(app.settings.data_dir)
        self.files = TencentFiles(self.api)
        self._puller: KfPuller | None = None

    def receiver(self, hub: Hub, declaration: Declaration) -> Receiver:
        """Return what takes in the events of one of the channels."""
        return Receiver(
            declaration=declaration,
            hub=hub,
            unit_of_work=self.app.unit_of_work,
            now=self.app.now,
            texts=self.texts,
            places=self.places,
            catalogue=self.app.catalogue,
            base_url=self.app.settings.base_url,
            menu=starter_keys(hub.texts) if declaration is KF else {},
        )

    def puller(self, hub: Hub) -> KfPuller:
        """Return what fetches the news of 微信客服, the same each time."""
        is_testing = self.app.settings.testing
        if self._puller is None:
            self._puller = KfPuller(
                api=self.api,
                receiver=self.receiver(hub, KF),
                unit_of_work=self.app.unit_of_work,
                now=self.app.now,
                welcome=Welcome(self.api, hub.texts, self.app.now).send,
                lease_time=timedelta(seconds=2) if is_testing else LEASE,
                pause=timedelta() if is_testing else PAUSE,
            )
        return self._puller

    def webhook(self, hub: Hub) -> Webhook:
        """Return the callback, which tells both channels."""
        settings, receiver = self.app.settings, self.receiver(hub, WECOM)

        async def take(fields: Mapping[str, str]) -> None:
            if fields.get("Event") == KF_EVENT:
                if settings.wecom_kf:
                    await self.puller(hub).ring(fields)
                return
            event = read_event(fields)
            # another application's messages could come when its callback was set to ours
            if fields.get("AgentID", settings.wecom_agent_id) != settings.wecom_agent_id:
                raise NotACallback
            if event is not None and settings.wecom_agent_id:
                await receiver.take(event)

        callback = Callback(
            settings.wecom_token, settings.wecom_aes_key, settings.wecom_corp_id, self.app.now
        )
        return Webhook(PATH, callback, take)


class WecomChannel:
    """Messages of the application; see `contract.Channel`."""

    declaration: Declaration = WECOM

    def __init__(self, site: Site) -> None:
        self._site = site
        agent_id = int(site.app.settings.wecom_agent_id)
        self.sender: Sender | None = WecomSender(site.api, agent_id)
        self.files: FileSource | None = site.files

    def routes(self, hub: Hub) -> list[BaseRoute]:
        """Return the callback."""
        return [*self._site.webhook(hub).routes()]

    @asynccontextmanager
    async def running(self, hub: Hub) -> AsyncIterator[None]:
        """Close the connections in the end."""
        del hub
        try:
            yield
        finally:
            await self._site.api.close()


class KfChannel:
    """微信客服; see `contract.Channel`."""

    declaration: Declaration = KF

    def __init__(self, site: Site) -> None:
        self._site = site
        self.sender: Sender | None = KfSender(site.api)
        self.files: FileSource | None = site.files

    def routes(self, hub: Hub) -> list[BaseRoute]:
        """Return the callback unless the application's channel has it."""
        has_it = self._site.app.settings.wecom_agent_id
        return [] if has_it else [*self._site.webhook(hub).routes()]

    @asynccontextmanager
    async def running(self, hub: Hub) -> AsyncIterator[None]:
        """Fetch news."""
        task = asyncio.create_task(self._site.puller(hub).run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            if not self._site.app.settings.wecom_agent_id:
                await self._site.api.close()


def open_wecom(app: App) -> tuple[Channel, ...]:
    """Return the channels that are on; opens no connection yet.

    Raises:
        BadSetting: The settings do not fit, or could be guessed.
    """
    settings = app.settings
    check_settings(settings)
    site = Site(app)
    application = [WecomChannel(site)] if settings.wecom_agent_id else []
    return (*application, *([KfChannel(site)] if settings.wecom_kf else []))
