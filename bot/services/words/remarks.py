"""Recognises short remarks that steer a conversation, whatever the model takes them for."""

import re

LONGEST_WHAT_IF = 30
LONGEST_REMARK = 20
"""Characters; a longer text tells a story and is not taken for a remark."""

LONGEST_WHY = 40
"""Characters of a text of several clauses, one of which doubts what an answer is wanted for."""

_MEANING = re.compile(
    r"(一般|大家|别人|人家|多数人).{0,6}(选|填|办|用|挑).{0,2}(啥|什么|哪)|"
    r"区别|差别|有(啥|什么|何|嘛)(不同|不一样|两样|分别|讲究)|(两样|分别)(吗|不|么|呀|啊|[?？])*$|怎么选|咋选|选哪|哪个好|哪种好|差在(哪|啥|什么)|(哪里|哪儿|哪点|咋|怎么)(不同|不一样|区分)|哪[个种样](省事|划算|合适|强|香|省钱|省心|好办|便宜)|(啥|什么|嘛)意思|"
    r"是个?(啥|什么|哪)(东西|玩意儿?)?$|(是|指)(啥|什么|谁|哪个?)的|哪[个种样]更|(好|合适|划算|省事|方便)还是[^，,]{2,8}(好|合适|划算|省事|方便)|(个体|公司|合伙|独资|合作社)户?(和|跟|与|同|还是|比|或者?).{1,8}(哪[个种样]|咋选|怎么选|好[？?]?$)|(要|得|需要|最少|至少|起码).{0,3}(几|多少)(个|名|户)?(人|股东|成员|户)|(啥|什么)(叫|是)|不懂|看不明白|解释|咋回事|^[?？]+$"
)
_COUNTS = re.compile(
    r"(算不算|是不是|属不属于|够不够|算得上|(算|属于|符合|够得?上).{1,10}(吗|嘛|不|么|没|吧))[^，,]{0,10}[?？]?$"
)
_WHERE = re.compile(
    r"(哪|哪里|哪儿|哪块|啥地方|什么地方)(能|可以|上|会|头|边|一?张)?(看|找|查|瞧|有|写|印|弄|标|得来|来的)|"
    r"(印|写|标|记)在(哪|啥地方|什么地方)"
)
_WHY_ASKED = re.compile(
    r"(要|留|问|给|填|打听|用).{0,8}(干啥|干什么|干嘛|干吗|做啥|做什么|弄啥|做乜|有啥用|有什么用)|"
    r"(为啥|为什么|凭啥|凭什么|干嘛|咋还?).{0,6}(要|留|问|填)|(问|打听)我.{0,6}(是?为(啥|什么)|图(啥|什么))|不是(能|会)?[^，,]{0,4}(查|看|有)[^，,]{0,6}还(问|要|填)|"
    r"骗子|诈骗|骗人|泄露|泄漏|卖给别人|安全(吗|不|么)|骚扰|推销|"
    r"(会不会|不会|该不会|别|怕|可别|是不是).{0,6}(转手|转头|转给|倒卖|卖(我|俺|信息|个人|号码|电话)|外传|曝光|"
    r"(有|来|打|接)[^，,]{0,6}(骚扰|推销|广告|贷款|中介|代办))"
)
_MUST_BE = re.compile(
    r"(一定|必须|非得?|非|必|硬性)(要|得|须)?(填|留|选|说|写|给|答|报)[^，,]{0,4}(吗|嘛|么|不|[?？])|"
    r"^(那|这|[，, ])*非得?(要|给|把)?[^，,]{0,4}(填|留|选|说|写|给|答|报)|"
    r"(可以|能|可不可以|能不能)不(留|填|选|说|写|给|报|答)[^，,]{0,6}(吗|嘛|么|不|[?？]|$)|"
    r"不(留|填|选|说|写|给|报|答)[^，,]{0,4}(行|可以|成|中|得|沾)(不|吗|么)|匿名[^，,]{0,4}(不|吗|么|嘛)[?？]?$"
)
"""Asks whether an answer may be left out; it leaves nothing out yet."""

