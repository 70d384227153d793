"""Fetches what people sent from the platform, when an agent looks at it; nothing is kept here."""

from bot.channels.tencent.api import TencentApi

PATH = "/cgi-bin/media/get"


class TencentFiles:
    """See `bot.hub.files.FileSource`; the platforms keep files for three days.

    Source: https://developers.weixin.qq.com/doc/offiaccount/Asset_Management/Get_temporary_materials.html
    """

    def __init__(self, api: TencentApi) -> None:
        self._api = api

    async def read(self, file_id: str) -> bytes:
        """Return the content of a file; raises `FileAway`."""
        return await self._api.download(PATH, file_id)
