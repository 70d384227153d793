"""What a sentence about a new business tells by the way: kitchen, staff, tobacco, area."""

import re
from collections.abc import Mapping, Sequence

from bot.services.reading.answers import is_denied_behind, spoken_area_m2
from bot.services.reading.land_area import rooms_in_land
from bot.services.words.given_up import gives_business_up

BusinessWords = Mapping[str, Mapping[str, Sequence[str]]]
"""Question to answer to the words that mean it; kept in `data/start_business/words.yml`."""

AREA = "area_m2"

_TAKES_OVER = re.compile(
    "接(着(?![咋怎如该要得办问说干做弄往])|手|过来|下来(?=了|自己|的店|[干开做](?![啥什哪]|[些点]啥)))|盘(下|过)|子承父业|[过转]到我|[改换转写]成?我的名|"
    "盘了[^。？?]{0,14}(?:原|前|上|老)(?:来的?|先的?)?(?:个|任)?(?:老板|店主|东家|那家|家)[^，,。]{0,3}(?:证|照)"
)
_ANOTHER = re.compile(
    r"(再|另外?|又|还|同时|顺便|对象|媳妇|老婆|老公|爱人|儿子|闺女|女儿|弟弟?|哥哥?|姐姐?|妹妹?|朋友|合伙人|俺妈|我妈|我爸|亲戚)"
    r"(他|她)?(也|还|都)?(想|要|准备|打算)?(在.{1,6}?)?(开|办|弄|搞|整|盘)(一?[个家间]|点)?"
)
_NEW = re.compile("(?<!重)新[开办]|开一?[个家间]")
_FRESH = re.compile(
    "(想|要|准备|打算|再|重新|另外?)[^，,。]{0,6}"
    "((开|办|弄|搞|整|盘|支)(一?[个家间]|起来|新)|(注册|成立)(一?[个家]))"
)
_SOMEBODY = (
    "[我俺他她咱你]?的?(弟|哥|姐|妹|儿|闺女|女儿|崽|娃|媳妇|老婆|对象|老公|爸|爹|妈|娘|叔|舅|姨|姑|嫂|婶|侄|亲戚|朋友|"
    "徒弟|合伙人|店员|别人|旁人|人家|下家|买家|新老板|他|她|我|俺|名下)"
)
_HANDS_ON = re.compile(
    r"(店|铺|摊|馆|吧|厂(?!房)|超市|诊所|药房|生意|买卖|门面|门头|执照|照|证)[^，,。？?股]{0,8}"
    rf"(转|传|让|过|盘|交|兑)(让|户|出去|接|手)?(给|到){_SOMEBODY}|"
    r"(店|铺子?|摊子?|馆子?|超市|生意|门面)[^，,。？?股]{0,4}(转出去|盘出去|兑出去|转让|过户)|"
    r"(?:干|开|做)(?:不动)?了?[，, ]*(?:就|想|要|准备|打算)*"
    rf"(?:转|让|盘|兑|传)(?:让)?给{_SOMEBODY}|"
    rf"(传|转|让|过|交)(给|到){_SOMEBODY}(名下)?[^，,。]{{0,3}}(干|做|开|搞|弄|经营|名下)"
)
_GIVES = re.compile(
    f"(店|铺子?|摊子?|馆子?|厂子|超市|诊所|生意)(现在|以后|往后|想|要|准备|打算|就)*"
    f"(给|让|留给){_SOMEBODY}来?(接手|干|做|开|管|弄|经营)"
)
_BEGUN = re.compile("(开|办|弄|盘|整|搞)(一?[个家间])")
_ENDS = re.compile(
    "(干|开|做|撑|弄|经营)不(下去|动)|不想(再)?(干|开|做|弄|撑)了?|不(干|开|做)[了哒啦]|想关[了掉店门张]|要关[了掉]|关[掉张]|关店|"
    "收摊|撤[了摊店]|(挣|赚)不(着|到|了)钱|退租|注销|歇业|停业|(先|暂时|临时)(停|歇)|散伙|倒闭|黄了|退股|退伙"
)
_PAUSES = re.compile(
    r"(店|铺|馆|厂|公司|生意|买卖|业|照|证|开|干)[^。？?]{0,10}(先|暂时|临时)?(停|歇)(一|上|个|几|半|着|业)|歇业|停业|"
    r"(光|只)停不(销|注销)|停而不销|(?<!大厅)(?<!窗口)暂停(营业|经营|生意)|(先|暂时)(关门|停业)(歇|停)|"
    r"(关|停|歇)(上|个)?大?(一|几|半|两|俩|三|仨)个?(阵|段|些|月|年|冬|季)(?!才|开门|.{0,4}[水电气])|"
    r"(先|暂时|临时)(停|歇)(上|个)(阵|段|些)|"
    r"(停|歇|关)(一|上)?(停|歇|阵子?|段时间)[^。？?]{0,8}(再(干|开|营业)|不(注|吊)?销)|"
    r"(最长|最多|顶多|能|让|可以)(能|让|可以)?(停|歇)(几|多|好|多少)(年|个月|久|长)"
)
_ORDERED = re.compile(
    "(叫|让|令|要求|勒令|逼着?|通知)(我|俺|咱|他|她|店里?|我家|俺家)?们?(先|马上|立刻|必须|赶紧)?"
    "(停业|歇业|停产|停工|关门|关停|关店)"
)
"""Somebody else wants it shut: no wish to pause."""
_OURS_SHUT = re.compile(
    "(?:你们|恁们?|您|大厅|窗口|(?:政务|办事|审批|(?:政务|便民|行政)服务)中心|^那?中心|局)"
    "[^，,。？?我俺咱帮给店铺馆厂办报备请说]{0,6}(?:暂停(?:营业|经营|生意)|停业|歇业)(?=了?[吗么嘛不没])"
)
"""It is asked whether an office is shut: 你们周六暂停营业吗."""
_STAFF = re.compile("^[他她]|员工|职工|工人|服务员|伙计|找活|上班|离职|辞职|保险|社保|产假")
_END_ASKED = re.compile(
    "(是不是|要不要|用不用|需不需要|得不得|必须|得先|要先)[^，,。]{0,10}(注销|销[了掉照户])|"
    "(注销|销[了掉照户])[^，,。]{0,4}(不|吗|嘛|么)[?？]?$"
)
_LEAVES_JOB = re.compile(
    "(打工|上班|干活|工地|厂里|单位|班|打了[^，,。]{0,6}工|厂子?)[^，,。]{0,6}(不想|不愿|不)(再)?(干|打|上|待)(了|下去)?|"
    "(辞|退)(了)?(职|工|岗|休)|下岗|退下来|失业"
)
_BEGINS_AFTER = re.compile(
    "(开|盘|支|弄|整|办|搞|租)(一?[个家间片]|点|下)[^，,。]{0,8}(店|铺|馆|摊|门面|门脸|门头|厂|卖|超市|诊所)"
)
_SUPPOSES = re.compile(
    "要是|如果|假如|假设|万一|若是|是不是|是否|会不会|(开|办|注册|成立|当|做)[^，,。]{0,5}(是不是|要不要|得不得|用不用|需不需要)"
)
_UNDECIDED = re.compile(
    r"(?P<one>[\u4e00-\u9fff])[不没](?P=one)[^，,。]{0,6}(没定|没想好|不一定|再说|再看|不知道|不好说|说不准|没准)"
)
_BUILT = re.compile("厂|车间|仓库|物流园|加工|生产|项目")
_LAND = re.compile(
    r"(?<![场店驻])(土)?地(块|皮)?(还|都|暂时|目前)?(没|未)(有|拿|买|批|摘|落实|着落|定|到手|下来)?"
    r"|(拿|买|批|摘|竞|要|征)(一|几|\d+)?(块|亩|片)(工业|建设)?(用)?地(?!方|址)|没(有)?(土)?地(皮)?(?!方|址)"
)
HIRES_STAFF = "hires_staff"
DENIED = frozenset({"central_ac", "has_kitchen", "has_pool", "sell_tobacco", "treats_animals"})
"""Questions for things that one has: 没有 in front of the word of a yes makes it a no."""

