"""Reads a few words that go on with the answer just given: a limit, its terms, a name, a place."""

import re

from bot.services.words.remarks import clauses

LONGEST = 24
"""Signs of a text that goes on with what was just said."""

_COMPARED = re.compile(
    "(?:没有?|(?<![找看见够买用做办等拿租收领])不|达不|够不|远没)(?:到|够|超|达到|上)"
    "(?!期|时候|点|家|场|货|位|手|账)|超过?了|够了(?!吧)|到了这|"
    "没那么(?:大|多|高|长)|比(?:这|那)个?(?:线|数|面积)?(?:小|少|低|大|多|高)|"
    "(?<![找看见够买用做办等拿租收领])不到(?:这|那)个?(?:数|线|面积)?"
)
_NEED = re.compile(
    "(?:(?:不用|用不着|不需要|不必|甭|还用|用不用|要不要|还要|还得|就得|免)(?:再|去|是)*"
    "(?:办|弄|管|做|报|批|搞|整|申请|备案|审|查|编|交)?|得(?:办|弄|报|批|搞|整|申请|备案|编))"
    "(?:这个?|那个?|它|这证|证)?(?:了|啦)?"
    "(?:吗|不|吧|呗|啊|么|对吧|是吧|是不)?[?？]?$"
)


def weighs_limit(text: str) -> bool:
    """Tell whether a few words hold oneself against the limit just told, and ask what follows.

    "那我们没到 是不是不用弄了"; 还没到期 is about no size.
    """
    parts = clauses(text) or [text]
    is_compared = any(map(_COMPARED.search, parts)) and "期" not in text
    return len(text) <= LONGEST and is_compared and _NEED.search(parts[-1]) is not None


_TERMS = re.compile(
    "(?:那|它|这个?|都|得|需要|要|具体|申请|享受|[啊呀])*(?:"
    "(?:条件|要求|门槛|资格|限制)(?:都?[是有]|都)*(?:啥|什么|哪些|咋样|怎么样|多少)(?:样|的)?|"
    "(?:有)?(?:啥|什么|哪些)(?:样的)?(?:条件|要求|门槛|限制|资格))[呢啊呀?？]*"
)
_LIMITED = re.compile(
    "^(?:那|它|这个?|对|我们?|公司|企业)*(?:人数|人员|员工|资产|收入|营收|销售额|营业额|利润|所得额?|年限|年龄|学历|户口|"
    "行业|注册|规模|社保|额度|金额|[和跟与及、])+(?:上|方面|这块)?(?:都|也)?(?:有|有没有|没|要不要|是不是有)*"
    "(?:啥|什么)?(?:限制|要求|条件|门槛|规定|标准|上限|下限)(?:吗|吧|不|么|没|没有|的吧|是吧)?[?？]?$"
)


def asks_terms(text: str) -> bool:
    """Tell whether a clause asks for the terms of what was just told: 条件是啥 人数有限制吧."""
    parts = clauses(text) or [text]
    is_asked = any(_TERMS.fullmatch(part) or _LIMITED.search(part) for part in parts)
    return len(text) <= LONGEST and is_asked


_SERVANT = re.compile(
    "公务员|公职人员|(?:事业|行政)编|在编|有编制|体制内|吃(?:皇|公家)粮|公家(?:的)?人|参公|机关(?:里)?(?:上班|干部|工作)|"
    "(?:在|是)[^，,。]{0,6}(?:局|政府|机关|检察院|法院|税务|公安|乡镇)里?(?:面|头)?(?:上班|工作|当差|干部)"
)
_NAME = re.compile(
    "(?:用|拿|以|写|挂|填|落|登记?|使|借|让|叫)(?:在|成)?(?:他|她|俺|我|咱|对象|媳妇|老公|爱人|孩子|儿子|闺女|女儿|"
    "爸|妈|家里?|人家|们)*(?:的)?(?:名(?!称)|名下|名义|当(?:法人|老板|股东|经营者))|名下|名义|"
    "[他她]的?名(?:字)?(?:办|开|注册|登记)"
)


