"""What is said about talks with business in the chat; the words stand in `data/hub/talks.yml`."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.meetings import MeetingKind
from bot.domain.payloads import TALKS

_MARKS = re.compile(r"[\s。！!？?，,、；;~～.“”\"]+")
_MOBILE = re.compile(r"1[3-9](?:[\s-]?\d){9}(?!\d)")
_NO_NAME = re.compile(
    r"我?(?:的)?(?:名字|姓名|电话号?码?|手机号?码?|联系方式|联系电话)(?:是|叫|为)?|我(?:叫|是)|报名|[\s，,。；;：:、/|]+"
)

LONGEST_WISH = 40
"""Signs; whoever says more tells a story, in which a talk may be named."""


@dataclass(frozen=True)
class TalkTexts:
    """The words around talks.

    Attributes:
        kinds: What a kind of talk is called, by its value.
        words: Sentences and titles of buttons, by name.
        patterns: Whole texts that are answered here, as regular expressions, by name.
    """

    kinds: Mapping[str, str]
    words: Mapping[str, str]
    patterns: Mapping[str, str]

    @property
    def titles(self) -> Mapping[str, str]:
        """Return payload to title of the commands that pages offer by themselves."""
        return {f"/{TALKS}": self.words["button"]}

    def kind(self, kind: MeetingKind) -> str:
        """Return what people call it."""
        return self.kinds[kind.value]

    def wish(self, text: str) -> str | None:
        """Return what a whole text wants; None for anything else.

        "stop", "watch" and "list" are said in so many words. "asked" names a talk and wants
        something of it that only those who hold it know, such as whether colleagues may come.
        """
        core, plain = self.patterns["core"], _plain(text)
        for name, pattern in (
            ("stop", self.patterns["stop_words"].replace("{core}", core)),
            ("watch", self.patterns["watch_words"].replace("{core}", core)),
            ("list", self.patterns["before"] + core + self.patterns["after"]),
        ):
            if re.fullmatch(pattern, plain):
                return name
        return "asked" if self._is_about_talks(plain, core) else None

    def _is_about_talks(self, plain: str, core: str) -> bool:
        """Tell whether a short text names a talk and wishes or asks, and is no other matter."""
        if len(plain) > LONGEST_WISH or re.search(self.patterns["other_matter"], plain):
            return False
        named = re.search(core + "|" + self.patterns["loose_core"], plain)
        return named is not None and re.search(self.patterns["wish_words"], plain) is not None

    def leaves(self, text: str) -> bool:
        """Tell whether a whole text says that what was begun is not wanted any more."""
        return re.fullmatch(self.patterns["leave_words"], _plain(text)) is not None

    def is_else(self, text: str) -> bool:
        """Tell whether a whole text is another wish, whatever was asked for."""
        return re.fullmatch(self.patterns["else_words"], _plain(text)) is not None


def contact_in(text: str) -> tuple[str, str]:
    """Return name and mobile number in a text, each "" when it is not there."""
    unified = unicodedata.normalize("NFKC", text)
    found = _MOBILE.search(unified)
    if found is None:
        return "", ""
    rest = f"{unified[: found.start()]} {unified[found.end() :]}"
    return _NO_NAME.sub("", rest), re.sub(r"\D", "", found[0])


def _plain(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", text))