_MISUSE = re.compile(
    "(卖|转|传|泄|漏|流)[^，,]{0,4}(给|到|露|出去)|(信息|号码|电话|手机号?)[^，,]{0,4}(卖|泄|漏|外传|倒卖)|"
    "卖(我|俺)?的?(信息|号码|电话|个人)|骚扰|推销|转手|转头"
)
_LEAVE_OUT = re.compile(
    r"^(那|就|我的?|俺的?|[，, ])*(电话|手机号?|号码?|名字|姓名|[这那]个)?(能(不能)?|可(不可)?以)?"
    r"不(留|填|写|给|报|说)(电话|手机号?|号码|名字|姓名|这个|那个|了)*[，, ]*"
    r"(行|可以|成|中|得|沾|好|要紧|碍事)(不|吗|么|不行|不中|嘛)+[?？]?$"
)
_URGES_ON = re.compile(
    "(那|就|行|好|嗯|中|成|对|是|可以|现在|赶紧|马上|赶快|快|这就|[，, ])+"
    "(吹哨?|投诉|约|办|派单?|报|交|弄|整|填)(吧|呗|了|个|一下|起来)?"
)
_BACK_TO_IT = re.compile(
    r"^(哎呀?|唉|那|嗯|算了|我|俺|咱|又|想了想|想通了?|寻思了?一?下?|觉得|就|[，, ])*"
    r"(还是|再|又想)(要|想|接着|继续)?"
    r"(开|办|弄|约|填|报|申请|搞|做|整|注册|吹|投诉)(下去|一下|个|起来)?(吧|了|呗|啊)?$"
)
_CORRECTION = re.compile(
    r"要不(然)?(就|还是)?(?!算了|先|改天|下次|[要办])[^，,。？?吗不]{1,8}(得了|算了|吧|呗)$|"
    r"还是?按[^，,]{1,10}(来|算|报|走|吧|$)|[改变]了?主意|变卦|"
    r"(电话|手机|名|号码?|俩|两[个样])(都|全)[换改]了?\b|不对|[说选填写弄搞打报记](错|(岔|差|反|颠倒|串|多|少|大|小|高|低)了)|[错岔]了|改成|"
    r"改[ ]?(?:\d|[一二两三四五六七八九]+[十百千万])|改做|改为|[改换挪]到|改一下|换成|应该?是|更正|"
    r"是[^，,不]{1,12}[，,。 ]+(可|并)?不是[^，,吗]{1,12}$|"
    r"不是.+[，,]?(而)?是|不在[^，,]{1,8}[，,。 ]+(而)?(是)?在|"
    r"(^|[，,。 ])([那嗯呃额哎哦唉不]|算了|又?想了想|等等|要不然?|我看|我又?想|最后|[，,、。 ])*"
    r"还是(?!.*还是)(?!不知道|不清楚|不懂)[^，,]{1,10}([，, ].{1,6})?$|"
    r"^([那就嗯]|要不|算了|[，, ])*[换改](?!成|为|到|一下|个?(时间|日期|人|天|地方|说法))"
    r"个?([^，,]{1,8}$|(下个?)?(周|星期|礼拜)[一二三四五六日天](?=[上下]午|[，,。 ]|$)|明天|后天)|"
    r"不[^，,]{1,9}了[，, ]*(还是|[我俺])?([改换去在要]|(注册|[办弄])成|成立)|"
    r"(别|不用)(再)?[跑去上来][^，,]{0,6}了?[，, ]+[^，,吗不]{2,12}$|"
    r"^[^，,我俺想要更修能不得咋需用先再可没]{1,6}改(?!成|为|到|做|一|个?(时间|日期|人|天|地方|说法)|[吗嘛不么的了名]|地址|字号|注册|章程|法人|经营|住所|股东|主意)[^，,]{1,8}([，,]|$)"
)
_REST = re.compile(
    r"(剩下|其余|其[他它]|后面|后头|余下|下面|剩余|别的|另外的).{0,4}"
    r"(不知道|不清楚|跳过|按常见|(按|照)?(常见|一般|通常|正常|普通|惯例|常规|默认|大多数|大路)|都行|都可以|随便|随意|"
    r"(你|您|恁)们?(看|定|安排|选|挑|做主|拿主意|说了算)|不用问|别问|无所谓|不[填答说写选])|"
    r"(直接|先|这就|现在就|就)(给|出|看|排|列)(我|俺)?(个|份|张)?(单子|清单|方案|计划|结果|政策包)|"
    r"按?(照)?(现在|目前|眼下|已经)(知道|说|有|填)的[^，,]{0,4}(出|给|排|列|算|来|配)|"
    r"(都|全)(不知道|不清楚|按常见|跳过|默认)|你看着(办|弄|来)|"
    r"(?:^|都|[，,。 ])按照?(?:常见|一般|通常)(?:的|情况)*(?:来|走|排|办|吧)*$|(别|不用)问了|"
    r"^[^，,不没]{0,4}(出|给|排|列|拉|做)(我|俺)?(个|份|张)?(单子|清单|方案|计划|结果|政策包)(给我|出来)?(吧|呗|就行|得了)$"
)