_KIN = "媳妇|对象|老婆|老公|爱人|家属|孩他爸|孩他妈|孩子他?[爸妈]"
_HIRES = re.compile(
    r"(?<![不没别])[雇招请找用](了|上|着|过)?(?=[\d一两二三四五六七八九十俩仨几个名位])"
    r"(\d{1,3}|[一两二三四五六七八九十俩仨几]{1,3})?(来|多)?(个|名|位|号)?(?:护士|大夫|医生|老师|教练|司机|保安|保洁|人|小妹|姑娘|服务员|营业员|工人|员工|伙计|"
    r"帮工|店员|师傅|阿姨|大姐|小工|学徒|小伙|帮手|厨师|(?<!用[一两二俩]个)(?:[，,。吧呢 ]|$))"
)
_HIRES_ONE = re.compile(
    "(?<![不没别])雇(?:了|上|着)?(?!不)[^，,。？?不没吗呢]{1,8}"
    "(?:嫂子?|大姐|大娘|大妈|婶子?|大爷|大叔|大哥|老乡|邻居|亲戚|小伙|姑娘|阿姨|师傅|妇女|本家)"
)
"""Somebody is hired who is told by what one calls him: 雇俺村一个嫂子打扫."""

_LEFT = re.compile("先?(?:别|不|甭)(?:管|说|提|问|考虑|讲)[^，,。 ]{1,6}")
"""Left for later, and told neither so nor otherwise: 先别管雇人."""

