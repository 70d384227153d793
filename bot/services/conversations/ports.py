"""The repositories of conversations, turns and deliveries, as use cases see them.

Every method that adds a line locks the conversation first, so that within one conversation
message ids grow in the order of the commits and "after this id" never skips a line.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.conversations import (
    Accepted,
    Attachment,
    Author,
    Button,
    Conversation,
    Heard,
    Hold,
    Inbound,
    Message,
    Owner,
    Reply,
    Speaker,
    Turn,
)
from bot.domain.deliveries import Delivery
from bot.domain.turn_looks import Looks


class ConversationStore(Protocol):
    """Conversations and their messages."""

    def get(self, conversation_id: str) -> Conversation:
        """Return one; raises `UnknownConversation`."""

    def get_by_token(self, token_hash: str) -> Conversation:
        """Return the one whose secret has this SHA-256 (hex); raises `UnknownConversation`."""

    def find(self, channel: str, external_id: str) -> Conversation | None:
        """Return a person's conversation on a push channel, None before the first message."""

    def add(
        self,
        conversation: Conversation,
        *,
        token_hash: str | None = None,
        external_id: str | None = None,
    ) -> bool:
        """Store a new conversation; False when the person has one on this channel already."""

    def list_by_owner(
        self, owner: Owner, *, agent_id: int | None = None, limit: int = 200
    ) -> tuple[Conversation, ...]:
        """Return those of one owner, the longest waiting first; `agent_id` narrows it down."""

    def newest(self, limit: int, *, without_channel: str) -> tuple[Conversation, ...]:
        """Return the conversations that changed last, newest first, one channel left out."""

    def add_inbound(
        self,
        conversation_id: str,
        *,
        author: Author,
        text: str,
        payload: str | None,
        external_id: str | None,
        now: datetime,
        attachments: Sequence[Attachment] = (),
        is_handled: bool = False,
    ) -> Accepted:
        """Store a message that the worker must handle; the same `external_id` is stored once.

        With `is_handled` it is only noted in the transcript: something else has answered it.
        """

    def hear(self, speaker: Speaker, *, since: datetime, run_id: str | None = None) -> Heard:
        """Find a conversation, lock it, and return with it what a new message asks of it.

        Args:
            speaker: By what it is known.
            since: From when on its messages count as recent.
            run_id: Of the `xiaoer run` that would answer, "" for none; None to leave `looks` out.

        Raises:
            UnknownConversation: There is no such conversation.
        """

    def add_heard(
        self, inbound: Inbound, *, now: datetime, hold: Hold | None, is_opened: bool = False
    ) -> tuple[Accepted, bool]:
        """Store a message of an applicant whose conversation is locked; once, however often told.

        With a hold it is claimed as well, unless an earlier one waits, somebody serves the
        conversation, it has another owner than was seen, an outage has been told, or this one is
        stored already.

        Args:
            inbound: The message.
            now: The time.
            hold: The claim, None for none.
            is_opened: This transaction has opened the conversation.

        Returns:
            What is stored, and whether it is claimed.
        """

    def hear_all(self, speakers: Sequence[Speaker], *, since: datetime) -> Sequence[Heard | None]:
        """Do what `hear` does, without `looks`, for people who are all known by the same.

        Returns:
            What is known of each in order, None for who has no conversation.
        """

    def add_all(self, people: Mapping[str, Conversation], *, now: datetime) -> frozenset[str]:
        """Store new conversations of one channel, by who it is there; nothing is known in them.

        Returns:
            Ids of those that are stored: the others have one on this channel already.
        """

    def add_all_heard(
        self, heard: Sequence[Heard], said: Sequence[Inbound], *, now: datetime
    ) -> Sequence[Accepted]:
        """Do what `add_heard` does without a hold, for different conversations.

        Args:
            heard: The conversations, locked or opened by this transaction.
            said: A message for each.
            now: The time.
        """

    def say(
        self, turn: Turn, replies: Sequence[Reply], *, now: datetime
    ) -> tuple[tuple[Message, ...], bool]:
        """Append the lines of a turn that `TurnStore.end` has ended, as `add_messages` does.

        Returns:
            The lines, and whether nothing had come since the message of the turn, hidden ones
            counted.
        """

    def say_at_once(
        self,
        turn: Turn,
        replies: Sequence[Reply],
        *,
        fields: Mapping[str, object] | None,
        now: datetime,
    ) -> tuple[tuple[Message, ...], bool] | None:
        """End a turn and append its lines, at least one, where that is one journey to the database.

        It must be all that is done in the transaction, and is committed when this returns.

        Returns:
            The lines, and whether they are whole, as `say`; None when nothing was done, because it
            is no journey less here, the owner has changed, or the claim was lost.
        """

    def find_inbound(self, conversation_id: str, external_id: str) -> int | None:
        """Return the id of a message stored before, or None."""

    def count_from_applicant(self, conversation_id: str, since: datetime) -> int:
        """Count the applicant's messages since then."""

    def add_message(
        self,
        conversation_id: str,
        reply: Reply,
        *,
        now: datetime,
        agent_id: int | None = None,
    ) -> Message:
        """Append a line; on push channels it also goes into the outbox."""

    def add_messages(
        self,
        conversation_id: str,
        replies: Sequence[Reply],
        *,
        now: datetime,
        agent_id: int | None = None,
    ) -> tuple[Message, ...]:
        """Append lines in this order; on push channels they also go into the outbox."""

    def messages(
        self, conversation_id: str, *, after: int = 0, limit: int = 200
    ) -> tuple[Message, ...]:
        """Return visible lines with an id above `after`, oldest first."""

    def latest(self, conversation_ids: Sequence[str]) -> Mapping[str, Message]:
        """Return the last visible line of each conversation that has one."""

    def last_said(self, conversation_id: str) -> Message | None:
        """Return the last visible line that the applicant has not written, None for none."""

    def is_busy(self, conversation_id: str) -> bool:
        """Tell whether a message still waits to be handled."""

    def button_title(self, conversation_id: str, payload: str) -> str | None:
        """Return the title of the newest button with this payload, None when none was offered."""

    def offered_by(self, conversation_id: str, message_id: int) -> tuple[Button, ...]:
        """Return the buttons under one line of this conversation, none when it is not there."""

    def was_offered_before(self, conversation_id: str, message_id: int, payload: str) -> bool:
        """Tell whether the newest buttons right before a message hold one with this payload."""

    def said_before(self, conversation_id: str, message_id: int) -> Message | None:
        """Return the applicant's message before this one, None for none."""

    def change_words(self, message_id: int, change: Callable[[str], str]) -> None:
        """Change text and command of a stored message, and take the old text out of the search."""

    def last_external_id(self, conversation_id: str) -> str | None:
        """Return the platform's id of the applicant's last message, None before the first."""

    def set_unreachable(self, conversation_id: str, at: datetime | None) -> None:
        """Note since when nothing gets through to the person; None when it does again."""

    def change_owner(
        self,
        conversation_id: str,
        *,
        seen: Owner,
        to: Owner,
        now: datetime,
        agent_id: int | None = None,
        handoff_reason: str | None = None,
    ) -> None:
        """Change the owner if it still is `seen`.

        `agent_id` is kept under `AGENT` only. `waiting_since` is set under `WAITING` and cleared
        elsewhere; `handoff_reason` is replaced when given.

        Raises:
            ForbiddenOwner: The step is not in `ALLOWED_OWNERS`.
            OwnerChanged: It is no longer `seen`.
        """

    def set_fields(self, conversation_id: str, fields: Mapping[str, object]) -> None:
        """Replace the known answers."""