_RESUME = re.compile(
    r"^(好[的了吧嘞咧]*|(明白|知道|清楚)了?|中|妥了?|(我|俺)?(回来|又来|忙完|办完|吃完饭|开完会)了|"
    r"行了?|嗯|ok|没事了?|问完了|那|咱们?|我们|我想|我要|帮我|请|[，, ])*"
    r"(接着|继续|回到|接上)(把|咱们?|刚才|上次|上回|之前|昨天|前面|那个|预约|注册|开店|投诉|吹哨|申请|没办完|没弄完|没说完|没填完|往下|来|的|办|报|写|弄|整|搞|填|说|"
    r"问|那|走|做|事|项目|工程|"
    r"厂房|厂|楼|仓库|店|流程|单子|清单|方案|计划|问题|一步|吧|呗|啊|呀|哈|[，,。！! ])*$|"
    r"^(那)?(还是)?(你|您|恁)(接着|继续|再)?(问|说|来)(吧|呗)$|"
    r"^[那还是先我俺，, ]*回去?(把|接着|继续)[^，,吗么啥咋几多]{1,10}[弄办填做]完[吧呗了]?$|"
    r"^((明白|知道|清楚)了?|好[的了嘞]?|行|中|那|[，, ])*"
    r"(接着|继续)[^，,吗么啥咋几多]{1,8}(那(个|事儿?|块)|[的这]事儿?)$|"
    r"^(我|俺|那|咱|把)*(刚才|上次|上回|昨天|前天|昨儿|那天|之前|前面)[^，,]{0,4}(弄|办|填|说|做|问|走|整)(了|到|的)?(一半|半截|半拉|没完)"
    r"[^，,]{0,6}$|^(我|俺|那|把)*(没|未)(弄|办|填|做|说|问)完的.{0,6}$|"
    r"^((我|俺)(又|回)?来(了|啦)[，, ]*)?"
    r"(刚才|上次|上回|昨天|昨晚|昨儿个?|前天|前儿个?|那天|前面|头先|早上|上午|咱们?|我们?|俺)*"
    r"(说|办|弄|填|问|聊|整|搞|排)到(哪|哪儿|哪里|哪达|哪块|哪步|哪一步|第几步|啥地方)了?(来着)?[？?]?$|"
    r"^([^，,]{0,6}[，, ])?(那|把|我|俺)*(刚才|上次|上回|昨天|昨儿个?|前天|前儿个?|那天)"
    r"[^，,]{0,4}(还)?(能|可以)?(接着|继续)(办|弄|填|来|做)(不|吗|么|呗|吧)?[？?]?$|"
    r"^(ok|好的?|行|那|我们|咱们?|我|俺|[，, ])*(回|回到|返回|回去)(刚才|前面|之前|上面|原来)的?"
    r"(开店|注册|办照|建厂|盖房|预约|吹哨|填表|申请|投诉|方案|流程|办|(那个|那家|说的)[^，,？?怎咋啥哪几多要吗]{1,6})?的?"
    r"(那个|那儿|那里|那事|事)?(上|去)?[吧啊呗]?$|"
    r"^(?!.*(怎|咋|吗|能不能|可以|多久|能)).*(接着|继续)(办|弄|整|搞|来|填|做|约|吹|问|注册|开店|申请|投诉)(吧|呗|啊)?$"
)
_GOES_ON_WITH = re.compile(
    r"(那|咱们?|我们?|俺|行|好|嗯|中|就|还是?|你|您|恁|[，, ])*"
    r"((接着|继续)?(往下)(说|办|弄|来|问|填|聊|整|搞|讲|走)|(接着|继续)(说|办|弄|来|问|填|聊|整|搞|讲|唠|吹|排|评|查|约)|(接着|继续)(刚才|前面|之前|上次)|(回到|说回|转回|绕回|话说回)(刚才|前面|之前|上面|咱|我|俺)?)"
    r"[^，,]{0,10}|[^，,]{1,10}(那事儿?|的事儿?|那个|那块|的)(接着|继续)(说|办|弄|来|往下)?(吧|呗)?|"
    r"(回到|说回)[^，,]{1,10}(接着|继续)(说|办|弄|来|往下)(吧|呗)?"
)
_LEFT = (
    "(昨天|昨晚|昨儿个?|前天|前儿|那天|上次|上回|刚才|之前|早上|上午|没(办|弄|填|说|问|做|整)完)"
)
_TAKES_UP_LEFT = re.compile(
    f"{_LEFT}.{{0,14}}(接着|继续|接上|往下)|(接着|继续|接上|往下|接茬).{{0,6}}{_LEFT}|"
    "(昨天|昨晚|昨儿个?|前天|那天|上次|上回|刚才|之前)[^，,。]{0,8}"
    "(弄|办|填|做|整)(完|利索|齐)[吧了它]?$|"
    "没(办|弄|填|做)完.{0,4}(接着|继续)"
)
"""What was left, by its time, and that it goes on."""

