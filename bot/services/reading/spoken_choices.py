"""Which offered button a typed text presses: its title, or a plain yes under a notice."""

import re
from collections.abc import Sequence

from bot.domain.choices import folded
from bot.domain.conversations import Button
from bot.domain.payloads import AGREE, REFUSE, REFUSE_ONE
from bot.services.reading.answers import read_yes_no

SHORTEST_TITLE = 3
"""Signs; 是, 否 and 公司 are answers that are understood as such."""

_ENDS = " 。.！!～~，,吧呗啊"
_CLAUSE = "，"

_YES_WORDS = (
    "是|对|对头|嗯|恩|可以|行|好|好嘞|没错|没问题|没毛病|没意见|没事|同意|确定|确认|愿意|当然|中|沾|成|"
    "得|必须|肯定|要|需要|接着办?|继续|ok"
)
_AGREES = re.compile(
    f"(?={_YES_WORDS})(?:{_YES_WORDS}|的|呀|啊|吧|呢|嘛|哦|噢|滴|哈|了|咧|哩|,)+", re.IGNORECASE
)
"""A consent is given in so many words; 算 and 有 are a yes elsewhere."""

_REFUSES = re.compile(
    "(?:那|还是|先|我|俺|就)*(?:算了|拉倒|别|不了|不留|不给|不填|不办|不弄|不干|不说|再说|改天|不想)+"
    "(?:了|吧|的|啊|呗|算了|拉倒|再说|,)*"
)


def pressed_by_words(text: str, buttons: Sequence[Button]) -> Button | None:
    """Return the button whose title is typed out, or which a yes or no to a notice means.

    Args:
        text: What was typed.
        buttons: What was offered last; see `Heard.offers`.

    Returns:
        None when the text presses nothing: it is understood like any other then.
    """
    if not buttons:
        return None
    typed = _plain(text)
    by_payload = {button.payload: button for button in buttons}
    agree = by_payload.get(f"/{AGREE}")
    refuse = by_payload.get(f"/{REFUSE}") or by_payload.get(f"/{REFUSE_ONE}")
    if agree is not None and refuse is not None:
        if _AGREES.fullmatch(typed):
            return agree
        if read_yes_no(typed) is False or _REFUSES.fullmatch(typed):
            return refuse
    titled = [button for button in buttons if typed in _titles(button)]
    is_sure = len(titled) == 1 and len(typed) >= SHORTEST_TITLE
    return titled[0] if is_sure and read_yes_no(typed) is None else None


def _titles(button: Button) -> tuple[str, str]:
    """Return the title and its first clause: 同意 of 同意，接着办."""
    return _plain(button.title), _plain(button.title.partition(_CLAUSE)[0])


def _plain(text: str) -> str:
    return folded(text).strip(_ENDS)
