"""Recognises that money of a policy is asked for after something happened: 换过经营者的还给不给."""

import re

_HAPPENED = (
    "(?P<what>(?:换|变更|改|转让?|搬|注销|停|断|领|享受|欠|罚|失信|吊销)(?:了|过)"
    "[^，,。？? 还就也能给]{0,8}?)"
)
_STILL = re.compile(
    "(?:那|要是|如果|假如|万一|以前|之前|中间|我|俺|店|执照|照|法人|公司|[，, ])*"
    f"{_HAPPENED}(?:的|了|以后|之后|的话|呢)?[，, ]*(?:这钱|这个|那个|那|是不是|就|还|也)*"
    "(?:能|可以|让|有)?"
    "(?:给不给|发不发|补不补|能不能[领拿给]|让不让领|算不算|[给发补领拿享][受着到了]?)(?:我|俺|钱)?"
    "[吗嘛么不没呢了啊]*[?？]?"
)
_SAME = (("经营者", "法人"), ("老板", "法人"), ("法定代表人", "法人"))


def happened_before(text: str) -> str | None:
    """Return what happened behind which it is asked if the money is given still; None for none."""
    found = _STILL.fullmatch(text.strip())
    if found is None:
        return None
    what = found["what"].replace("了", "过")
    for said, meant in _SAME:
        what = what.replace(said, meant)
    return what