_HERE_AGAIN = re.compile(
    r"(好了?|行了|嗯|忙完了?|吃完(饭)?了?|打完(电话)?了?|[我俺咱，, ])*"
    r"又?(回来|转回来|来)了?[了啦喽]([，, ]?(接着|继续)(来|说|办)?吧?)?"
)
_RESTART = re.compile(
    r"重新(开始|来|弄|填|办|说|排)|从头(再)?(来|开始|弄|填)|重来|推倒重来|全部重填|^(全部|都|给我)?清空(了|吧|重填)*$"
)
_WHAT_IF = re.compile(
    r"^(那|那么|如果|要是|假如|假设|换成|换|改成|改为|改|我要是|俺要是|万一|若是|可要是|不|没)|"
    r"(呢|咋样|怎么样|会怎样|有啥不一样|有什么不一样|有变化吗|行不行?|又咋说)[?？。!！ ]*$"
)
_INSTEAD = re.compile(
    r"要不(?:然)?(?:就|还是)?(?:换|改)?成?(?P<better>[^，,。？?吗不]{1,8}?)(?:得了|算了|吧|呗)$|"
    r"(?<![不就])是(?P<first>[^，,。不]{1,12})[，,。 ]+(?:可|并)?不是[^，,吗]{1,12}$|"
    r"不是[^，,。;；]+?[，,。;； ]*(?:而是|应该是|应是|是)(?P<new>.+)|"
    r"不在[^，,。;；]+?[，,。;； ]+(?:而)?是?在(?P<there>.+)|"
    r"不(?:在|去|要|用|做|卖|开|办)?[^，,]{1,8}了[，, ]*(?:还是|我|俺)?"
    r"(?:改|换|去|在|要)(?:成|为|到|去|做)?(?P<instead>[^，,。]+)$|"
    r"(?:别|不用)(?:再)?[跑去上来][^，,]{0,6}了?[，, ]+(?P<rather>[^，,吗不]{2,12})$|"
    r"(?:改成|改为|改做|换成|[改换挪]到|更正为|该是|还是(?:要|用|选|办|做|开|走|搞)?|^[那就嗯]*(?:要不|算了)?[换改]个?|应该是|应是|其实是?|实际上?是?|写成的?是|是|^[^，,我俺想要更修能不得咋需用先再可没]{1,6}改(?!成|为|到|做|一))(?P<later>[^，,。]+)$"
)
_LATIN_WORDS = frozenset({"ok", "okay", "yes", "no", "hi", "hello", "hey", "bye", "thanks", "thx"})
_LATIN_WORDS |= {"stop", "help", "exit", "quit", "back", "start", "app", "wifi", "vip"}

_DONE_ALREADY = re.compile(
    "(开|办|干|做|经营|注册|盖|建)(了|着|过)(个|家|一|间|几|好|俩|两|有|半|多)|已经(开|办|注册)|"
    "(我|俺|咱)们?(家)?(在.{1,6}|自己)?(开|办|干|做|经营)的?"
    "[^，,。 想要]{1,8}的?[，,。 ].*(到期|过期|换证|续|丢|坏)|"
    "(我|俺|咱)们?是(做|干|开|搞|卖|种|养|生产|加工)"
)
_SUGGESTS = re.compile(
    r"(再|另外|顺便|还|我|俺|想|要|给你们|[，, ])*提(一?个|一?点|条)?(小)?(建议|意见)"
)
_BABBLE = re.compile("[阿巴吧嗯哼呃额啊哦噢唔咕噜叽哇呜嘎嘟哒啦咪咿呀喔嚯呵嘿哈啵嗷咚嘣呱唧嗡嘻]+")
_DECLINES = re.compile(
    r"^(我|俺)?(不|没|无|没有|没啥|没什么|不用|不留|不填|不给|不写|不说|不想说|不想留|不想填|不方便|不记得|不要|免了|不必|"
    r"先不|不用了|没有了|就不|(那|就|还是|我要)*匿名)(那个|这个|信用|代码|编码|那玩意|电话|手机|留|填|好说|说|写|了|吧|的|方便|给|啊|呢|意见|评价|理由|原因|补充|想说的|[。，,!！])*$"
)
_LEFT_OUT = re.compile(
    "(那|就|我|俺|电话|手机号?|号码|还是|[，, ])*"
    "(不(留|填|给|写|说)(电话|手机号?|号码)?(了|吧|啦)|不[留填])"
)
"""A clause that leaves an answer out beside another one: 那就不留了."""

