"""Recognises what everyday life asks and nobody of us answers: weather, homework, passports."""

import re

LONGEST = 30
"""Signs of a text that is about nothing else."""

_PAPERS = (
    "护照|签证|港澳通行证|结婚证|离婚证|户口本|落户口|驾照|驾驶证|准生证|居住证|"
    "身份证(?:丢|到期|咋办|怎么办|去哪)"
)
_TOPICS = (
    "天气|气温|多少度|几度|(?:下|刮)(?:不下|大)?[雨雪风](?!水|污|棚|季)|雾霾|台风|晒不晒",
    "作业|数学题|应用题|鸡兔同笼|作文|古诗|写首|背诗|英语题|考试卷|(?:算|做|解)(?:一?下)?(?:这|那)?道题",
    "讲个?(?:笑话|故事)|唱(?:首|个)?歌(?=$|[吧呗听])|陪[我俺]聊|写(?:首|个|篇)(?:诗|情书|小说|检讨|作文)",
    "股票|基金(?:涨|跌|能买|咋买)|彩票|双色球|比特币|炒股|大盘",
    _PAPERS,
    "(?:孩子|娃|小孩|闺女|儿子|孙子)[^，,。]{0,6}(?:上学|入学|转学|报名|上幼儿园|考试|中考|高考)|学区房|学籍",
    "挂号|看病(?:咋|怎么|去|报)|医保(?:咋|怎么)?报销|住院费|体检去哪|哪个医院|感冒|发烧了|吃啥药",
    "(?:订|买|抢|退)(?:一?张|个)?(?:火车|高铁|飞机|电影)?票(?!据)|机票|酒店(?:咋|怎么)?订|打车|导航|公交(?:几点|车)|快递(?:到|在|查)|外卖(?:到|咋还)",
    "世界杯|球赛|(?:哪|啥|什么)(?:个|部)?(?:电影|电视剧)|好吃的馆子|算命|星座|属相|黄道吉日|减肥|菜谱|咋做好吃",
    "(?:俺|我)?家?(?:的)?(?:狗|猫)(?:丢|跑|不见)|手机(?:咋|怎么|连不上|没信号|坏了)|微信(?:密码|号被)|wifi|电视没",
    "翻译(?:成|一下|这)|用英语|今天(?:星期|礼拜)?几|现在几点|(?:谁|哪)个?(?:是|当)(?:总统|市长|县长)|几月几号了",
)
_EVERYDAY = re.compile("|".join(_TOPICS))
_OURS = re.compile(
    "开(?:个|家|店|办)|办(?:个|照)|许可|备案|执照|店|厂|公司|企业|工地|施工|排水|雨水|托管|培训|办件|预约|补贴|政策|贷款"
)
"""Tells of a business or of works, which any of these may touch: 下雨天工地能干活不."""


def is_everyday(text: str) -> bool:
    """Tell whether a text asks nothing but what everyday life does: 护照几天能办好."""
    is_short = len(text) <= LONGEST and _EVERYDAY.search(text) is not None
    return is_short and _OURS.search(text) is None


def names_personal_paper(text: str) -> bool:
    """Tell whether a text asks for a paper of a person, which no business has: 驾照咋换."""
    return re.search(_PAPERS, text) is not None
