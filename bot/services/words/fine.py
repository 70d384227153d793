"""Recognises a question on the fine for the thing just spoken of, which it does not name."""

import re

LONGEST = 30

_LEADS = (
    "(?:那个?|要是|如果|万一|假如|我|俺|咱|们|就|先|直接|偷着|偷偷|悄悄|私自|硬|光|这个?|它|"
    "还|也|[，, ])*"
)
_WITHOUT = (
    "(?:没有?|不|未经?|冇|木有)(?:去|来|有|给|经)?(?:这个?|那个?)?"
    "(?:证件?|批|手续|许可证?|办|报批|报(?!税|关|名)|审批|弄|领|申请|备案|登记|下证|批准|同意)"
    "(?:的|了|好|着|下来|这个?|那个?|证|手续)*"
)
_DOES = "[^，,。？?]{0,2}?(?:着|上|了|呢|的话)?"
_CAUGHT = "(?:会|要|叫|被|让|给|人家?|城管|他们|[，, ])*(?:查|逮|抓|碰|发现)?(?:着|住|到|见|了|上)*"
_FINE = "(?:会|要|得|能|该)*(?:咋|怎么|怎样|多少|几多)?(?:个)?罚(?:款)?[^，,。]{0,5}[?？]?"
_BARE = re.compile(f"{_LEADS}{_WITHOUT}{_LEADS}{_DOES}{_LEADS}{_CAUGHT}{_FINE}")
_WHOLE = re.compile("开[业张店门办工]|营业|执照|干|一共|总共|[房墙楼井厂]")
"""Speaks of the whole business or of what is built: 没证先开业罚多少, 没批就盖房."""


def asks_bare_fine(text: str) -> bool:
    """Tell whether the fine for going without something unnamed is asked: "没批先装上罚多少"."""
    is_bare = len(text) <= LONGEST and _BARE.fullmatch(text) is not None
    return is_bare and _WHOLE.search(text) is None