_KEEPS_BACK = re.compile(
    r"(电话|手机号?|号码|联系方式|姓名|名字|代码).{0,4}(不给|不留|不写|不填|不说|不告诉|不方便|不想|不提供|就不|免了|保密)|"
    r"(不想|不愿意?|不敢|不方便|懒得|不便|不太想|没必要|(?<!能)不能).{0,4}(留|给|告诉|透露|提供)|"
    r"(^|[，, 这那的])号(我|俺)?(就|也)?(不想|不愿意?|不)再?(给|留|说|报)[你您恁了吧]*(?=$|[，, ])|"
    r"(别|甭|莫|不要)(说|写|提|报|透露|讲|暴露)(出|出来|是)?(我|俺)|"
    r"(不用|别|不要|甭)再?(回|打|联系)(我|俺)?的?(电话|手机)?了?$|匿名(吧|举报|投诉|反映|的|就行)"
)
_SAME_OF = re.compile(
    r"(那|那么|换成|要是|如果|假如)[^，,]{1,18}呢[?？。 ]*|"
    r"[^，,]{2,8}(那个|那一个|那块|这块|那项)[^，,不没]{0,10}(呢|咋样)[?？。 ]*"
)
_AROUND = re.compile(
    "^(那么?|换成|换|要是|如果|假如)+|(那个|那一个|那块|这块|那项)?(呢|咋样)[?？。 ]*$"
)
_PAPERS = {
    "notice": re.compile(r"告知单|一次性告知|pdf", re.IGNORECASE),
    "form": re.compile(r"表格|表单|单一表|申请表"),
    "picture": re.compile(r"图片|长图|截图"),
    "calendar": re.compile(r"日历|日程"),
}
_HANDED = re.compile(r"(发|给|传|导|拷).{0,2}(我|俺|过来|来|出|一份|一下)|下载|打印|导出")
_ONE_BEFORE = re.compile(r"那?(前|上|头)(面|边)?(那|一)?一?个(事项|的)?(呢|咋样|怎么样)?[?？。 ]*")
_HESITATES = re.compile(
    r"^(?![我俺再先吧啊哈哦]+$)([你您恁]?(先)?等(一?会儿?|一?下|等|一等|着|(?=[我俺]))|稍等|候一?会儿?|"
    r"(号码?|编号|单子|条子|通知书|短信|纸|证|照|本子|面积|尺寸|电话|名字|地址|账)?[我俺]?((得|去|要|先|再|来|回去|回家)+(找|翻|看|问|拿|量|核实|确认|打听|算)(一?找|一?翻|一?量|一?算|一?下|看|着)?|找找看?|翻翻|(找|翻)一下)"
    r"(单号|编号|号码|单子|短信|通知书)?(哈|啊)?|"
    r"[容让](我|俺)(再|先)?([想看念捋瞅]|琢磨){1,2}(一[想看遍下眼])?|别急|慢点|我?(先|再)?(想一?想|考虑|琢磨|看看|看一[下眼]|问问)(一?下|下)?|"
    r"接个?电话|来(客|电话|人)了|(?<=再)说|[，,。.！! 我俺再先吧啊哈哦])+$"
)
_WAITS = re.compile(
    r"(你|您|恁)?(先|稍)?(等|候|缓)(我|俺|咱)?(一?[下会哈等]儿?|一等|着|我|俺|片刻|几?分钟|两?分钟|一?小会儿?)*(哈|啊|哦|吧|了|先)?|"
    r"(别|甭|不要)(着急)?((派|交|提|报|约|办|弄|填|发|登记)(呢|啊)?|(派|交|提|发|办|弄)了)|"
    r"先(别|甭|不要)(着急)?(派|交|提|报|约|办|弄|填|发|登记)(呢|啊)?|"
    r"拿不(定主意|准)|没(个)?主意|(我|俺)?(先|再|得|要|去|回|回家)*(问.{0,2}(老板|领导|家里人?|媳妇|对象|合伙人|会计|老公|俺爸)|"
    r"(跟|和|同).{0,2}(老板|领导|家里人?|媳妇|对象|合伙人|会计|老公|俺爸)(商量|说|问|合计|汇报))(商量|一?下|一声)?|"
    r"稍[等候](片刻|一下|一会儿?|我)?|马上(就)?(回来?|来|好)|一会儿?就?(回来?|来|好)"
)
_ASKS = re.compile(
    r"[吗嘛么呢?？啥哪几改换\d]|真人|机器|什么|多少|多久|怎|咋|有没有|能不能|是不是|不是"
)
_TELLS_SIZE = re.compile(r"[一二两三四五六七八九十百千万半]+(来|多)?个?(平|㎡|万|亩|层|人|米)")
_STOPS = re.compile(
    r"[哎呀唉哦噢嗯咦诶欸，, ]*(等一?[等下]|等一?会儿?|慢着|且慢|打住|咦|哎呀?不?)[，,。 ]+(?=\S)"
)
"""What stands before a thought that mends what was said: 等等 得六十平."""

