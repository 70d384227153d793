"""What the platforms' error numbers mean for a line."""

from dataclasses import dataclass

from bot.channels.tencent.api import OLD_TOKEN, ApiRefused
from bot.domain.deliveries import DeliveryError


@dataclass(frozen=True)
class ErrorNumbers:
    """The numbers of one interface; any other number is for good.

    Attributes:
        waits: Number to the seconds after which it may work again: busy, too often, or something
            that the operator has to set right.
        spent: Nothing more until the person does something.
        lost: Nothing gets through to this person.
    """

    waits: dict[int, float]
    spent: frozenset[int] = frozenset()
    lost: frozenset[int] = frozenset()

    def meaning(self, error: ApiRefused) -> DeliveryError:
        """Return the error as the outbox understands it."""
        code, reason = error.code, str(error)
        if code in self.lost:
            return DeliveryError(reason, permanent=True, is_unreachable=True)
        if code in self.spent:
            return DeliveryError(reason, permanent=False, is_spent=True)
        if code in self.waits or code in OLD_TOKEN:
            wait_s = self.waits.get(code, 60.0)
            return DeliveryError(reason, permanent=False, retry_after_s=wait_s)
        return DeliveryError(reason, permanent=True)


BUSY = {-1: 1.0}
SETTINGS = {40013: 60.0, 40125: 60.0, 40164: 60.0, 48001: 300.0, 60020: 60.0}
"""Wrong id or secret, an address that is not allowed, an interface that is not granted."""

WECHAT_ERRORS = ErrorNumbers(
    waits={**BUSY, **SETTINGS, 45009: 600.0, 45011: 60.0},
    spent=frozenset({45015, 45047}),
    lost=frozenset({40003, 43004}),
)
"""Source: https://developers.weixin.qq.com/doc/offiaccount/Getting_Started/Global_Return_Code.html"""

WECOM_ERRORS = ErrorNumbers(
    waits={**BUSY, **SETTINGS, 45009: 60.0, 45033: 5.0},
    lost=frozenset({81013, 82001}),
)
"""Source: https://developer.work.weixin.qq.com/document/path/90313"""

KF_ERRORS = ErrorNumbers(
    waits={**BUSY, **SETTINGS, 45009: 60.0, 45033: 5.0},
    spent=frozenset({95001, 95002, 95018}),
    lost=frozenset({40096}),
)
"""95001 and 95002 are its count and its window, 95018 a session that a person holds there.

Source: https://developer.work.weixin.qq.com/document/path/90313
"""
