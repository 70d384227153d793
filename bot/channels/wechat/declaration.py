"""What a WeChat Official Account can do."""

from bot.channels.tencent.declaration import AFTER_MESSAGE, TEXT_BYTES
from bot.domain.channels import Abilities, Declaration
from bot.domain.splitting import TextUnit

WECHAT = Declaration(
    name="wechat",
    abilities=Abilities(
        typing=True,
        message_length=TEXT_BYTES,
        unit=TextUnit.UTF8,
        quota=AFTER_MESSAGE,
        folds=True,
    ),
)
"""Pictures and files are links: each would cost one of five messages.

Source: https://developers.weixin.qq.com/doc/service/api/customer/message/api_sendcustommessage
"""
