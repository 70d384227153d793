"""An answer that was noted, as it is read back."""

from bot.documents.labels import NO, YES
from bot.services.reading.identifiers import mask_phones_in

LONGEST = 24
"""Characters of a story that are read back; all of it is kept."""


def known_item(label: str, value: object) -> str:
    """Return an answer with what was asked: "雇人：是", "电话：138****8000"."""
    text = {"yes": YES, "no": NO}.get(str(value))
    if text is None:
        text = f"{value:.10g}" if isinstance(value, float) else str(value)
    return f"{label}：{quoted(text)}"


def quoted(text: str) -> str:
    """Return the beginning of a longer text, with telephone numbers masked."""
    masked = mask_phones_in(text)
    return f"{masked[:LONGEST]}{'…' if len(masked) > LONGEST else ''}"