_NOT_SAID = re.compile(
    "(?:谁|哪|没有?|啥时候|几时)[^，,。 雇招请]{0,4}(?:说|要|讲)[过要了]{0,2}(?:雇|招|请)人"
    "|(?:啥|什么|哪来的)(?:雇|招|请)人(?=[，,。 ]|$)"
)
"""Somebody says that nobody is to be hired, though it was noted: 啥雇人 我没说雇人."""

_ALONE = re.compile(
    rf"就[我俺咱](自己|自个|一个|跟|和|[们俩])|[我俺咱]一个人|[跟和同][我俺咱]?({_KIN})|[两俩]口子|夫妻|"
    r"(?<!不是)(自己|自个儿?|(?<![两俩三仨四五六七八九十几约找派叫请来有换\d])个人)(一个)?(干|搞|弄|开|办|做|来|经营|单干|名义|就行|就中|的就?|吧|呗|$)"
)
_OTHER_ALONE = re.compile("(?:[他她]|等[^，,。]{0,4}(?:来|回))[^，,。]{0,4}自己")
"""Says that somebody else sees to it, or later: 等他回来自己弄."""

_COMPANY = re.compile(
    r"(?<![不没])(注册|成立|设立|开办?|办|弄|搞|整)(了|一|个|家|间)*[^，,。？?个还]{0,8}(?<!分)公司(?!类|制)|"
    r"公司(的)?(名义|身份)|[一1两2三3几]个股东|股东就|一人公司|个法人"
)
_OTHER_FORM = re.compile("个体|合伙|合作社|独资|分公司|还是|或者|不想|(?<!是)不是|不办")


_OPENS_SOON = re.compile(
    "(要|得|该|准备|打算|马上|快|就|等着|天|周|末|底|号|日|礼拜.)[^，,]{0,4}(开业|开门|开张|营业|剪彩)|(开业|开张)[^，,]{0,6}(证|照|手续)"
)
_LACKS = re.compile(
    "(证|照|手续)[^，,]{0,5}(没|不知道|不懂|不会)|(没|还没|没有)(去)?(办|弄|跑|领)?[^，,]{0,3}(证|照|手续)"
)
_HANDED_IN = re.compile(
    "交[了上过到的]|报上|递[了上交过]|提交|受理|申请[了过的]|送[了上件]|批(了|下|不|过)|审|没下来|催|编号|办件|[个几半]月了|天了|周了|年了|"
    "不给|不让|卡|推来|没人管|不管|不理"
)


