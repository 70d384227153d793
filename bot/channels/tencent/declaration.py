"""What the platforms of Tencent allow and how long a text may be."""

from datetime import timedelta

from bot.domain.channels import Quota

AFTER_MESSAGE = Quota(5, timedelta(hours=48))
AFTER_EVENT = Quota(3, timedelta(minutes=1))
"""After a click on the menu, following, or scanning.

Source: https://developers.weixin.qq.com/doc/service/api/customer/message/api_sendcustommessage
"""

TEXT_BYTES = 1900
"""They take 2048 bytes; the rest is room for who says it, and that more waits."""
