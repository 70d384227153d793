"""Recognises a suggestion among words that were said as something else."""

import re

_SUGGESTS = re.compile(
    r"^(我|俺|咱|们|想|要|再|也|提|给|个|条|一|点|有|你|您|恁|[，,。、 ])*(建议|意见是|希望)|"
    r"[，,。；;！!]\s*(我|俺)?(建议|希望)(你|您|恁|们|窗口|大厅|贵|能|可以|以后|把)|"
    r"^(你|您|恁)?们?(能不能|可不可以|最好|要是能|应该).{4,}"
)


def is_suggestion(text: str) -> bool:
    """Tell whether the reason of a review says what should be done another way."""
    return _SUGGESTS.search(text.strip()) is not None