def told_by(text: str, words: BusinessWords) -> dict[str, str | float]:
    """Return answers by question; the longest word wins, so 没厨房 is not taken for 厨房.

    Args:
        text: What was said.
        words: See `BusinessWords`.
    """
    found: dict[str, str | float] = {}
    text = _LEFT.sub("", _UNDECIDED.sub("", text))  # 卖不卖烟还没定 tells nothing
    if _NOT_SAID.search(text) is not None:
        found[HIRES_STAFF] = "no"
        text = _NOT_SAID.sub("", text)
    for question, answers in words.items():
        hits = [
            (len(word), _denied(question, word, answer, text))
            for answer, said in answers.items()
            for word in said
            if word in text
        ]
        if hits:
            found[question] = max(hits)[1]
    if HIRES_STAFF not in found and _HIRES_ONE.search(text) is not None:
        found[HIRES_STAFF] = "yes"
    if HIRES_STAFF not in found and _HIRES.search(re.sub("(?<=[雇招请]) ", "", text)):
        found[HIRES_STAFF] = "yes"
    if "股东" in text:
        found.pop(HIRES_STAFF, None)  # 就我一个股东 tells nothing of who works there
    area = spoken_area_m2(text) or rooms_in_land(text)
    if area is not None and area > 0:
        found[AREA] = area
    return found


def _denied(question: str, word: str, answer: str, text: str) -> str:
    """Return the answer that a word gives, a no where it is denied: 没有现场加工."""
    is_yes = answer == "yes" and question in DENIED
    return "no" if is_yes and is_denied_behind(text.partition(word)[0]) else answer


_NO_COMPANY = re.compile("(?:不是|没有?|不算|又不是|非)(?:个|啥|什么|办|开|注册)*公司")


def form_by_word(text: str) -> str | None:
    """Return the id of the form that a bare word means: 公司, or 个体 (俺这是个体的 不是公司)."""
    own = _NO_COMPANY.sub("", text)
    if "公司" in own:
        return "company"
    return "individual" if "个体" in own else None


_INDIVIDUAL_NOT_FIRM = re.compile(
    "个体(?:户|工商户)?的?[，, ]*(?:可|又|并|也)?(?:不是|不算|没开|没办)"
    "(?:个|啥|什么)?(?:有限)?公司|"
    "(?:不是|不算)(?:个|啥|什么)?(?:有限)?公司[，, ]*(?:我|俺|那)?[是就算]+(?:个)?个体"
)


def says_individual(text: str) -> bool:
    """Tell whether it is said that a shop is one person's and no firm: 我那是个体户不是公司."""
    return _INDIVIDUAL_NOT_FIRM.search(text) is not None


_DEBTS = re.compile(
    "(?:欠|赔|亏|债|赖)[^，,。？?]{0,10}(?:谁|自己|自家|家里|房子|个人|还不上|[还担赔垫扛兜]着?[吗不么])|"
    "(?:欠(?![我俺咱])|赔(?!偿)|亏)[^，,。？?]{0,12}(?:俺|我|咱|股东|社员|成员|合伙人|老板|两口子)[^，,。？?]{0,6}[担还赔垫掏填扛兜]|"
    "亏[^，,。？?]{0,3}(?:咋|怎么)(?:算|分|担)"
)


_NO_LIABILITY = re.compile("工资|工钱|税|货款|多少钱不还|老板不还")
"""Debts with an answer of their own, or that somebody has to us: 赔了我多少钱不还."""


def asks_who_pays(text: str) -> bool:
    """Tell whether it is asked who pays the debts of a business: 个体户欠了账拿谁的钱还."""
    return _DEBTS.search(text) is not None and _NO_LIABILITY.search(text) is None


def says_company(text: str) -> bool:
    """Tell whether a company is meant, and no other form: "想注册一家公司做软件", "一个股东"."""
    return _COMPANY.search(text) is not None and _OTHER_FORM.search(text) is None


def works_alone(text: str) -> bool:
    """Tell whether one person or one family does it: "个人搞就行", "就俺跟俺媳妇"."""
    is_alone = _ALONE.search(text) is not None and _OTHER_ALONE.search(text) is None
    return is_alone and not re.search("公司|股东|合伙|合作社|独资", text)


