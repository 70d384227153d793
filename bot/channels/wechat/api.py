"""The interfaces of an Official Account."""

from datetime import timedelta

from bot.channels.tencent.api import TencentApi, token_in
from bot.channels.tencent.checks import check_aes_key, check_secret, check_token
from bot.services.ports import Clock, OpenUnitOfWork
from bot.settings import BadSetting, Settings

TOKEN_PATH = "/cgi-bin/stable_token"  # noqa: S105 - the address of an interface
EARLY = timedelta(minutes=4)
"""The platform gives a new one from five minutes before the end on."""


class WechatApi(TencentApi):
    """One Official Account."""

    def __init__(self, settings: Settings, unit_of_work: OpenUnitOfWork, now: Clock) -> None:
        super().__init__(
            settings.wechat_api_url,
            account=f"wechat:{settings.wechat_app_id}",
            early=EARLY,
            unit_of_work=unit_of_work,
            now=now,
        )
        self._app_id, self._secret = settings.wechat_app_id, settings.wechat_app_secret

    async def fetch_token(self, is_forced: bool) -> tuple[str, int]:
        """Ask for an access token; raises `DeliveryError`.

        Source: https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken
        """
        body = {
            "grant_type": "client_credential",
            "appid": self._app_id,
            "secret": self._secret,
            "force_refresh": is_forced,
        }
        return token_in(await self.ask(TOKEN_PATH, body, {}))


def check_settings(settings: Settings) -> None:
    """Refuse settings with which WeChat could not work, or not safely; raises `BadSetting`."""
    if not settings.wechat_app_id.startswith("wx"):
        raise BadSetting("XIAOER_WECHAT_APP_ID: expected the id that begins with wx")
    check_secret("XIAOER_WECHAT_APP_SECRET", settings.wechat_app_secret)
    check_token("XIAOER_WECHAT_TOKEN", settings.wechat_token)
    if settings.wechat_aes_key:
        check_aes_key("XIAOER_WECHAT_AES_KEY", settings.wechat_aes_key)