_LEAVES = re.compile(
    r"不(弄|办|约|开|搞|要|做|建|盖|查|吹|填|说)|不[看评答配投提告]了|"
    r"(?<!要是)(?<!如果)不(投诉|举报|反映)了?[吧啊]?(?=[，, 。]|$)(?![，, ]*[^，,。]{0,3}[就没咋])|"
    r"^(那|好|我|俺|[，, ])*先(停|放|搁|到这|这样)|"
    r"(回头|改天|晚点|等会儿?|一会儿?|下次)再(弄|办|约|说|来|填|聊)"
)
_REASON = re.compile(
    "开.{0,4}会|出差|临时|有(点|个)?急?事|生病|住院|堵车|[来去过]不[了去来]|没空|忙(着|不过来)|"
    "走不开|赶不[上到]"
)
_FOR_OTHERS = re.compile("[让叫由等].{1,8}(自己|自个儿?|他们|人家)[来去在]?.{0,4}[报办弄填申交]")
_CALL_BACK = re.compile(
    "(给|替|跟)(我|俺)(回|打|来)(个|一个|通)?电话(?!了[，, 说]|说)|"
    "(回|打)(我|俺)(个|一个|的)?(电话|手机)|电话(联系|通知|打给)(我|俺)|(让|叫|请|找).{1,5}(打|回)(个|一个)?电话(给|过来)|回(我|俺)个?电话"
)
_BY_THE_WAY = re.compile("(哦|噢|啊|哎|诶)?对了(啊|哈)?")
_NEW_WISH = re.compile(
    r"(想|要|准备|打算)(在.{1,8}?)?(开|办|盖|建|注册|做|搞|整)|帮我(在.{1,8}?)?(开|办)"
)


def asks_meaning(text: str) -> bool:
    """Tell whether the open question or its options are to be explained."""
    return len(text) <= LONGEST_REMARK and _MEANING.search(text) is not None


def asks_how_many_people(text: str) -> bool:
    """Tell whether it is asked how many people a form of enterprise needs: "最少得几个人"."""
    return (
        re.search(r"(最少|至少|起码|要|得|需要).{0,3}(几|多少)个?(人|股东|成员|户)", text)
        is not None
    )


def asks_whether_one_counts(text: str) -> bool:
    """Tell whether it is asked if a name of an answer fits: "那我算小型低风险吗"."""
    return len(text) <= LONGEST_REMARK and _COUNTS.search(text) is not None


def compares(text: str) -> bool:
    """Tell whether it is asked how things differ: "个体户和公司差在哪"."""
    words = "区别|差别|分别|差在|不同|不一样|两样|区分|哪[个种]|[好适算事便]还是"
    return re.search(words, text) is not None


def compares_forms(text: str) -> bool:
    """Tell whether it is asked how forms of enterprise differ: "个体户和公司哪个好"."""
    forms = "个体|公司|合伙|独资|合作社"
    named = re.search(f"({forms}).+({forms})", text) is not None
    parts = (text, *clauses(text)[-1:])  # 先问一句，注册公司好还是合伙企业好
    return named and any(asks_meaning(part) and compares(part) for part in parts)


def asks_where(text: str) -> bool:
    """Tell whether it is asked where something can be found: "编号在哪看"."""
    return len(text) <= LONGEST_REMARK and _WHERE.search(text) is not None


def asks_why(text: str) -> bool:
    """Tell whether it is asked, or doubted, what an answer is wanted for: "要我电话干啥"."""
    parts = clauses(text) if len(text) <= LONGEST_WHY else []
    return any(len(part) <= LONGEST_REMARK and _WHY_ASKED.search(part) for part in (text, *parts))


def asks_whether_must(text: str) -> bool:
    """Tell whether it is asked if an answer must be given: "手机号一定要留吗"."""
    return len(text) <= LONGEST_REMARK and _MUST_BE.search(text) is not None


