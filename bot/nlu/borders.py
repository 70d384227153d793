"""Mend the borders of names that a tagger has drawn too wide."""

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.nlu.spans import Span

_ASKED_AFTER = frozenset({"industry", "material", "matter", "policy", "project_type"})
"""Names behind which 呢 only asks after them: 占道呢."""

LEAST = 2
"""Signs that are left of a name at the least."""

_FORM = "有限责任公司|股份有限公司|有限公司|合伙企业|个人独资企业|农民专业合作社|专业合作社|合作社"
_NO_FIRM = re.compile(
    rf".*(?:准备|打算|想要?|计划|需要|[用以按]|注册|成立|设立|[开办弄搞][个家]?)(?=(?:{_FORM})$)"
)
"""Words that lead up to a form of enterprise and are part of no firm's name: 准备用有限公司."""

_BODY = re.compile("[育检系会型格重]")
"""What makes another word of 个体: 一个体育的证, 做个体检."""

_REGISTERS = re.compile("(?:注册|登记)(?=个体(?:工商)?户$)")
"""What stands before a form of enterprise that is to be registered."""

_MEASURE = re.compile(r"[一两几三俩][家个间]")
_COUNTED = re.compile(r"[一二两三四五六七八九十几来多\d]+[户家]")
"""A number and its measure word belong to no trade: 一家装修公司."""

_SHOP = re.compile("的?[店铺摊]|部(?!门)")
"""What belongs to a trade of mending: 修车铺, 修摩托的店."""
_WHOLE = re.compile("(?<![周週期拜十初月])[一整半]个?$")
"""What makes a stretch of time of a part of the day; 周一上午 is none."""


def mended(text: str, spans: Iterable[Span]) -> list[Span]:
    """Return the spans with their borders mended; one that holds no name keeps its kind of word.

    Args:
        text: The message.
        spans: Spans of the tagger.
    """
    known = (span for span in spans if not _is_stretch(text, span) and not _is_body(text, span))
    return [_mended(text, span) for span in known]


def _is_body(text: str, span: Span) -> bool:
    """Tell whether 个体 is no form of enterprise but stands around a border of words: 个体检."""
    words = text[span.start : span.end]
    return words.endswith("个体") and _BODY.match(text, span.end) is not None


def _is_stretch(text: str, span: Span) -> bool:
    """Tell whether a part of the day says how long and not when: 打了一上午没人接."""
    return span.entity == "time" and _WHOLE.search(text[: span.start]) is not None


def _mended(text: str, span: Span) -> Span:
    words = text[span.start : span.end]
    if span.entity == "company_name":
        found = _NO_FIRM.match(words)
        if found is not None:
            return replace(span, start=span.start + found.end(), entity="enterprise_type")
    form = _REGISTERS.match(words) if span.entity == "matter" else None
    if form is not None:  # 注册个体户: what is registered is a form of enterprise
        return replace(span, start=span.start + form.end(), entity="enterprise_type")
    if span.entity == "matter" and words.endswith("许可") and text[span.end :].startswith("证"):
        return replace(span, end=span.end + 1)  # 劳务派遣许可证
    if span.entity in _ASKED_AFTER and words.endswith("呢") and len(words) > LEAST:
        return replace(span, end=span.end - 1)
    is_name = span.entity in {"industry", "project_type"} and span.end - span.start > LEAST
    if is_name and span.start > 0 and _MEASURE.match(text[span.start - 1 : span.start + 1]):
        return replace(span, start=span.start + 1)
    shop = _SHOP.match(text, span.end) if span.entity == "industry" else None
    if shop is not None and words.startswith("修"):
        return replace(span, end=shop.end())
    counted = _COUNTED.match(words) if is_name else None
    if counted is not None and len(words) - counted.end() >= LEAST:
        return replace(span, start=span.start + counted.end())
    return span