def tells_of_another(text: str) -> bool:
    """Tell whether a second business is spoken of beside the first: 我对象想开个理发店."""
    return _ANOTHER.search(text) is not None


def wants_one_more(text: str) -> bool:
    """Tell whether another business is wanted beside the one spoken of: "还想再开个洗车行"."""
    return (
        re.search(
            "(还|另外|再|同时|顺便)(想|要|准备|打算)?(再|另外)?(开|办|弄|搞|注册)(一?[个家间])",
            text,
        )
        is not None
    )


def takes_over(text: str) -> bool:
    """Tell whether a business that is there already changes hands: 我爸的店我想接着开."""
    is_new = _NEW.search(text) is not None or rents_to_go_on(text)
    return _TAKES_OVER.search(text) is not None and not is_new


def rents_to_go_on(text: str) -> bool:
    """Tell whether somebody rents rooms for what they do already: 租个门脸接着卖炸串."""
    return _RENTS_ON.search(text) is not None


_RENTS_ON = re.compile(
    "租(?!给|出)[^，,。]{0,5}(?:铺面?|门脸|[门店]面|门头房?|房子?|地方|摊位|档口|楼)[^，,。]{0,4}(?:接着|继续)"
)
_OWN_ROOMS = re.compile(
    "(?:自家|自己|俺家|我家|家里)的?[^，,。]{0,5}(?:楼|房|院|车库|[门店]面|门头|铺)|租(?:了|下|好|个|间)|"
    "[0-9一二两三四五六七八九十]+(?:来|多)?[间层](?!手续)"
)


def tells_of_rooms(text: str) -> bool:
    """Tell whether it is told in which rooms a business is to be: 拿自家三层小楼."""
    return _OWN_ROOMS.search(text) is not None


def hands_on(text: str) -> bool:
    """Tell whether a shop, or its licence, is given to somebody else: 店想转给我弟."""
    is_given = _GIVES.search(text) is not None and _BEGUN.search(text) is None
    return is_given or _HANDS_ON.search(text) is not None


def hands_on_rather(text: str) -> bool:
    """Tell whether a shop changes hands and its end is only asked about: 是不是得先注销."""
    return hands_on(text) and _END_ASKED.search(text) is not None


def starts_anew(text: str) -> bool:
    """Tell whether somebody leaves a job and begins: 打工不想干了，回来盘个门面卖盖浇饭."""
    found = _LEAVES_JOB.search(text)
    return found is not None and _BEGINS_AFTER.search(text, found.end()) is not None


_WHETHER = re.compile(
    "(?:那|这样?|还|是不是|要不要|用不用|得|要|必须|需要|非得|就)*去?"
    "(?:注销|注消|销户|变更|改|换|办)(?:掉|了|登记|手续)?[不吗么呢没]?[?？]?"
)


def asks_only_whether(text: str) -> bool:
    """Tell whether it is asked if something is to be done at all, and no more: 要注销不."""
    return _WHETHER.fullmatch(text) is not None


def ends_or_hands_on(text: str) -> bool:
    """Tell whether a business ends, pauses or changes hands, and no new one is to begin."""
    own = _ORDERED.sub("", text)
    is_over = _ENDS.search(own) is not None or gives_business_up(own)
    is_over = is_over or hands_on(text) or takes_over(text)
    return is_over and _FRESH.search(text) is None and not starts_anew(text)


def is_given_up(text: str) -> bool:
    """Tell whether a business is given up, whatever it is called: 撑不住了, 照咋销."""
    is_said = gives_business_up(_ORDERED.sub("", text))
    return is_said and _FRESH.search(text) is None and not starts_anew(text)


_LETS = re.compile(
    "(?:租|赁)给(?!我|俺|咱|你|您)[^，,。 ]{0,6}?(?:办|开|做|搞|弄|当|干)|"
    "(?:房子?|楼|门面|门头房?|厂房|院子?|铺面)[^，,。]{0,6}(?:出租|租出去|往外租)|"
    "(?:我|俺)就?是(?:个)?房东"
)
_OWN_SHOP = re.compile("(?:我|俺)(?:自己|自个|也|还)(?:想|要|打算)?(?:再)?(?:开|办|弄|搞)")


