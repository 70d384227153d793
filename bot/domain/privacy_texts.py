"""What is said about personal data; the words stand in `data/hub/privacy.yml`."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from bot.domain.conversations import Author, Button, Reply
from bot.domain.payloads import AGREE, CANCEL_ERASURE, CONFIRM_ERASURE, ERASE, REFUSE, REFUSE_ONE
from bot.domain.privacy import Erasure, Holdings

LOCAL = timezone(timedelta(hours=8))
"""All times in this service are local; China has one zone and no summer time."""

_TRAILING = re.compile(r"[\s。！!？?，,~～.]+")


@dataclass(frozen=True)
class PrivacyTexts:
    """The words around notice, consent and deletion.

    Attributes:
        version: Of the notice; another one asks everybody again.
        labels: What is deleted or kept, by kind, each with `{count}`.
        erase_words: A whole sentence that asks for deletion, as a regular expression.
    """

    version: str
    agree: str
    refuse: str
    notice: str
    notice_again: str
    held: str
    agreed: str
    refused: str
    refused_masked: str
    refused_one: str
    erase_words: str
    confirm: str
    cancel: str
    erase_button: str
    ask_erase: str
    ask_erase_kept: str
    ask_erase_other: str
    cancelled: str
    not_asked: str
    receipt: str
    receipt_kept: str
    labels: Mapping[str, str]

    @property
    def titles(self) -> Mapping[str, str]:
        """Return payload to title of the commands that pages offer by themselves."""
        return {f"/{ERASE}": self.erase_button}

    def asks_erasure(self, text: str) -> bool:
        """Tell whether a whole text asks for everything to be deleted."""
        plain = _TRAILING.sub("", unicodedata.normalize("NFKC", text))
        return re.fullmatch(self.erase_words, plain) is not None

    def ask_consent(
        self, *, is_held: bool = False, is_again: bool = False, may_leave_out: bool = False
    ) -> Reply:
        """Return the notice with its two answers.

        Args:
            is_held: A number was told, which waits for the answer.
            is_again: The whole notice stands right above, so that only the question is repeated.
            may_leave_out: A no goes on without what is asked for.
        """
        notice = self.notice_again if is_again else self.notice
        text = f"{self.held}\n{notice}" if is_held else notice
        refusal = REFUSE_ONE if may_leave_out else REFUSE
        buttons = (Button(self.agree, f"/{AGREE}"), Button(self.refuse, f"/{refusal}"))
        return Reply(text, buttons, author=Author.SYSTEM)

    def ask_erasure(self, holdings: Holdings) -> Reply:
        """Return what would go and what has to stay, with the last question."""
        kept = self._listed(holdings.kept)
        text = self.ask_erase.format(
            deleted=self._listed(holdings.deleted) or self.ask_erase_other,
            kept=f"{self.ask_erase_kept.format(kept=kept)}\n" if kept else "",
        )
        buttons = (
            Button(self.confirm, f"/{CONFIRM_ERASURE}"),
            Button(self.cancel, f"/{CANCEL_ERASURE}"),
        )
        return Reply(text, buttons, author=Author.SYSTEM)

    def receipt_of(self, erasure: Erasure) -> Reply:
        """Return the receipt of a deletion."""
        kept = self._listed(erasure.holdings.kept)
        text = self.receipt.format(
            number=erasure.number,
            at=local_time(erasure.at),
            deleted=self._listed(erasure.holdings.deleted) or self.ask_erase_other,
            kept=f"{self.receipt_kept.format(kept=kept)}\n" if kept else "",
        )
        return self.line(text)

    def line(self, text: str) -> Reply:
        """Return a plain line of the system."""
        return Reply(text, author=Author.SYSTEM)

    def _listed(self, counts: Mapping[str, int]) -> str:
        return "、".join(
            label.format(count=counts[kind])
            for kind, label in self.labels.items()
            if kind in counts
        )


def local_time(at: datetime) -> str:
    """Return a moment as people here write it: 2026年11月26日 15:04."""
    return f"{at.astimezone(LOCAL):%Y年%m月%d日 %H:%M}"
