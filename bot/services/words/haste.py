"""Tells the haste of somebody else from what is asked because of it: 甲方催得急 没证先挖了呢."""

import re

_WHO = (
    "(?:甲方|乙方|业主|住户|买主|买家|客户|顾客|老板|领导|上头|上面|房东|房主|东家|人家|对方|银行|镇上|乡里|村里|"
    "厂里|厂家|总包|施工队|工人|供货的|[他她]们?|家里|媳妇|对象|合伙人|股东|投资方)"
)
_HASTE = re.compile(
    f"^(?:可|可是|但|现在|这不|这会儿|那)?{_WHO}(?:那边|这边|们|又|老|天天|一直|都|也|就|等着|急)*"
    "(?:催得?(?:[急紧慌凶]|不行|要命|厉害)?|等不及|等不了|着急|急得?(?:不行|很|慌)?|等着(?:要货|用|开业|搬|住))"
    "(?:了|呢|啊|呀|的很|得很|要货)*[，, 。]*(?=.{4})(?!一?[催下]|我|俺|咱|你|您)"
)


def without_haste(text: str) -> str:
    """Return a text without its beginning that only says who else is in haste."""
    return _HASTE.sub("", text, count=1)