def lets_out(text: str) -> bool:
    """Tell whether somebody only lets a house in which others open: 想租给人家办幼儿园."""
    return _LETS.search(text) is not None and _OWN_SHOP.search(text) is None


def wants_land(text: str) -> bool:
    """Tell whether a works or store is to be built on land that is still to be had."""
    return _BUILT.search(text) is not None and _LAND.search(text) is not None


_ENLARGES = re.compile(
    "扩建|加建|加盖(?![公印]?章|[^，,。]{0,2}印)|增建|接建|(?:[平米盖建搭搞㎡])[^，,。]{0,4}钢结构(?!公司|厂|加工|工程|制作)"
)
_BUILDS_MORE = re.compile(
    "[加盖建起](?:一|个|间|座|栋|两|俩)*[^，,。租]{0,4}(?:车间|厂房|库房|仓库)"
)
_OWN_LAND = re.compile(
    "(?:自己|自家|俺家|村里|厂里|公司)[^，,。]{0,4}的?(?:地|院|空地)|地是[^，,。]{0,3}(?:自己|我们|俺|公司)|"
    "原来(?:一个)?的?院|一个院|厂区|老厂|执照早有|有执照|不是新开"
)


def enlarges(text: str) -> bool:
    """Tell whether a works that stands is enlarged, or one is built on land of one's own."""
    if re.search("以后|将来|往后", text):
        return False
    if _ENLARGES.search(text) is not None:
        return True
    return _BUILDS_MORE.search(text) is not None and _OWN_LAND.search(text) is not None


_BUYS_BUILDING = re.compile(
    "(?:买|盘|收购|拍|接手|顶|卖)(?!地)[^，,。 ]{0,8}"
    "(?:厂房|车间|仓库|库房|门面|门头|商铺|铺面|楼|房子|房产|写字间|院子|厂子)"
)
_WORKS = re.compile("[建盖扩]|改造|装修|改成|翻修|[买拿]地|生产线|施工|加层")
"""Words of what is built or altered."""

_TAKES_ROOMS = re.compile(
    "(?:租|盘|买|兑|顶|承包|收购|接手|接|拿)(?:了|下来?|到|个|一|着|过来|人家的?|别人的?)*"
    "[^，,。租盘买]{0,10}"
    "(?:楼|房|院子?|校舍|门面|门头|铺|店面|厂子?|场地|仓库|层|大厅|底商|粮站)"
    "[^。]{0,10}?(?:做|开|办|弄|搞|改[成做作]|当|干)(?![证照手啥什])"
)
_CONSTRUCTS = re.compile(
    "盖|新建|扩建|加建|翻建|重建|改造|改建|装修|土地|[买拿租批]一?块?地|亩|工地|建设|"
    "立项|投资|生产线|技改|备案"
)


def takes_rooms(text: str, trades: Sequence[str]) -> bool:
    """Tell whether rooms that stand are taken for a trade, and nothing is built: 盘栋楼做宾馆.

    The trade stands behind them: 盘了个早餐铺子 接着干 goes on with what is there.
    """
    found = _TAKES_ROOMS.search(text)
    is_behind = found is not None and any(text.find(word) >= found.end() for word in trades)
    return is_behind and _CONSTRUCTS.search(text) is None


def is_built(text: str) -> bool:
    """Tell whether something is said to stand already: 项目建完了, 车间竣工了."""
    return re.search("[建盖]([完好成]|起来)|竣工|完工|投产", text) is not None


def builds(text: str) -> bool:
    """Tell whether something is built or enlarged, or land is to be had for it."""
    return re.search("[建盖扩]|厂房|车间|项目|[拿买]地|工程", text) is not None


def buys_building(text: str) -> bool:
    """Tell whether a building that stands is bought, and nothing built: 买了人家一个旧厂房."""
    return _BUYS_BUILDING.search(text) is not None and _WORKS.search(text) is None


def asks_for_whole(text: str) -> bool:
    """Tell whether all that a building wants is asked for: 手续咋走, 从头到尾要办啥."""
    return re.search("手续|程序|流程|步骤|从头|从哪|全程|一套|一共|总共", text) is not None