def fears_misuse(text: str) -> bool:
    """Tell whether it is feared that what is told is passed on: "会不会卖给代办"."""
    return len(text) <= LONGEST_WHY and _MISUSE.search(text) is not None


def asks_to_leave_out(text: str) -> bool:
    """Tell whether it is asked if an answer may stay out, as who would rather: "不留电话行不"."""
    return len(text) <= LONGEST_REMARK and _LEAVE_OUT.search(text) is not None


def urges_on(text: str) -> bool:
    """Tell whether a text only says that it shall begin: "那吹", "行 约吧"."""
    return all(map(_URGES_ON.fullmatch, clauses(text.strip(" 。！!")) or [""]))


def goes_back_to(text: str) -> bool:
    """Tell whether the last words go on with what is open, by its name: "接着说扩车间"."""
    last = next(reversed(clauses(text)), "")
    is_left = len(text) <= LONGEST_REMARK and _TAKES_UP_LEFT.search(text) is not None
    is_meant = is_left or _GOES_ON_WITH.fullmatch(last) is not None
    return is_meant and _ASKS.search(last) is None


def takes_up_again(text: str) -> bool:
    """Tell whether somebody wants what was just given up after all: "哎还是开吧"."""
    return _BACK_TO_IT.fullmatch(text.strip(" 。！!，,")) is not None


_MANNER = re.compile(
    "(?:你|您|恁|请|麻烦|给我|再|就|那|得|要)*(?:(?:一步|一样|一条|一个|一项)一(?:步|样|条|个|项)|"
    "慢慢|详细|具体|仔细|从头|写?明白|简单)[地点儿些]*(?:来|说|讲|写|列)?(?:一?下)?[吧呗啊]?"
)


def tells_manner(text: str) -> bool:
    """Tell whether a clause says only how something is to be told: 一步一步来, 详细点."""
    return _MANNER.fullmatch(text.strip()) is not None


def is_correction(text: str) -> bool:
    """Tell whether something said before is taken back."""
    return _CORRECTION.search(text) is not None


def skips_the_rest(text: str) -> bool:
    """Tell whether no more questions are wanted."""
    parts = (text, *clauses(text)[1:])  # 够了 出结果吧
    return len(text) <= LONGEST_REMARK and any(map(_REST.search, parts))


def resumes(text: str) -> bool:
    """Tell whether what was left open is to go on: "继续", "接着上次的办"."""
    return len(text) <= LONGEST_REMARK and _RESUME.search(text.strip(" 。！!，,")) is not None


def is_here_again(text: str) -> bool:
    """Tell whether somebody only says that they are back: "我回来了"."""
    return _HERE_AGAIN.fullmatch(text.strip(" 。！!，,~")) is not None


def restarts(text: str) -> bool:
    """Tell whether the task is to begin anew."""
    asked = re.search(
        r"(要|得|用|需要|还)[^，,]{0,2}重新.*[吗么不啊?？]$|还是重新|重新办(理)?(又|要|得)*(几|多|啥|什么|怎)",
        text,
    )
    return len(text) <= LONGEST_REMARK and _RESTART.search(text) is not None and asked is None


def asks_what_if(text: str) -> bool:
    """Tell whether a short text asks for the same under another condition: "换成个体户呢"."""
    return len(text) <= LONGEST_WHAT_IF and _WHAT_IF.search(text) is not None


def asks_the_same_of(text: str) -> bool:
    """Tell whether a text is the plain form of a follow-up, "那临清呢", whatever it sounds like."""
    return _SAME_OF.fullmatch(text.strip()) is not None


def thing_asked_of(text: str) -> str:
    """Return what such a follow-up asks about: 那经营范围呢 asks about 经营范围."""
    return _AROUND.sub("", text.strip())


def means_the_one_before(text: str) -> bool:
    """Tell whether a text asks for what was spoken of before the last: "前一个呢"."""
    return _ONE_BEFORE.fullmatch(text.strip()) is not None


def paper_asked(text: str) -> str | None:
    """Return which paper of a plan a short text wants to be handed ("把告知单发我")."""
    if len(text) > LONGEST_REMARK or _HANDED.search(text) is None:
        return None
    return next((paper for paper, names in _PAPERS.items() if names.search(text)), None)


def replacement(text: str) -> str | None:
    """Return what is to hold instead ("不是临清是茌平": 茌平), None when nothing is replaced."""
    if not is_correction(text):
        return None
    found = _INSTEAD.search(text)
    return None if found is None else next((part for part in found.groups() if part), None)


