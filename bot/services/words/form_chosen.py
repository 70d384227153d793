"""Reads a statement that settles the form of a business, whoever wants it so: 会计让我办公司.

Where another question is open, it answers none and corrects what was said before.
"""

import re

from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import clauses

_FORM = (
    "(?P<form>有限责任公司|有限公司|股份公司|分公司|公司|个体工商户|个体户|个体|合伙企业|合伙"
    "|个人独资企业|个人独资|独资企业|独资|农民专业合作社|合作社)"
)
_ASIDE = (
    "(?:不对|不是|哦不?|噢不?|唉|算了|等等|错了|弄错了|说错了|那|要不|干脆|其实|我想了想|"
    "(?:哎呀?|唉|诶)?(?:刚才)?(?:我|俺)?(?:说得?不[准对]|[说记搞弄]错了))"
)
_WISHES = "(?:说了?|让|叫|要|非要|非让|劝|建议|要求|喊|坚持|觉得|意思是?|的意思是?)"
_WHO = f"(?:[^，,。？?吗呢不]{{0,6}}?{_WISHES})"
_HOW = "(?:还是|就|应该|得|要|想要?|非要|必须|只能|最好|干脆|改|直接|先|都)"
_DOES = "(?:办|注册|开|弄|搞|整|做|是|登记|走|选|按|当|改|换)"
_END = "(?:的|吧|好|行|中|就行|就好|就中|就成|得了|算了|省事|合适|划算|些|一点|来着|了)"
_SETTLED = re.compile(
    f"^(?P<aside>{_ASIDE}{{0,2}})(?P<who>{_WHO})?(?:我们?|俺们?|咱们?|他|她)?"
    f"(?P<how>{_HOW}{{0,3}})"
    f"(?P<does>{_DOES}?)[成个为家的]?(?:(?<=的)是)?{_FORM}(?P<end>{_END}{{0,3}})$"
)
_GIVEN_UP = re.compile(
    "(?:公司|个体户?|合伙|独资|合作社)[^，,。？?]{0,4}"
    "(?:不行|不中|不成|不好|不合适|不划算|不让|办不了|太麻烦|不办了|不要了|风险大)"
)
_REASON = re.compile(
    "(?:(?:图个?|为了|就图|这样|那样|还|也|更|最|能|好|比较|手续)*"
    "(?:省事|省心|省钱|简单|方便|便宜|划算|稳当|保险|合适|快|灵活|正规)(?:点|些|一点)?(?:[吧了嘛])?|"
    "(?:就)?(?:这样|这么定)(?:吧|了)?)"
)
"""The whole of a clause behind the form that only says why: 省事."""
_FEAR = re.compile("(?:[我俺咱]|实在|是)*(?:怕(?!不怕)|嫌(?!不嫌))[^？?吗]{1,7}(?<![不么])")
"""The same of what is feared of another form, behind one that was chosen: 公司吧 我怕担事."""
_INSTEAD = re.compile("还是|改|要|干脆|必须|只能|最好")
"""Says of a form that it is to be this one: 是公司的 and 公司吧 may answer another question."""

_PARTNERS = re.compile(
    "合伙|搭伙|合股|(?:[我俺咱]们?|朋友|兄弟|同学|战友|工友|同事)(?:几|仨|[三四五六七八]|[两二]个人|几个)个?"
    "|(?:跟|和|同)[^，,。媳老对爱妻丈]{0,4}(?:朋友|同学|战友|工友|同事|别人|外人)"
)
_FAMILY = re.compile(
    "媳妇|老婆|老公|对象|爱人|夫妻|[两俩]口子|爹|爸|妈|娘|父|母|儿|闺女|女儿|亲兄弟|一家"
)
_INDIVIDUAL = re.compile("个体")


def asks_if_partners_may(text: str) -> bool:
    """Tell whether partners ask if they may be one sole trader: 俺们仨合伙 办个体户行不."""
    is_partners = _PARTNERS.search(text) is not None and _FAMILY.search(text) is None
    asked = (part for part in clauses(text) if _INDIVIDUAL.search(part) is not None)
    return is_partners and any(map(asks, asked))


_WHOLE = {"个体": "个体户", "合伙": "合伙企业", "独资": "个人独资企业"}
_GAPS = re.compile(r"[\s，,。、！!]+")

LONGEST = 24
"""Signs of a text that does no more than settle the form."""


def form_settled(text: str) -> str | None:
    """Return the form of a business that a text settles, by its name; None for none."""
    parts = [part for part in _GAPS.split(text) if part]
    has_reason = len(parts) > 1 and _says_why(*parts[-2:])
    parts = parts[:-1] if has_reason else parts  # 不对 办个体户吧 省事
    if not parts or len(text) > LONGEST or not all(map(_says_no_more, parts[:-1])):
        return None
    said = "".join(parts) if len(parts) == 1 or _all_aside(parts[:-1]) else parts[-1]
    found = _SETTLED.match(said)
    if found is None:
        return None
    is_chosen = bool(found["who"]) or found["does"] not in ("", "是")
    is_chosen |= _INSTEAD.search(found["how"]) is not None or found["aside"] not in ("", "那")
    is_chosen |= said == parts[-1] and len(parts) > 1  # 公司不行 个体吧
    is_chosen |= has_reason and "吧" in found["end"]  # 个体户吧 图个简单
    return _WHOLE.get(found["form"], found["form"]) if is_chosen else None


def _says_why(said: str, reason: str) -> bool:
    """Tell whether a clause only gives the reason for the one before it."""
    is_fear = said.endswith("吧") and _FEAR.fullmatch(reason) is not None
    return is_fear or _REASON.fullmatch(reason) is not None


def _all_aside(parts: list[str]) -> bool:
    return all(re.fullmatch(_ASIDE, part) for part in parts)


def _says_no_more(part: str) -> bool:
    """Tell whether a clause before the form only takes back, or says which form will not do."""
    return (
        part == "不" or re.fullmatch(_ASIDE, part) is not None or _GIVEN_UP.search(part) is not None
    )
