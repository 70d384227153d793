"""Recognises who is to take over a shop that runs, and who must have a licence to go on selling."""

import re

from bot.services.words.matter_remarks import asks

LONGEST = 60
"""Signs of such a story."""

_WHETHER = re.compile("接不接|盘不盘|要不要(?:接|盘|顶)|想不想(?:接|盘|顶)|干不干")
_ASKED_TO = re.compile(
    "(?:让|叫|喊|劝|问|求|说|想让|打算让)(?:给)?(?:我|俺|咱)(?:们)?(?:们俩|两口子|家|来|去|就|"
    "也|想不想|要不要|愿不愿意?)*(?:把[^，,。？? ]{1,8}?)?"
    "(?:接(?:手|着[干开弄做]|过来|下来|班|不接|盘|了)|接(?=[，,。 ]|$)|盘(?:下|过|不盘|了)|"
    "顶(?:下|上|过来)|干不干)"
)
_LEAVES = re.compile(
    "(?:店|铺|馆|厂|摊|超市|门市|池子|塘子|堂子|老板|店主|东家|掌柜|人家|房东|师傅|亲戚|"
    "[爹妈爸娘叔舅姑姨哥姐弟妹嫂婆公爷奶])"
    "(?:子|家|们|俩)?[^，,。？?]{0,16}?"
    "(?:要走|要关|要撤|要转|要搬|关了|关门|不干|不开|不做|不想[干开做]|干不动|做不动|干不了|"
    "老了|岁数大|年纪大|退休|要去|回老家|带孙|带孩|"
    "往外转|出手|转让|干够了|不行了)"
)
_OF_LICENCE = re.compile("照|证|名字|的名|名下|过户|股|法人|公司|法定|弟兄|合伙")
"""Speaks of the licence, or of shares: that is asked about, and not which way to go."""

_DECLINES = re.compile(
    "不想接|不接手|不愿接|接不了|没接|不想要|我也不想|也不要|不敢接|接手?了?(?:半|几|一|两|"
    "三)?[年月天]"
)

_WANTS_PAPER = re.compile(
    "(?:平台|抖音|淘宝|拼多多|快手|美团|饿了么|京东|小红书|微信|微店|视频号|闲鱼|房东|市场|商场|"
    "超市|夜市|园区|物业|学校|单位|客户|厂家|"
    "银行|收银|摊位|管理员|管委会|人家|上家)[^，,。？?]{0,8}?"
    "(?:让|叫|要|催|逼|非得|非让|通知|说得?)(?:我|俺|咱|卖家|商家|店家|们|必须|都|得|赶紧|尽快|"
    "先|去)*"
    "(?:上传|提供|交|传|办|补|出示|出|弄|有|拿|要|认证)(?:个|一个|一下|一张|我的|"
    "俺的)?[^，,。？? ]{0,4}?(?:营业执照|执照|工商执照|照(?![片相着顾]))"
)
_OR_ELSE = re.compile(
    "(?:平台|抖音|淘宝|拼多多|快手|美团|京东|小红书|房东|市场|商场|管委会)[^，,。？?]{0,8}?"
    "(?:不|没)(?:上传|提供|传|交|有|办)[^，,。？? ]{0,3}?(?:执照|照(?![片相着顾]))(?:的)?"
    "(?:就|都|一律|得|要|会)*(?:限|下架|封|关|停|不让|不给|清退)"
)
_HAS_ONE = re.compile(
    "(?:有|办了|办过|办好|拿了?)(?:了|着)?(?:个|营业)*执照|执照(?:早|都|已经)?(?:有|办好|办了|"
    "下来)|年报|注销|变更|"
    "过期|到期|吊销|丢|异常|改"
)


def is_to_take_over(text: str) -> bool:
    """Tell whether somebody is to go on with the shop of another: 老店要关了 我表姐让我接手.

    Whose licence it is, and shares, are other questions; who declines ends nothing here.
    """
    plain = _WHETHER.sub("接手", text)
    is_offered = _ASKED_TO.search(text) is not None
    is_offered &= _LEAVES.search(text) is not None or _WHETHER.search(text) is not None
    is_other = _OF_LICENCE.search(text) is not None or _DECLINES.search(text) is not None
    return is_offered and not is_other and len(text) <= LONGEST and not asks(plain)


_ANEW = re.compile(
    "(?:哦|噢|嗯|行|好|那|算了|还是|就|我|俺|[，, ])*(?:(?:从头|重新|另)(?:新)?[办弄开]|"
    "新[办开弄](?:一?个|一套)?)"
    "(?:个?新的|新店|一个|一套)?(?:吧|呗|得了|算了|好了)(?:[，, ][^，,。？?]{0,12})?"
)


def keeps_new_start(text: str) -> bool:
    """Tell whether somebody stays with a new start: 那算了还是新办吧 改名那个麻烦."""
    return _ANEW.fullmatch(text) is not None and not asks(text)


def is_sent_for_licence(text: str) -> bool:
    """Tell whether somebody who sells must show a licence and has none: 平台让我上传执照了."""
    if _HAS_ONE.search(text) is not None or asks(text):
        return False
    return any(one.search(text) is not None for one in (_WANTS_PAPER, _OR_ELSE))
