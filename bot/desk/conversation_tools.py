"""Tools of other areas inside a conversation, such as booking a slot or opening a whistle.

An area adds one entry to `CONVERSATION_TOOLS`: a button beside the composer that opens a page of
the desk. The page is given the conversation's id and leads back to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class ConversationTool:
    """A button in the conversation of the agent who holds it.

    Attributes:
        name: Stable id of the button.
        title: What it says.
        path: Page that it opens; `{conversation_id}` stands for the conversation.
        key: Letter that presses it, "" for none; see the list of keys ("?").
    """

    name: str
    title: str
    path: str
    key: str = ""


CONVERSATION_TOOLS: Sequence[ConversationTool] = (
    ConversationTool("booking", "约帮办", "/desk/conversations/{conversation_id}/booking", "y"),
    ConversationTool("whistle", "吹哨", "/desk/conversations/{conversation_id}/whistle", "w"),
)
