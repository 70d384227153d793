"""What a reference platform is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.platform.signing import Keyring
from bot.reference_platform.faults import Faults
from bot.reference_platform.store import ReferenceStore


@dataclass(frozen=True)
class Reference:
    """A reference platform.

    Attributes:
        push_to: Where changes are pushed; "" for nowhere, so that they are only polled.
        faults: None unless faults may be set over HTTP.
    """

    store: ReferenceStore
    keys: Keyring
    push_to: str
    now: Callable[[], datetime]
    faults: Faults | None = None
