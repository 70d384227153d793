"""Cut a message into its clauses."""

import re

_MAX_TEXT = 300
_MAX_CLAUSES = 6
_SHORTEST = 2
_JOINTS = re.compile(
    r"[，,。；;！!？?\n、…]+|\s+|"
    r"(?=另外|顺便|对了(?!吗|没)|然后|完了(?=再|帮|给|我|你)|还有(?=就是|我|那|个)|同时|再帮|再给|再问)"
)
_LEADING = re.compile(
    r"^(另外|顺便|对了|然后|完了|还有|就是|同时|那个|嗯|呃|先|再|也|还想|还要|请问|再就是|以及)+"
)


def split_clauses(text: str) -> list[str]:
    """Return the clauses of a text without their joints; fewer than two: an empty list.

    A text with many parts is a story, whose clauses are no requests of their own: empty as well.
    """
    if len(text) > _MAX_TEXT or text.startswith("/"):
        return []
    parts = [_LEADING.sub("", part.strip()) for part in _JOINTS.split(text)]
    found = [part for part in parts if sum(map(str.isalnum, part)) >= _SHORTEST]
    return found if 1 < len(found) <= _MAX_CLAUSES else []
