"""Which offered button a typed text presses: its title, or a plain yes under a notice."""

from collections.abc import Sequence

from bot.domain.choices import folded
from bot.domain.conversations import Button
from bot.domain.payloads import AGREE, REFUSE
from bot.services.answers import read_yes_no

SHORTEST_TITLE = 3
"""Signs; 是, 否 and 公司 are answers that are understood as such."""

_ENDS = " 。.！!～~，,吧呗啊"
_CLAUSE = "，"


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
    agree, refuse = by_payload.get(f"/{AGREE}"), by_payload.get(f"/{REFUSE}")
    if agree is not None and refuse is not None:
        answer = read_yes_no(typed)
        if answer is not None:
            return agree if answer else refuse
    titled = [button for button in buttons if typed in _titles(button)]
    is_sure = len(titled) == 1 and len(typed) >= SHORTEST_TITLE
    return titled[0] if is_sure and read_yes_no(typed) is None else None


def _titles(button: Button) -> tuple[str, str]:
    """Return the title and its first clause: 同意 of 同意，接着办."""
    return _plain(button.title), _plain(button.title.partition(_CLAUSE)[0])


def _plain(text: str) -> str:
    return folded(text).strip(_ENDS)
