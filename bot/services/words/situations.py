"""Reads what happens to a business where it is told and not named: it is gone, an heir goes on."""

import re

from bot.services.words.remarks import clauses

_FIRM = "(?:公司|企业|厂子?|店铺?|铺子?|馆子?|超市|门市|小卖部|合作社|个体户?|执照|照|户头?)"
_WANTED = (
    "(?:想|要|得|准备|打算|给|把|它|他|咱|我|俺|那个|这个|直接|干脆|也|都|早点|赶紧|抓紧|去|就)"
)
_WIPED = re.compile(
    f"{_FIRM}{_WANTED}*(?:[消销注抹清](?:掉|了)|注了|弄没|了结)(?![假账帐单毒号案档货债税算])"
)
"""A business, or its licence, is to be wiped out: 有个公司想给它消了."""

_WIPED_BEFORE = re.compile(
    f"(?:把|给)[^，,。不没别]{{0,8}}?{_FIRM}(?:给)?(?:[消销注抹](?:掉|了)|弄没|了结)"
    "(?![假账帐单毒号案档货债税算])"
)
_DENIED = re.compile("不想|不要|不用|不打算|没想|没打算|别|不准备|不愿")
_DONE = re.compile(
    "(?:消|销|注|抹)[掉了]{1,2}(?:以后|之后|后|[好几两三四五六七八九十\\d]+年|的)|已经|早就?|被|让人"
)


def ends_told(text: str) -> bool:
    """Tell whether a text says in other words that a business is to end: 想把那个店抹了."""
    parts = (part for part in clauses(text) if _WIPED.search(part) or _WIPED_BEFORE.search(part))
    return any(_DENIED.search(one) is None and _DONE.search(one) is None for one in parts)


_ENDED = re.compile("注销|销户|消户|[消销](?:掉|了)|盘出去|转出去|兑出去|转让")
_NOT_WANTED = re.compile(
    "不用|不必|没|别|不想|不要|不打算|过|已经|早就|完了|好了|[吗嘛么不?？]$|是不是|要是|如果"
)


def wants_it_ended(part: str) -> bool:
    """Tell whether a clause wants a business ended or given away: 城里那家店准备注销."""
    return _ENDED.search(part) is not None and _NOT_WANTED.search(part) is None


_OWES = re.compile(
    "(?<![不没])(?<!没有)欠(?:着|了|人|点|俩|有|下|外债)|"
    "没(?:有)?(?:还|结|缴|交|付)[清完](?!过)|(?:账|帐|债)还没|还有(?:外债|欠款|欠账|欠帐|债)"
)
_CLEAR = re.compile(
    "(?:债|账|帐|钱)[^，,。不没欠]{0,6}(?:两清|结清|清了|还清|还完|清完|清清)|"
    "(?:没有?|不|无|也没)(?:啥|什么|有|再|任何)?(?:外债|债务|欠款|欠账|欠帐)|"
    "不欠(?:谁|人|别人|外头|外面|任何|一分|账|帐|债|钱)|谁的?(?:钱|账|帐)?(?:都|也)不欠"
)
_ASKS = re.compile("[吗嘛么?？]|咋|怎么|要不要|用不用|得不得|是不是|啥(?!外?债|欠)|要是|如果")


def settles_debts(text: str) -> bool | None:
    """Tell whether debts are told to be paid, or not to be; None where nothing is told of them.

    "税都清了" alone says nothing of what else may be owed.
    """
    told = " ".join(part for part in clauses(text) if _ASKS.search(part) is None)
    if _OWES.search(told) is not None:
        return False
    return True if _CLEAR.search(told) is not None else None


_KIN = (
    "(?:爹|爸|娘|妈|父亲|母亲|老爷子|老太太|爷爷?|奶奶?|姥爷|公公|婆婆|岳父|丈人|老伴|老头子?|"
    "对象|丈夫|媳妇|老公|老婆|男人|当家的|老板|经营者|老人|大哥|哥|姐|叔)"
)
_DEAD = re.compile(
    f"{_KIN}[^，,。不没]{{0,8}}?"
    "(?:没了|去世|过世|病故|病逝|走了(?!一)|不在了|老了(?=[，, ]|$)|殁了)"
)
_HIS = re.compile(
    f"(?:留下|名下|他|她|老人|原来|写的|那个)[^，,。]{{0,6}}(?:{_FIRM}|摊|生意|买卖)|"
    f"{_FIRM}|摊子?|生意|买卖"
)
_GOES_ON = re.compile(
    "接(?!孩)|继续|往下干|还是[他她俺]|写的|的名|改成|过户|换人|换成|归我|归俺|守着|看着|顶上|撑着|我来干|俺来干|还能开"
)
_NOT_HEIR = re.compile(
    "股权|股份|股东|遗产税|抚恤|丧葬|养老金|公积金|社保|房产|房子|宅基|不干|注销|关了|销了"
)


def heir_goes_on(text: str) -> bool:
    """Tell whether the shop of who died goes on: 俺爹没了，他那小卖部俺得接着看，照上还是他."""
    is_his = _DEAD.search(text) is not None and _HIS.search(text) is not None
    return is_his and _GOES_ON.search(text) is not None and _NOT_HEIR.search(text) is None


_UNSAID = (
    "(?:有)?(?:一?样|一?项|一?处|个?地方|点?东西|点?信息|些信息|点?内容|登记的?(?:东西|事项|信息|内容)|"
    "上[面头]?的?(?:登记的?)?(?:东西|信息|内容|事项)|一?个?事项)"
)
_CHANGES = re.compile(
    f"(?:执照|营业执照|照|登记)[^，,。]{{0,6}}?(?:上[面头]?)?[^，,。]{{0,6}}?{_UNSAID}"
    "[^，,。]{0,4}?(?:变更|变|改|换)|"
    "(?:变更|改|变|换)(?:一?下|个|点|些|改)?(?:执照|营业执照|照|公司)?(?:上[面头]?)?的?"
    "(?:登记)?(?:信息|事项|内容|东西)(?:$|[，,。 咋怎要需])|"
    "(?:营业)?执照(?:想|要|得)?(?:改改|变更一?下|变更变更|改一?下)(?:$|[，,。 咋怎])"
)
_SAID = re.compile(
    "名|地址|住所|法人|法定代表|股东|股权|范围|资本|经营者|老板|搬|电话|年报|身份证|许可证|食品|照片|编号|税|银行"
)


def changes_unsaid(text: str) -> bool:
    """Tell whether something of a licence changes and it is not said what: 执照上有一样得变更."""
    return _CHANGES.search(text) is not None and _SAID.search(text) is None
