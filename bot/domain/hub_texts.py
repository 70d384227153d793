"""The lines that the hub itself says; the words stand in `data/hub/messages.yml`."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.channels import ChoiceWords
from bot.domain.conversations import Button, Reply
from bot.domain.danger import DangerWords
from bot.domain.link_texts import LinkTexts
from bot.domain.payloads import STOP_WAITING
from bot.domain.privacy_texts import PrivacyTexts
from bot.domain.switches import SwitchTexts
from bot.domain.talk_texts import TalkTexts

LINE_NAMES = frozenset(
    {
        "outage",
        "no_answer",
        "left_queue",
        "not_waiting",
        "welcome_back",
        "emergency",
        "file_kept",
        "crowded",
    }
)
"""Lines that must exist."""

ERROR_CODES = frozenset(
    {
        "empty_message", "text_too_long", "bad_payload", "bad_request", "bad_client_id",
        "unauthorized", "too_many_messages", "too_many_requests", "body_too_large", "not_found",
        "method_not_allowed", "internal_error",
        "file_empty", "file_not_taken", "file_too_large", "too_many_files",
        "file_infected", "file_unchecked",
        "platform_signature", "platform_clock", "platform_replayed",
    }
)  # fmt: skip
"""Error codes of the web interface; each must have a sentence."""


@dataclass(frozen=True)
class HubTexts:
    """Lines, sentences of errors, and what a new visitor sees.

    Attributes:
        lines: By name, all of `LINE_NAMES`.
        errors: Sentence by code, all of `ERROR_CODES`; with `{placeholders}`.
        welcome: The first bubble of the chat page.
        starters: Buttons under it.
        stop_waiting: Title of the chat page's button that leaves the queue.
        privacy: Notice, consent, deletion.
        linking: One person on several channels.
        talks: Talks with business.
        switches: What is said while a part of the service is off.
        choices: Words around numbered choices and links where a channel shows neither.
        danger: Words that are answered with the emergency numbers whoever has the conversation.
    """

    lines: Mapping[str, Reply]
    errors: Mapping[str, str]
    welcome: str
    starters: tuple[Button, ...]
    stop_waiting: str
    danger: DangerWords
    choices: ChoiceWords
    privacy: PrivacyTexts
    linking: LinkTexts
    switches: SwitchTexts
    talks: TalkTexts

    @property
    def titles(self) -> Mapping[str, str]:
        """Return payload to title of the buttons that the chat page offers by itself."""
        starters = {button.payload: button.title for button in self.starters}
        own = {**self.privacy.titles, **self.linking.titles, **self.talks.titles}
        return {**starters, **own, f"/{STOP_WAITING}": self.stop_waiting}

    def error(self, code: str, **values: object) -> str:
        """Return the sentence of an error, its placeholders filled in."""
        return self.errors[code].format(**values)