def lends_servants_name(text: str) -> bool:
    """Tell whether a business is to bear the name of who serves the state.

    "我儿子在县局里是公务员，用他的名字办呢".
    """
    is_servant = _SERVANT.search(text) is not None
    return is_servant and _NAME.search(text) is not None and len(text) <= 2 * LONGEST


_NO_SHOP = re.compile(
    "(?:没|没有|不租|不开|不弄|无)(?:个|实体|固定|线下|自己的|专门的?)*"
    "(?:门店|店面|门面|门脸|铺面|铺子|店铺|店|场地|办公室|办公地方?|地方|门头房?|房子)|"
    "(?:门店|店面|门面|门脸|铺面|实体店|场地|办公室)(?:也|都|还)?(?:没有|没租|没|不租)"
)
_ADDRESS = re.compile(
    "(?:地址|住所|经营场所|场所|地方)(?:那栏|栏|上|那|该|得|要|应该|咋|怎么)*(?:咋|怎么)?(?:写|填|登记|报|弄|办|用|算)"
    "(?:成)?(?:啥|什么|哪|谁|呢|[?？]|$)|(?:写|填|登记|报)(?:啥|什么|哪(?:里|儿)?|谁)的?(?:地址|住所|场所)"
)
ONLINE = re.compile("网上|网店|抖音|快手|直播|淘宝|拼多多|电商|线上|小红书|微店|带货|闲鱼")
"""Tells of a business on a platform."""


def asks_address_without_shop(text: str) -> bool:
    """Tell whether it is asked which address is put down without a shop: 没有门店 地址写啥."""
    is_asked = _NO_SHOP.search(text) is not None and _ADDRESS.search(text) is not None
    return is_asked and len(text) <= LONGEST


_OWED = re.compile(
    "(?:[货运工料菜饭租房]款|货钱|[运料饭租酬]费|货款|工程款|料钱|菜钱|饭钱|油钱|活钱|设备款|服务费|施工费|尾款|账款|欠款|账|钱)"
    "[^，,。？?]{0,12}(?:拖|欠|不(?:给|结|付|还)|赖|没(?:给|结|付))|"
    "(?:拖|欠|赖|压)(?:着|了)?[^，,。？?]{0,8}(?:款|货钱|费|账|钱)"
)
_NOT_OWED = re.compile("工资|工钱|薪|税|社保|贷款|罚|押金|定金|房租|水电|保证金|[我俺咱]们?欠")
_WHO = re.compile(
    "有(?:没有)?(?:人|谁|部门|地方|单位)(?:能)?管(?:没|不|吗|么|管)?(?:有)?[?？]?$|(?:谁|哪(?:里|儿|个部门)?)(?:能|来)?管[^，,。]{0,3}$|"
    "(?:找|归)(?:谁|哪)[^，,。]{0,6}$|[上往去](?:哪|谁)[^，,。]{0,3}(?:告|说理|要|反映|投诉)[^，,。]{0,2}$"
)


def asks_who_sees_to_debt(text: str) -> bool:
    """Tell whether a firm that is not paid asks who sees to it: 运费一直拖着不给 有人管没.

    What workers are owed, and what oneself owes, is something else.
    """
    is_owed = _OWED.search(text) is not None and _NOT_OWED.search(text) is None
    return is_owed and _WHO.search(text.strip()) is not None and len(text) <= 2 * LONGEST


_PROPOSES = re.compile("(?:不就|就)(?:得了|行了|完了|中了|成了|好了)(?:吗|呗|嘛|么)?[?？]?$")


def proposes(text: str) -> bool:
    """Tell whether a text puts forward an easy way out: 执照直接给他用不就得了."""
    return _PROPOSES.search(text.strip()) is not None


_BRINGS = re.compile(
    "(?:投诉|登记|告|反映|举报|去|过去)[^，,。]{0,4}(?:带|拿|备|准备|交)(?:着|上|齐)?(?:点|些)?"
    "(?:啥|什么|哪些|哪几样)(?:材料|东西|手续|证据)?[呢啊呀?？]*$"
)


def asks_what_to_bring(text: str) -> bool:
    """Tell whether it is asked what to bring to where one complains: 去投诉都带着啥."""
    return len(text) <= LONGEST and _BRINGS.search(text) is not None
