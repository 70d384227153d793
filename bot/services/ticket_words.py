"""Recognises that somebody wants to add to a whistle, and what is added in the same breath."""

import re

_ADD = re.compile(
    r"^(?:我|俺|咱)?(?:们)?(?:要|想|来|得|再|还要|还想)*(?:给\S{0,8}?)?(?:再)?"
    r"(?:补充|补一?下|追加)(?:一?下|一?点|几句|说明|情况|材料|内容)*[\s：:，,。；;]*(.*)$",
    re.DOTALL,
)
SHORTEST = 4
"""A shorter rest is no addition of its own."""


def wants_to_add(text: str) -> bool:
    """Tell whether something is to be added ("我要补充", "补充：变压器已经装好了")."""
    return _ADD.match(text.strip()) is not None


def added_words(text: str) -> str | None:
    """Return what is added in the same sentence, None when it is still to be asked for."""
    found = _ADD.match(text.strip())
    rest = found.group(1).strip() if found else ""
    return rest if len(rest) >= SHORTEST else None
