"""Writes which matters the answer yes and the answer no to a question want."""

from collections.abc import Sequence

ITEM_MARK = "、"


def decided_text(by_yes: Sequence[str], by_no: Sequence[str]) -> str:
    """Return both as a sentence without its full stop; "" where neither wants anything.

    Args:
        by_yes: Names of the matters that only yes wants.
        by_no: Names of those that only no wants.
    """
    said = []
    if by_yes:
        said.append(f"答“是”，要办{ITEM_MARK.join(by_yes)}")
    if by_no:
        said.append(f"答“否”，要办{ITEM_MARK.join(by_no)}")
    if len(said) == 1:
        said.append("答“否”就不用" if by_yes else "答“是”就不用")
    return "；".join(said)
