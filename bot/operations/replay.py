"""`xiaoer replay`: say past messages to another model and show what it does otherwise."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from bot.data_keys import data_keys
from bot.domain.conversations import Message
from bot.domain.errors import BotError
from bot.operations.dialogue_checks import Outcome
from bot.operations.dialogue_talk import Applicant, Inspector
from bot.operations.errors import OperationFailed
from bot.operations.prepare import current_database
from bot.operations.stack import Stack, running_stack
from bot.operations.tracker_file import Said, recorded
from bot.services.learning.replays import Past, past_conversations
from bot.settings import Settings

SHOWN_CHARACTERS = 120


def replay(
    settings: Settings,
    *,
    model: Path | None,
    limit: int,
    is_report: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> dict[str, Any]:
    """Say stored conversations again to a stack with `model` and compare.

    Buttons are pressed again only where they are offered again; a conversation that a person took
    over is replayed up to there. Nothing is written into the database that is read.

    Args:
        settings: Of the database and of the Rasa that hold the past.
        model: Model file; the one that fits the data by default.
        limit: How many conversations, the newest first.
        is_report: Also return each difference.
        progress: Called after each conversation.

    Raises:
        OperationFailed: There is no conversation to be replayed.
        NotReady: The stack did not start.
    """
    with current_database(settings) as unit_of_work:
        past = past_conversations(unit_of_work, limit=limit)
    if not past:
        raise OperationFailed("没有可重放的对话 (no stored conversations)")
    differences: list[dict[str, Any]] = []
    messages = 0
    with _stack(model) as (stack, inspector), _recorded(settings) as record:
        for number, conversation in enumerate(past, 1):
            for found, is_different in _replay_one(conversation, stack, inspector, record):
                messages += 1
                if is_different:
                    differences.append(found)
            progress(number, len(past))
    figures = {
        "conversations": len(past),
        "messages": messages,
        "changed": len(differences),
        **{
            f"changed_{kind}": sum(kind in one["changed"] for one in differences)
            for kind in ("intent", "actions", "reply")
        },
    }
    return {**figures, "differences": differences} if is_report else figures


Record = Callable[[str, int], Said | None]


def _replay_one(
    past: Past, stack: Stack, inspector: Inspector, record: Record
) -> Iterator[tuple[dict[str, Any], bool]]:
    """Yield each message with what differs; stops where the new conversation cannot follow."""
    with Applicant(stack.url) as person:
        last = Outcome()
        for turn in past.turns:
            payload = _offered(turn.message, last)
            if turn.message.payload is not None and payload is None:
                yield _missing(past, turn.message), True
                return
            try:
                page = person.press(payload) if payload else person.say(turn.message.text)
            except (BotError, httpx.HTTPError) as error:
                raise OperationFailed(f"重放中断 (replay broke): {error}") from error
            last = inspector.outcome(person.conversation_id, page)
            now = Said(last.intent, tuple(last.actions), last.text)
            before = record(past.conversation_id, turn.message.id)
            then = before or Said(None, (), "")
            then = Said(then.intent, then.actions, "\n".join(reply.text for reply in turn.replies))
            yield _compared(past, turn.message, then, now, known=before is not None)


def _compared(
    past: Past, message: Message, then: Said, now: Said, *, known: bool
) -> tuple[dict[str, Any], bool]:
    changed = []
    if known and then.intent != now.intent:
        changed.append("intent")
    if known and then.actions != now.actions:
        changed.append("actions")
    if _shape(then.reply) != _shape(now.reply):
        changed.append("reply")
    found = {
        "conversation": past.conversation_id,
        "message_id": message.id,
        "text": message.text[:SHOWN_CHARACTERS],
        "changed": changed,
        "then": _shown(then),
        "now": _shown(now),
    }
    return found, bool(changed)


def _missing(past: Past, message: Message) -> dict[str, Any]:
    return {
        "conversation": past.conversation_id,
        "message_id": message.id,
        "text": message.text,
        "changed": ["reply"],
        "then": {"button": message.payload},
        "now": {"button": None},
    }


def _shown(said: Said) -> dict[str, Any]:
    return {
        "intent": said.intent,
        "actions": list(said.actions),
        "reply": said.reply[:SHOWN_CHARACTERS],
    }


def _shape(reply: str) -> str:
    """Return a reply without what differs each time: numbers, dates, addresses."""
    words = (word for word in reply.split() if not word.startswith("http"))
    return "".join(char for char in "".join(words) if not char.isdigit())


def _offered(message: Message, last: Outcome) -> str | None:
    """Return the command to press: one that is offered now, or one that needs no offer."""
    if message.payload is None:
        return None
    is_command = "{" not in message.payload
    return message.payload if is_command or message.payload in last.buttons.values() else None


@contextmanager
def _stack(model: Path | None) -> Iterator[tuple[Stack, Inspector]]:
    with (
        tempfile.TemporaryDirectory() as folder,
        running_stack(Path(folder), model) as stack,
        Inspector(stack) as inspector,
    ):
        yield stack, inspector


@contextmanager
def _recorded(settings: Settings) -> Iterator[Record]:
    """Yield a look into the trackers of the past; without the file only replies are compared."""
    address = settings.rasa_database
    path = Path(address.removeprefix("sqlite:///"))
    if not address.startswith("sqlite:///") or not path.exists():
        yield lambda _conversation, _message: None
        return
    keys = data_keys(settings.data_keys, settings.state_dir)
    yield lambda conversation, message: recorded(path, conversation, str(message), keys)