class TurnStore(Protocol):
    """The inbox, seen as work: one worker per conversation, messages in order of arrival."""

    def claim(self, *, lease: str, now: datetime, until: datetime) -> Turn | None:
        """Take the oldest due message of a conversation that nobody serves, or None."""

    def is_any_due(self, now: datetime) -> bool:
        """Tell whether `claim` may find a message."""

    def looks(self, conversation_id: str, run_id: str) -> tuple[Looks, str | None]:
        """Return what has to be known before an answer, and where the model of a run listens.

        Without a run ("") or its model the second is None.
        """

    def end(
        self,
        turn: Turn,
        *,
        now: datetime,
        is_saying: bool = False,
        fields: Mapping[str, object] | None = None,
    ) -> bool:
        """Give the claim of an answered turn back, and note that its message has had its turn.

        Notes as well that an outage is over, when something is said now, and what is known of the
        person by then, if given.
        False, and nothing is done, when the claim is lost or the owner has changed meanwhile.
        Locks the conversation.
        """

    def renew(self, conversation_id: str, lease: str, until: datetime) -> bool:
        """Hold a claim for longer; False when it is lost."""

    def release(self, conversation_id: str, lease: str) -> bool:
        """Give a claim back; False when it was lost. Locks the conversation."""

    def free(self, prefix: str) -> int:
        """Take back all claims that begin so; returns how many."""

    def holders(self, now: datetime) -> frozenset[str]:
        """Return the claims that are held now, by all workers of all hubs."""

    def mark_handled(self, message_id: int, now: datetime) -> None:
        """Note that a message has had its turn."""

    def postpone(self, message_id: int, *, error: str, until: datetime) -> None:
        """Note a failed attempt; the message and those behind it wait until then."""

    def is_outage_told(self, conversation_id: str) -> bool:
        """Tell whether an outage that the applicant knows of holds messages back."""

    def crowd(self, *, now: datetime, before: datetime, limit: int) -> Sequence[tuple[str, int]]:
        """Return conversations that wait since before then for a worker and were told nothing.

        With each how many messages come before its own; the longest wait first.
        """

    def tell_first(self, conversation_id: str, at: datetime) -> bool:
        """Note that the applicant was told; False when somebody did or nothing waits."""

    def set_outage_told(self, conversation_id: str, at: datetime | None) -> None:
        """Note when the applicant was told that a part is down; None when it is over."""


