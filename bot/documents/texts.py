"""What is said in the conversation when a form is being signed, from `data/documents/texts.yml`."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import yaml

from bot.domain.signing import LIFETIME, Signature
from bot.services.times.local_time import LOCAL


@dataclass(frozen=True)
class SigningTexts:
    """The words.

    Attributes:
        confirmation: With {title}, {code} and {minutes}.
        signed: With {title}, {signer} and {at}.
    """

    confirmation: str
    signed: str

    def code_line(self, title: str, code: str) -> str:
        """Return the line that shows a code."""
        minutes = int(LIFETIME.total_seconds() // 60)
        return self.confirmation.format(title=title, code=code, minutes=minutes)

    def signed_line(self, title: str, signature: Signature) -> str:
        """Return the line that tells of a signature."""
        at: datetime = signature.signed_at.astimezone(LOCAL)
        return self.signed.format(title=title, signer=signature.signer, at=f"{at:%Y-%m-%d %H:%M}")


def load_signing_texts(path: Path) -> SigningTexts:
    """Read the words; raises `KeyError` when one is missing."""
    raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return SigningTexts(str(raw["confirmation"]).strip(), str(raw["signed"]).strip())
