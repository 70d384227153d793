"""An agent of the stack's own desk, for dialogues with a take-over."""

from typing import Any
from uuid import uuid4

from bot.operations.dialogue_talk import utc_now
from bot.operations.prepare import current_database
from bot.operations.stack import Stack
from bot.services.desk import handover
from bot.services.ports import OpenUnitOfWork
from bot.store.desk_texts import load_desk_texts


class Agent:
    """The demo account, moved without a browser."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._texts = load_desk_texts(stack.settings.data_dir)

    def move(self, move: str, conversation_id: str) -> None:
        """Come, go, claim, hand back, or say what is written."""
        with current_database(self._stack.settings) as unit_of_work:
            agent_id = self._id(unit_of_work)
            holder: dict[str, Any] = {
                "conversation_id": conversation_id,
                "agent_id": agent_id,
                "now": utc_now(),
            }
            if move in {"online", "offline"}:
                with unit_of_work() as unit:
                    is_there = move == "online"
                    unit.people.set_presence(agent_id, now=utc_now(), is_available=is_there)
            elif move == "claim":
                handover.claim(unit_of_work, **holder, texts=self._texts)
            elif move == "hand_back":
                handover.hand_back(unit_of_work, **holder, texts=self._texts)
            else:
                handover.reply(unit_of_work, **holder, text=move, client_id=str(uuid4()))

    def _id(self, unit_of_work: OpenUnitOfWork) -> int:
        with unit_of_work() as unit:
            agents = unit.people.agents()
        return next(a.id for a in agents if a.login == self._stack.login.username)