class DeliveryStore(Protocol):
    """The outbox of push channels, in order within each conversation."""

    def claim(self, *, channels: Sequence[str], now: datetime, until: datetime) -> Delivery | None:
        """Take the oldest due line; it is invisible to others until `until`."""

    def mark_delivered(self, delivery_id: int, now: datetime) -> None:
        """Note that the platform has taken it."""

    def postpone(self, delivery_id: int, *, error: str, until: datetime) -> None:
        """Note a passing error and when to try again."""

    def note_part(self, delivery_id: int, *, parts_sent: int, until: datetime) -> None:
        """Note how many pieces are out, and hold the line for longer."""

    def give_up_all(self, conversation_id: str, *, error: str) -> None:
        """Give up every line of a conversation that still waits."""

    def failed_among(self, message_ids: Sequence[int]) -> frozenset[int]:
        """Return which of these lines never reached the person."""

    def held_among(self, message_ids: Sequence[int]) -> frozenset[int]:
        """Return which of these lines wait until the person does something."""

    def mark_failed(self, delivery_id: int, *, error: str) -> None:
        """Note a permanent error; staff see it, the lines behind it go on."""

    def list_failed(self, limit: int = 100) -> tuple[Delivery, ...]:
        """Return lines that could not be delivered, newest first."""

    def behind(self, delivery: Delivery, limit: int = 20) -> tuple[Delivery, ...]:
        """Return lines that wait behind one in its conversation, in order."""

    def set_times(self, delivery_ids: Sequence[int], at: datetime) -> None:
        """Set when lines that still wait may be tried next."""

    def hold(self, delivery_id: int) -> None:
        """Keep a line until the person does something; its tries begin anew then."""

    def let_go(self, conversation_id: str, now: datetime) -> bool:
        """Let the lines that are held go out; tells whether any line waits, held or not."""

    def claim_notice(self, channel: str, now: datetime) -> Delivery | None:
        """Take the oldest unasked line that is held back and of which nobody was told, or None.

        Each is taken once.
        """

    def forget_notice(self, delivery_id: int) -> None:
        """Let a notice be taken again: the person could not be told."""


class CursorStore(Protocol):
    """Where the fetching of a platform's news stands; one process at a time."""

    def claim(self, channel: str, *, lease: str, now: datetime, until: datetime) -> int | None:
        """Take or keep the lease; returns the position, None while another holds it."""

    def advance(self, channel: str, *, lease: str, position: int) -> bool:
        """Note what has been stored; False when the lease is lost."""

    def release(self, channel: str, *, lease: str) -> None:
        """Give the lease back."""
