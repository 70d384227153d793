"""What WeCom can do: an application of the enterprise's own, and 微信客服 for people on WeChat."""

from bot.channels.tencent.declaration import AFTER_MESSAGE, TEXT_BYTES
from bot.domain.channels import Abilities, Declaration, MenuLimits
from bot.domain.splitting import TextUnit

WECOM = Declaration(
    name="wecom",
    abilities=Abilities(message_length=TEXT_BYTES, unit=TextUnit.UTF8, folds=True),
)
"""Folded because more than 30 messages a minute to one member are thrown away.

Source: https://developer.work.weixin.qq.com/document/path/90236
"""

KF = Declaration(
    name="wecom_kf",
    abilities=Abilities(
        buttons=True,
        message_length=TEXT_BYTES,
        unit=TextUnit.UTF8,
        quota=AFTER_MESSAGE,
        folds=True,
        menu=MenuLimits(buttons=10, title_length=128, message_length=900),
    ),
)
"""The text above a menu takes 1024 bytes; the rest is room for who says it, and that more waits.

Source: https://developer.work.weixin.qq.com/document/path/96427
"""
