"""What is said about one person on several channels; the words stand in `data/hub/linking.yml`."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.conversations import Author, Button, Reply
from bot.domain.payloads import AGREE_LINK, DECLINE_LINK, LINK

_SENT = re.compile(r"绑定(?:码)?[:：]?(\d{6})")
_MARKS = re.compile(r"[\s。！!？?，,~～.“”\"]+")


@dataclass(frozen=True)
class LinkTexts:
    """The words around linking.

    Attributes:
        channels: Short name of a channel to what people call it.
        link_words: A whole text that asks for a code, as a regular expression.
        unlink_words: One that asks to be taken apart.
    """

    link_button: str
    offer: str
    sent: str
    wrong: str
    locked: str
    ask: str
    agree: str
    decline: str
    linked: str
    linked_there: str
    declined: str
    declined_there: str
    nothing: str
    too_many: str
    unlinked: str
    not_linked: str
    link_words: str
    unlink_words: str
    channels: Mapping[str, str]

    @property
    def titles(self) -> Mapping[str, str]:
        """Return payload to title of the commands that pages offer by themselves."""
        return {f"/{LINK}": self.link_button}

    def code_in(self, text: str) -> str | None:
        """Return the code that a whole text sends, None when it sends none."""
        found = _SENT.fullmatch(_plain(text))
        return found[1] if found else None

    def asks_code(self, text: str) -> bool:
        """Tell whether a whole text asks for a code."""
        return re.fullmatch(self.link_words, _plain(text).lower()) is not None

    def asks_unlink(self, text: str) -> bool:
        """Tell whether a whole text asks to be taken apart."""
        return re.fullmatch(self.unlink_words, _plain(text).lower()) is not None

    def question(self, channel: str) -> Reply:
        """Return the question for whoever was shown the code."""
        text = self.ask.format(channel=self.channels.get(channel, channel))
        buttons = (Button(self.agree, f"/{AGREE_LINK}"), Button(self.decline, f"/{DECLINE_LINK}"))
        return Reply(text, buttons, author=Author.SYSTEM)


def line(text: str) -> Reply:
    """Return a plain line of the system."""
    return Reply(text, author=Author.SYSTEM)


def _plain(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", text))
