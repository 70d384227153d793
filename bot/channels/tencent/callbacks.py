"""Checks who calls: signature, age and, in safe mode, the encryption of a callback.

Source: https://developers.weixin.qq.com/doc/oplatform/developers/dev/push/encryption.html
"""

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import WeChatSigner

from bot.channels.tencent.xml import BadXml, read_fields
from bot.services.ports import Clock

OLDEST = timedelta(minutes=10)
"""An older call is somebody's who recorded one; the platforms try again within seconds."""

SECONDS = re.compile(r"[0-9]{1,12}")


class Refused(Exception):
    """The call is not the platform's, or too old; the message is for the log."""


@dataclass(frozen=True)
class Callback:
    """One callback address.

    Attributes:
        token: Shared secret of the signature.
        aes_key: 43 signs; "" in plain mode, which takes no encrypted call.
        owner_id: App id or corp id inside of what is encrypted.
        now: The clock.
    """

    token: str = field(repr=False)
    aes_key: str = field(repr=False)
    owner_id: str
    now: Clock

    def echo(self, query: Mapping[str, str]) -> str:
        """Return what proves the address to the platform; raises `Refused`."""
        echo = query.get("echostr", "")
        if "msg_signature" in query:
            self._check(query, "msg_signature", echo)
            return self._decrypt(query, echo)
        self._check(query, "signature")
        return echo

    def read(self, query: Mapping[str, str], body: bytes) -> dict[str, str]:
        """Return the fields of a call.

        Raises:
            BadXml: The call is signed but cannot be read.
            Refused: Not signed, too old, or not encrypted although safe mode is set.
        """
        if not self.aes_key:
            self._check(query, "signature")
            return read_fields(body)
        try:
            sealed = read_fields(body).get("Encrypt", "")
        except BadXml as error:
            raise Refused("not encrypted") from error
        if not sealed:
            raise Refused("not encrypted")
        self._check(query, "msg_signature", sealed)
        return read_fields(self._decrypt(query, sealed))

    def _check(self, query: Mapping[str, str], name: str, sealed: str | None = None) -> None:
        timestamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
        signer = WeChatSigner()
        signer.add_data(self.token, timestamp, nonce, *([] if sealed is None else [sealed]))
        given = query.get(name, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, signer.signature.encode()):
            raise Refused("signature")
        said_s = int(timestamp) if SECONDS.fullmatch(timestamp) else 0
        if abs(self.now().timestamp() - said_s) > OLDEST.total_seconds():
            raise Refused("clock")

    def _decrypt(self, query: Mapping[str, str], sealed: str) -> str:
        if not self.aes_key:
            raise Refused("encrypted, but no key is set")
        crypto = WeChatCrypto(self.token, self.aes_key, self.owner_id)
        try:
            # a dictionary: the library's own XML parser is never asked
            text = crypto.decrypt_message(
                {"Encrypt": sealed}, query["msg_signature"], query["timestamp"], query["nonce"]
            )
        except Exception as error:
            # another key, another owner, broken blocks: the library fails in many ways here
            raise Refused("encryption") from error
        return str(text)
