"""What the record of a policy says of a figure that a question asks for: 得招几个人, 要多少分."""

import re
from collections.abc import Iterable

from bot.services.finding.record_lines import shared_run
from bot.services.reading.wording import content, normalise

LONGEST = 24
"""Signs of such a question."""

SHARED = 2
"""Signs in a row that what is measured shares with a piece of the record: 研发."""

_HOW_LONG = "(?:多久|多长|几个月|多少个?月|几年|多少年|半年)"
_HOW_MANY = "(?:多少|几)"

_MEASURED = (
    (f"(?:合同|签)[^，,？?]{{0,5}}{_HOW_LONG}", "合同期限|年以上合同"),
    (
        f"(?:[缴交](?!易)|社保|失业保?险)[^，,？?]{{0,5}}{_HOW_LONG}",
        "(?:社保|社会保险|失业保险).*(?:满|不低于)",
    ),
    (
        f"(?:[干开做]|经营|营业)[^，,？?]{{0,4}}{_HOW_LONG}[^，,？?]{{0,3}}(?:才|算|能|可以|后|$)",
        "经营月数",
    ),
    (f"[招雇聘][^，,？?给补]{{0,3}}{_HOW_MANY}[个名人]", "招用.*(?:人员|人数)"),
    (
        f"(?:{_HOW_MANY}[个名]?(?:人|员工|职工)(?:以|之|[内上下才算行的，,？?呢啊起]|$)|人数?[^，,？?]{{0,2}}多少)",
        r"从业人数|\d人",
    ),
    (f"{_HOW_MANY}分", r"\d分"),
)
"""What is asked for, and what stands in the piece of a record that tells it."""

_FIGURES = tuple((re.compile(asked), re.compile(told)) for asked, told in _MEASURED)

_AMOUNT = re.compile(
    f"(?P<what>[^，,？?给补领拿贷减免]{{2,8}}?)[要得占花是有]*{_HOW_MANY}(?:成|个点|钱|[，,？?呢啊以才]|$)"
)
"""Asks how much of something a policy wants: 研发费要花多少."""

_PLAIN = re.compile("企业|公司|个人|政策|最[高多低少]|一年|一个|多少|[要得占花是有]")
"""Words of many questions, which tell of nothing that is measured."""

_FIGURE = re.compile(r"\d")


def figures_in(text: str, pieces: Iterable[str]) -> list[str]:
    """Return the pieces of a record that tell the figure that a text asks for; none for none.

    Args:
        text: What is asked, without the names of the policy.
        pieces: What the record says, piece by piece.
    """
    if len(text) > LONGEST:
        return []
    known = list(dict.fromkeys(pieces))
    told = next((told for asked, told in _FIGURES if asked.search(text)), None)
    if told is not None:
        return [piece for piece in known if told.search(piece)]
    asked = _AMOUNT.search(text)
    if asked is None:
        return []
    what = _PLAIN.sub("\n", content(normalise(asked["what"])))
    return [
        piece
        for piece in known
        if _FIGURE.search(piece) and shared_run(what, normalise(piece)) >= SHARED
    ]