def has_built(text: str) -> bool:
    """Tell whether a building is said to stand: 盖好了, 建完了."""
    return re.search("[建盖](好|完|成|起来)了", text) is not None


def supposes(text: str) -> bool:
    """Tell whether a form of business is only supposed in a question: 要是办个体户，是不是…."""
    return _SUPPOSES.search(text) is not None


def pauses(text: str) -> bool:
    """Tell whether a business is to pause and not to end: 先停一阵子, 最长能停几年."""
    own = _OURS_SHUT.sub("", _ORDERED.sub("", text))
    ends = re.sub("(不|没|别)[^，,。]{0,6}注销", "", own)
    return _PAUSES.search(own) is not None and "注销" not in ends


def ends_as_usual(text: str) -> bool:
    """Tell whether the end that is not the simple one is meant: 那正常销户步骤是啥."""
    words = "(?:正常|普通|(?<!不)一般|常规)(?:的|走|去|来)?(?:注销|销户|清算)|不走简易|走不了简易"
    return re.search(words, text) is not None and "个体" not in text


def is_of_staff(text: str) -> bool:
    """Tell whether a pause is somebody's who is employed, and not the firm's: 她说歇俩月再找活."""
    return _STAFF.search(text) is not None


def opens_soon(text: str) -> bool:
    """Tell whether a shop is about to open, and nothing of it was handed in yet."""
    is_about_to = _OPENS_SOON.search(text) is not None and _LACKS.search(text) is not None
    return is_about_to and _HANDED_IN.search(text) is None


def begins_new(text: str) -> bool:
    """Tell whether a sentence that also speaks of a change wants a new business: 想开个…."""
    if takes_over(text):
        return False
    return any(pattern.search(text) for pattern in (_FRESH, _NEW)) or text.startswith("开")


def wishes_to_open(text: str) -> bool:
    """Tell whether a text ends with the wish to open what it names: 民宿，打算年后开."""
    return (
        re.search(
            "(打算|想|准备|计划)[^，,。]{0,5}(开|干|弄|搞)(业|张|店)?[。！!]?$|"
            "(开|整|弄|搞|办|干)个?[^，,。]{2,8}(就是|，|,| |，是|得|需要|要|都)",
            text,
        )
        is not None
    )


def changes_form(text: str) -> bool:
    """Tell whether a business becomes another form, or two forms are weighed: 个体户转公司."""
    words = "转|升级|升成|变成|改成|换成|区别|不同|不一样|哪个好|还是|变更"
    return re.search(words, text) is not None


_HIRED_FOR = re.compile(
    "(?:招|雇|聘|请(?![问教]))(?:了|到|来)?(?:个|俩|仨|几个?|点|一|两|三|四|五|六|\\d+)*[^，,。？?]{0,4}"
    "(?:(?<!法)人(?![防社行大])|员(?!会)|工(?![商程地厂业作])|师傅|厨|保洁|阿姨|会计|学徒|店长|保安|司机)"
)
_ONLY_HIRES = re.compile(
    "(?:我|俺|咱|店里|厂里|们)*(?:现在)?(?:想|要|打算|准备|得)(?:再)?(?:招|雇|请|用)"
    "(?:个|几个|俩|仨|两个|点|些)?(?:人|工人?|员工|服务员|帮工|伙计|小工|店员)(?:了|干活|帮忙)?"
)
_WANTS_FOR_IT = re.compile(
    "(?:要|得|需要|该|用)?(?:办|签|交|走|弄)(?:点|些)?(?:啥|什么|哪些|嘛)|(?:啥|什么|哪些)手续|手续(?:咋|怎么)"
)


def asks_what_hiring_wants(text: str) -> bool:
    """Tell whether it is asked what is to be done for those who are hired: 招俩服务员 要办啥.

    Who only says that somebody is to be hired asks the same.
    """
    if _ONLY_HIRES.fullmatch(text.strip("。.!！ ")) is not None:
        return True
    found = _HIRED_FOR.search(text)
    return found is not None and _WANTS_FOR_IT.search(text, found.end()) is not None
