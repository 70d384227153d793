"""What applicants may send: text, and the commands behind buttons.

A button carries `/name` or `/name{json}`; Rasa reads that as an intent with entities. Only the
names below may come from outside, so that nobody can press a button that was never offered to
people (`/hand_back`, `/restart`).
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.conversations import MAX_TEXT_LENGTH, EmptyMessage, Message, TextTooLong
from bot.domain.errors import BotError

HAND_BACK = "/hand_back"
"""Internal: the bot has the conversation again and repeats its open question."""

STOP_WAITING = "stop_waiting"
"""Answered by the hub: leave the queue for a person and go on with the bot."""

ERASE, CONFIRM_ERASURE, CANCEL_ERASURE = "erase_data", "confirm_erasure", "cancel_erasure"
"""Answered by the hub: the person wants everything deleted; the last question and its answers."""

AGREE, REFUSE = "agree_to_notice", "refuse_notice"
"""Answered by the hub: what the person says to the notice about personal data."""

REFUSE_ONE = "refuse_and_go_on"
"""The same no, where what was asked for may be left out: it goes on without."""

LINK, UNLINK = "link_channel", "unlink_channel"
AGREE_LINK, DECLINE_LINK = "agree_to_link", "decline_link"
"""Answered by the hub: one person on several channels."""

TALKS = "business_talks"
"""Answered by the hub: talks with business; `do` says what, `talk` which one."""

LEAVE_OUT = "/skip"
"""What the hub sends for a person who has refused what may be left out."""

SAY_AGAIN = "/repeat"
"""What the hub sends for a person who has agreed: the open question comes once more."""

STOP_FORM = "stop"
"""Leaves a form in the dialogue."""

SERVICE_INTENTS = frozenset(
    {
        "start_business", "plan_project", "ask_materials", "ask_procedure", "ask_time_limit",
        "ask_fee", "ask_place", "ask_eligibility", "ask_legal_basis", "ask_office_hours",
        "ask_deferral", "apply_online", "query_case", "follow_case", "urge_case", "blow_whistle",
        "query_ticket", "request_agent", "book_appointment", "change_appointment",
        "cancel_appointment", "query_appointment", "search_policy", "match_policy",
        "apply_policy", "rate_service", "complain", "suggest", "dispute_answer", "take_papers",
        "show_plan", "mark_done", "remind_plan",
    }
)  # fmt: skip

CONVERSATION_INTENTS = frozenset(
    {
        "inform", "affirm", "deny", "skip", "go_back", "stop", "ask_why", "repeat", "greet",
        "goodbye", "thank", "ask_capabilities", "bot_challenge", "ask_privacy",
    }
)  # fmt: skip

HUB_COMMANDS = frozenset(
    {STOP_WAITING, ERASE, CONFIRM_ERASURE, CANCEL_ERASURE, AGREE, REFUSE, REFUSE_ONE}
    | {LINK, UNLINK, AGREE_LINK, DECLINE_LINK, TALKS}
)

PUBLIC_COMMANDS = SERVICE_INTENTS | CONVERSATION_INTENTS | HUB_COMMANDS

MAX_PAYLOAD_LENGTH = 2000
_PAYLOAD = re.compile(r"/([a-z][a-z0-9_]*)(\{.*\})?", re.DOTALL)
_KEPT_CONTROLS = "\n\t"


class BadPayload(BotError):
    """A button's command is malformed, or not one that applicants may send."""


@dataclass(frozen=True)
class Payload:
    """A parsed command; `str()` gives it back in one canonical form."""

    name: str
    entities: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return `/name` or `/name{json}`."""
        if not self.entities:
            return f"/{self.name}"
        return f"/{self.name}{json.dumps(dict(self.entities), ensure_ascii=False)}"


def parse_payload(raw: str) -> Payload:
    """Return the command of a pressed button.

    Raises:
        BadPayload: Too long, not `/name{json}`, values other than texts, numbers, booleans or
            lists of them, or a name outside `PUBLIC_COMMANDS`.
    """
    match = _PAYLOAD.fullmatch(raw.strip()) if len(raw) <= MAX_PAYLOAD_LENGTH else None
    if match is None or match[1] not in PUBLIC_COMMANDS:
        raise BadPayload("not a public command")
    try:
        entities = json.loads(match[2] or "{}")
    except (ValueError, RecursionError) as error:
        raise BadPayload("not JSON") from error
    if not all(_is_plain(value) for value in entities.values()):
        raise BadPayload("nested values")
    return Payload(name=match[1], entities=entities)


def clean_text(raw: str) -> str:
    """Return a text without control characters and blanks around it.

    Raises:
        EmptyMessage: Nothing is left.
        TextTooLong: More than `MAX_TEXT_LENGTH` characters are left.
    """
    unified = raw.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(character for character in unified if _is_kept(character)).strip()
    if not any(_is_visible(character) for character in text):
        raise EmptyMessage
    if len(text) > MAX_TEXT_LENGTH:
        raise TextTooLong(len(text))
    return text


def to_rasa_text(message: Message) -> str:
    """Return what Rasa is given of a message.

    Rasa reads any text with a leading "/" as a command, so what a person typed gets a full-width
    one instead; only checked payloads keep theirs.
    """
    if message.payload is not None:
        return message.payload
    text = message.text.lstrip()
    return f"／{text[1:]}" if text.startswith("/") else text


def _is_kept(character: str) -> bool:
    # Cc: control characters, NUL among them; Cs: halves of a pair, which no database takes
    return character in _KEPT_CONTROLS or unicodedata.category(character) not in {"Cc", "Cs"}


def _is_visible(character: str) -> bool:
    # zero-width and direction marks (Cf) alone are as empty as blanks
    return not character.isspace() and unicodedata.category(character) != "Cf"


def _is_plain(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(item, (str, int, float, bool)) for item in value)
    return value is None or isinstance(value, (str, int, float, bool))