def wants_it_done(text: str) -> bool:
    """Tell whether something is to be handed in, and is not only in hand: 我做环评报告表."""
    words = "帮|给我|[要想需来]办|申[请报领]|提交|递交|填|网上|在线|直接"
    return re.search(words, text) is not None


def declines(text: str) -> bool:
    """Tell whether an answer that may be left out is refused: "不留", "那就不留了，直接交"."""
    plain = text.strip()
    if _DECLINES.search(plain) is not None or any(map(_LEFT_OUT.fullmatch, clauses(plain))):
        return True
    is_short = len(plain) <= LONGEST_REMARK and not any(map(str.isdigit, plain))
    number = next((p for p in clauses(plain) if "电话" in p or "手机" in p), "")
    if is_short and number and _DECLINES.search(number) is not None:
        return True
    is_asked = plain.endswith(("不", "吗", "么", "嘛", "?", "？"))  # 电话保密不
    return is_short and not is_asked and _KEEPS_BACK.search(plain) is not None


def asks_for_another(text: str) -> bool:
    """Tell whether something else than what was spoken of is meant: "再查另一个"."""
    return re.search(r"另|别的|其他|还有[一个]|换一?个|新的", text) is not None


def hesitates(text: str) -> bool:
    """Tell whether somebody only wants time: "等会儿，我再想想"."""
    if len(text) <= LONGEST_REMARK and _HESITATES.search(text.strip()) is not None:
        return True
    if len(text) > LONGEST_REMARK or gives_up(text):
        return False
    parts = clauses(text)
    waits = [part for part in parts if _WAITS.fullmatch(part) or _HESITATES.search(part)]
    rest = [part for part in parts if part not in waits]
    tells = any(_ASKS.search(part) or _TELLS_SIZE.search(part) for part in rest)
    return bool(waits) and not tells


def changes_mind(text: str) -> bool:
    """Tell whether something is taken back, or somebody stops and thinks again: "等等 得六十平"."""
    return is_correction(text) or _STOPS.match(text) is not None


def gives_up(text: str) -> bool:
    """Tell whether a text says that something is not done any more: "不弄了"."""
    return _LEAVES.search(text) is not None


def is_new_wish(text: str) -> bool:
    """Tell whether a text says what is wanted from scratch, whatever word it begins with."""
    return _NEW_WISH.search(text) is not None


def gives_reason(text: str) -> bool:
    """Tell whether a clause only says why something is moved or left: "临时要开会"."""
    return _REASON.search(text) is not None


def wants_call_back(text: str) -> bool:
    """Tell whether somebody is to ring the applicant up: "让他们明天给我回个电话"."""
    return _CALL_BACK.search(text) is not None


def is_done_by_others(text: str) -> bool:
    """Tell whether a clause leaves something to others: "让设计院自己网上报吧"."""
    return _FOR_OTHERS.search(text) is not None


def is_latin_noise(text: str) -> bool:
    """Tell whether a text is nothing but a few Latin letters that are no word used here."""
    found = re.fullmatch(r"[\W_]*([A-Za-z]{2,12})[\W_]*", text)
    return found is not None and found[1].lower() not in _LATIN_WORDS


def is_done_already(text: str) -> bool:
    """Tell whether a business is spoken of that is open: "自己开了个修车铺"."""
    return _DONE_ALREADY.search(text) is not None


def is_a_suggestion(text: str) -> bool:
    """Tell whether a text announces a suggestion of its own: "再提个建议，…"."""
    return _SUGGESTS.match(text) is not None


def is_babble(text: str) -> bool:
    """Tell whether a text is nothing but sounds; one sound over and over (哈哈哈) is a laugh."""
    signs = re.sub(r"\d+", "", text) if re.search(r"[^\d\s]", text) else text
    plain = re.sub(r"[\s，,。.！!？?~、…]+|[这那]个啥", "", signs)
    plain = re.sub("[a-z]{3,}", lambda n: n[0] if n[0] in _LATIN_WORDS else "啊", plain.lower())
    return _BABBLE.fullmatch(plain) is not None and len(set(plain)) > 1 and len(plain) > 2  # noqa: PLR2004


def clauses(text: str) -> list[str]:
    """Return the parts of a sentence between its commas and blanks; of "，，，" the text itself.

    对了 in front of more is no yes: somebody thinks of something else.
    """
    parts = [part for part in re.split(r"[，,。；;！!？?\s]+", text) if part] or [text]
    return parts[1:] if len(parts) > 1 and _BY_THE_WAY.fullmatch(parts[0]) else parts
