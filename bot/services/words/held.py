"""Reads what happens to a licence that a business holds: it is lost, or what stands on it changes.

Renewals are read in `follow_up_words`; what makes a first licence necessary is none of these.
"""

import re
from enum import Enum


class Held(Enum):
    """What happens to a licence that one has."""

    LOST = "lost"
    CHANGED = "changed"


_TORN = "(?:^|[照证章]|本(?![来地人]))(?:(?![墙房楼梁柱锅炉])[^，,。 ]){0,4}裂[了开]"
"""A paper is torn; 墙裂了 施工许可证要改吗 is none."""
_LOST = re.compile(
    "丢(?:了|失|在|哪)|弄丢|遗失|找不[着到见]|不见了|没影了|烧[了没毁坏]|撕[了烂坏破]|泡[了烂坏水]|"
    f"被偷|让人(?:偷|拿)|(?:磨|弄|淋|折)(?:烂|坏|破|没)|{_TORN}|"
    "看不(?:清|见)字?|字都?(?:看不清|没了|糊了)|褪色|发霉|补(?:领|发|证)|"
    "补一?[张本](?:[^，,。片表]{0,6}?(?:证(?!明)|照(?!片)|许可)|"
    "(?=新?的?[要得能咋多行中可吗嘛么不没吧呢啊，,。 ?？]|$))"
)
_GONE = re.compile("^(?!.*(?:别的|其[他它])[^，,。]{0,6}没了).*[也都就]没了")
"""Tells of a loss where a paper is named: 执照和公章都没了."""
_PERSON = "法人|法定代表人|负责人|老板|经营者|业主|药师|大夫|医师|医生|兽医|股东|校长|园长"
_WRITTEN = (
    f"{_PERSON}|店名|名字|名称|字号|招牌名|地址|地方|场地|位置|面积|房子|厂房|门面|门脸|店面|铺面"
)
_SWAPS = "(?:(?<![没不])(?<!没有)|(?<=要不))换"
"""No 没换过地址, and 要不换地方 all the same."""
_CHANGED = re.compile(
    f"(?:{_WRITTEN})[^，,。]{{0,3}}(?:{_SWAPS}|变|改|走)(?:[了成人过动]|掉)?|"
    f"{_SWAPS}(?:了|过)?(?:一?个|新)?(?:{_WRITTEN}|人(?![去来办])|地[儿址]|名)|"
    "搬(?:了|家|到|走|去|过|个)|挪(?:了|到|个|去)|变更|改(?:个|了|成)?(?:名|地址|法人)|"
    "扩(?:大|建|了)|打通|(?:加|多)(?:了|个|一层|几间|间|层)(?:地方|房|门面)"
)
_ANY = re.compile("变|换|改|丢|遗失|补|搬|迁|扩")
_ASKS = re.compile(
    "改|换|变|重[新办]|作废|[有无失]效|还(?:能|管)用|用动|用不用|要不要|得不得|咋[办弄整]|怎么[办弄]|行不|可以"
)
_PAPER = re.compile("证|许可|备案|手续|批文|批件|执照|公章|印章|财务章|发票章|合同章")
_BARE = 12
"""Signs of a text that tells what happened to what was spoken of, and names nothing."""


def names_paper(text: str) -> bool:
    """Tell whether a text names a licence or another paper of a business: 排污证, 许可, 公章."""
    return _PAPER.search(text) is not None


def happens_to(text: str) -> Held | None:
    """Return what is told to happen to a licence: 锅炉证找不着了, 换药师要不要改许可证; or None."""
    if not names_paper(text):
        return None
    if _LOST.search(text) is not None or _GONE.search(text) is not None:
        return Held.LOST
    return Held.CHANGED if _CHANGED.search(text) is not None else None


def happens_to_it(text: str) -> Held | None:
    """Return what a few words tell of the licence spoken of last: 换地方了呢, 丢了咋补; or None."""
    if len(text) > _BARE:
        return None
    is_gone = _GONE.search(text) is not None and names_paper(text)
    if is_gone or _LOST.search(text) is not None:
        return Held.LOST
    return Held.CHANGED if _CHANGED.search(text) is not None else None


_THIS = re.compile("[这那][个张本]?(?:许可)?证(?![明件据])")


def names_this(text: str) -> bool:
    """Tell whether a text points at a licence: 这证能用几年; 这个证件, 那证据 are none."""
    return _THIS.search(text) is not None


_CONTRACT = re.compile("合同|房租|租[约期金]|贷款|续[签贷租保]")


def is_of_contract(text: str) -> bool:
    """Tell whether what ends is a contract, a rent or a loan, and no licence: 合同咋续签."""
    return _CONTRACT.search(text) is not None and not names_paper(text)


_APART = re.compile(
    "[和跟与同、，,。 ]|都|也|还有|连|一块|一起|同时|全|快?到期|丢|找不|没了|烧|泡|咋|怎么|要|补|续"
)
"""Stands between the names of papers, and around them: 执照和公章都丢了 咋补."""


def papers_named(text: str) -> list[str]:
    """Return what may be the names of the papers that a text tells of."""
    return [part for part in _APART.split(text) if len(part) > 1]


def speaks_of(question: str) -> bool:
    """Tell whether a question of the catalogue is about such a thing: 换地方、换股东要重办吗."""
    return _ANY.search(question) is not None


_MOVED = re.compile("搬|迁|挪|换地|(?:地址|地方|位置|场地|场所)[^，,。]{0,3}[变改换动]")


def is_of_move(question: str, text: str) -> bool:
    """Tell whether a question is about a move that a text does not tell of: 食品证换法人了咋改."""
    return _MOVED.search(question) is not None and _MOVED.search(text) is None


def asks_of_change(part: str) -> bool:
    """Tell whether a clause asks what a change does to a licence: 许可证要改吗, 还能用不, 咋办."""
    return _CHANGED.search(part) is not None or _ASKS.search(part) is not None


_BESIDE = re.compile(
    "呢[?？]?$|[也还都](?:得|要|用|需要?|能|可以|跟着)|跟着|一块儿?|一起|同时|要不要|用不用|得不得|"
    "咋[办弄整]|怎么[办弄]"
)


def asks_beside(text: str) -> bool:
    """Tell whether it is asked if a thing changes with what was told: 食品证也得换吗, 卫生证呢."""
    return _BESIDE.search(text) is not None


_LATE = re.compile(
    "(?:拖|耽误|耽搁|忘)[^，,。？?]{0,3}(?:过期|过了期|过了点|超期|续|延)|没续|过了?期|超期|逾期"
)
_THEN = re.compile("咋[整办弄着样]|怎么办|怎么样|会咋|要紧|还能|完了")
_OF_LAPSE = re.compile("过期|逾期|没续|最后几天|届满|超期|到期后|过了期|忘报|没报|忘了[报续]")


def asks_after_lapse(text: str) -> bool:
    """Tell whether it is asked what follows where something was let lapse: 拖过期了咋整."""
    return tells_of_lapse(text) and _THEN.search(text) is not None


def tells_of_lapse(text: str) -> bool:
    """Tell whether a licence was let lapse: 过期仨月了, 忘了续."""
    return _LATE.search(text) is not None


def is_of_lapse(question: str) -> bool:
    """Tell whether a question of the catalogue is about being late: 最后几天才申请延续."""
    return _OF_LAPSE.search(question) is not None
