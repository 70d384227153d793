"""Read what people write in Cantonese, or with 正 for 证, as the standard language says it.

Every replacement keeps the length, so that offsets stay those of what the applicant wrote.
"""

import re

_SIGNS = {
    "唔": "不",
    "嘅": "的",
    "咗": "了",
    "喺": "在",
    "冇": "没",
    "佢": "他",
    "嚟": "来",
    "攞": "拿",
    "俾": "给",
    "畀": "给",
    "啱": "对",
    "哋": "们",
    "啲": "些",
    "咩": "啥",
    "乜": "啥",
    "睇": "看",
    "谂": "想",
    "諗": "想",
    "搵": "找",
    "揾": "找",
    "噉": "这",
    "咁": "这",
    "嗰": "那",
    "嘢": "事",
    "㗎": "的",
    "啩": "吧",
    "喎": "喔",
}
"""Signs that only Cantonese uses."""

_WORDS = {
    "唔该": "麻烦",
    "唔使": "不用",
    "唔得": "不行",
    "唔啱": "不对",
    "啱啱": "刚刚",
    "乜嘢": "什么",
    "咩嘢": "什么",
    "几多": "多少",
    "几耐": "多久",
    "几时": "何时",
    "点样": "怎样",
    "点解": "为啥",
    "点做": "咋做",
    "点搞": "咋搞",
    "点办": "咋办",
    "点算": "咋办",
    "点填": "咋填",
    "点约": "咋约",
    "边度": "哪里",
    "边个": "哪个",
    "边间": "哪家",
    "边位": "哪位",
    "边些": "哪些",
    "边啲": "哪些",
    "而家": "现在",
    "听日": "明天",
    "寻日": "昨天",
    "琴日": "昨天",
    "返工": "上班",
    "收工": "下班",
    "上昼": "上午",
    "下昼": "下午",
    "晏昼": "下午",
    "朝早": "早上",
    "钟数": "时间",
    "搞掂": "办好",
    "得唔得": "行不行",
    "啱唔啱": "对不对",
    "识唔识": "会不会",
    "是咪": "是否",
    "㖞": "喔",
    "系咪": "是否",
    "仲要": "还要",
    "仲有": "还有",
    "仲未": "还没",
    "仲系": "还是",
    "仲喺": "还在",
    "呢度": "这里",
    "呢啲": "这些",
    "呢间": "这家",
    "呢单": "这单",
    "噉样": "这样",
    "咁样": "这样",
    "返去": "回去",
    "返转": "回到",
    "落单": "下单",
    "多谢": "谢谢",
    "攞返": "拿回",
    "倾偈": "聊天",
    "多咱": "何时",
    "多昝": "何时",
    "夜儿": "昨天",
}
"""Words of Cantonese; their signs alone may mean something else."""

_SLIPS = {
    "代款": "贷款",
    "补帖": "补贴",
    "正件": "证件",
    "正照": "证照",
    "执找": "执照",
    "直照": "执照",
    "发漂": "发票",
    "投拆": "投诉",
    "注消": "注销",
    "备按": "备案",
    "登计": "登记",
    "规摸": "规模",
    "季渡": "季度",
    "公机金": "公积金",
    "工积金": "公积金",
    "建康证": "健康证",
    "普漂": "普票",
    "专漂": "专票",
    "多少前": "多少钱",
    "花前不": "花钱不",
    "补半": "补办",
    "咋半": "咋办",
    "怎么半": "怎么办",
}
"""Everyday slips of two or three signs that mean nothing else."""

_TEN_THOUSAND = re.compile("(?<=\\d)w(?![a-z0-9])")
"""How 万 is typed in haste: 32w."""

_SLIP = re.compile("|".join(_SLIPS))
_IS = re.compile("(?<![关聯联体體關干幹])係")
_CANTONESE = re.compile(
    "[" + "".join(_SIGNS) + "係]|幾[多耐時]|几[多耐]|邊[度個間位]|點[樣解做搞]|聽日|而家"
)
_TO_BE = re.compile("(?<![关联体干派直嫡])系(?=[唔不咪要想边邊呢我你])")
_WORD = re.compile("|".join(sorted(_WORDS, key=len, reverse=True)))
_LICENCE = re.compile(
    "(?<=[啥么些个防康生草业可品份产驶办补换领有没本])正"
    "(?=$|[吗嘛么不没的要怎咋呢吧啊，,。.？?！! ])"
)
_NOT = re.compile("(?<=[办记交要用行能中成收管得罚签换改补续查审批算有报])步(?=$|[，,。.？?！! ])")
"""How 不 at the end of a question is typed by its sound: 要上牌登记步; 下一步 is a step."""


def mark_cantonese(text: str) -> str:
    """Return a text, not yet simplified, with the signs that simplifying would hide replaced."""
    return _IS.sub("是", text) if "係" in text else text


def in_standard_words(text: str, *, is_cantonese: bool) -> str:
    """Return a simplified text with the standard language's words, of the same length.

    Args:
        text: In simplified script.
        is_cantonese: Whether the text as typed holds signs of Cantonese.
    """
    if is_cantonese:
        text = _WORD.sub(lambda word: _WORDS[word[0]], text)
        text = _TO_BE.sub("是", "".join(_SIGNS.get(sign, sign) for sign in text))
    text = _SLIP.sub(lambda slip: _SLIPS[slip[0]], text)
    text = _TEN_THOUSAND.sub("万", text)
    text = _NOT.sub("不", text) if "步" in text else text
    return _LICENCE.sub("证", text) if "正" in text else text


def is_cantonese(text: str) -> bool:
    """Tell whether a text as typed holds signs or words of Cantonese."""
    return _CANTONESE.search(text) is not None
