"""The interfaces of WeCom."""

from datetime import timedelta

from bot.channels.tencent.api import TencentApi, token_in
from bot.channels.tencent.checks import check_aes_key, check_secret, check_token
from bot.services.ports import Clock, OpenUnitOfWork
from bot.settings import BadSetting, Settings

TOKEN_PATH = "/cgi-bin/gettoken"  # noqa: S105 - the address of an interface
EARLY = timedelta(seconds=30)
"""WeCom gives the same token until its end; asking earlier brings nothing."""


class WecomApi(TencentApi):
    """One application of an enterprise."""

    def __init__(self, settings: Settings, unit_of_work: OpenUnitOfWork, now: Clock) -> None:
        super().__init__(
            settings.wecom_api_url,
            account=f"wecom:{settings.wecom_corp_id}:{settings.wecom_agent_id or 'kf'}",
            early=EARLY,
            unit_of_work=unit_of_work,
            now=now,
        )
        self._corp_id, self._secret = settings.wecom_corp_id, settings.wecom_secret

    async def fetch_token(self, is_forced: bool) -> tuple[str, int]:
        """Ask for an access token, which WeCom itself renews when it has to.

        Raises:
            DeliveryError: It gives none.

        Source: https://developer.work.weixin.qq.com/document/path/91039
        """
        del is_forced  # there is no such thing here
        query = {"corpid": self._corp_id, "corpsecret": self._secret}
        return token_in(await self.ask(TOKEN_PATH, None, query))


def check_settings(settings: Settings) -> None:
    """Refuse settings with which WeCom could not work, or not safely; raises `BadSetting`."""
    if settings.wecom_agent_id and not settings.wecom_agent_id.isdecimal():
        raise BadSetting("XIAOER_WECOM_AGENT_ID: expected the number of the application")
    if not settings.wecom_agent_id and not settings.wecom_kf:
        raise BadSetting("XIAOER_WECOM_AGENT_ID or XIAOER_WECOM_KF: set at least one")
    check_secret("XIAOER_WECOM_SECRET", settings.wecom_secret)
    check_token("XIAOER_WECOM_TOKEN", settings.wecom_token)
    check_aes_key("XIAOER_WECOM_AES_KEY", settings.wecom_aes_key)
