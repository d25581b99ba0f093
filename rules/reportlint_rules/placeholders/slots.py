"""PH002, PH003: brackets that a template or a colleague left."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.document import BlockKind
from reportlint.finding import Finding, Message, Outcome, Severity
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span
from reportlint_rules.placeholders.lexicon import alternation

_SQUARE = compiled(r"(?<![\]!])[\[［]([^\[\]［］\n]{1,60})[\]］](?![(\[:])")
_OTHER = compiled(
    r"\{\{[^{}\n]{1,40}\}\}|\$\{[^{}\n]{1,40}\}|<([^<>\n/=\"]{2,16})>|＜([^＜＞\n]{2,16})＞|〔(?:[\s.…·—_＿XxＸ×*＊]*|年份?|年号|文号|序号|请[^〔〕\n]{1,20})〕"
    r"|TODO(?<![A-Za-z0-9]TODO)(?![A-Za-z0-9（(])|TBD(?<![A-Za-z0-9]TBD)(?![A-Za-z0-9（(])|FIXME(?<![A-Za-z0-9]FIXME)(?![A-Za-z0-9（(])"
)
_FRAMED = compiled(r"[（(【\[［]([^（）()【】\[\]［］\n]{1,40})[）)】\]］]")
#: 责任单位：县民政局: the label has its content.
_FILLED = compiled(r"[:：]\s*[^\s:：]")
_HAN = compiled(r"[一-龥]")
#: Contents that ask to be filled in.
_FILL = compiled(
    r"(?:此处|这里|在此|请在此)?(?:处)?(?:请)?(?:填写|填入|填报|插入|输入|录入|粘贴|替换为?|补填)(?:(?!为|范围|要求)[^，。]){0,20}|(?:内容|数据|数字|名单|时间|金额|具体\w{0,6}|本段|此处|附件|图片|表格)?(?:待|后)(?:补充|补|填|填写|填报|续|完善|加|插入)(?:内容|数据)?|空缺|留空|待定稿|暂缺|填空|填(?![海埋土充平筑塘湖河方沟堵补坑])[一-龥]{1,5}"
)
#: 由【单位名称】统筹, 干部职工〔人数〕人: a field's name inside a sentence; at a line's beginning it is a label.
_FIELD = compiled(
    r"[【〔](?<=[一-龥，、：].)(?:发文|责任|牵头|主送|主办|承办|报送|单位|部门|会议|项目|事项|活动|企业)?(?:单位|部门|机关|名称|人数|金额|数量|日期|时间|地点|姓名|标题|文号|联系人|联系电话|职务|数字|数据|比例|百分比)[】〕](?!：)"
)
#: （单位名称）负责解释, 由（部门）牵头: a field's name in round brackets, where nothing but a name can stand.
_FIELD_ROUND = compiled(
    r"[（(](?:(?<=[由经向与给请同将对把].)|(?<=根据.)|(?<=按照.)|(?<=依据.)|(?<=依照.)|(?<=[我本][局委办].)|(?<=[：:、，].)|(?<=牵头单位为.)|(?<=^.)|(?<=\n.))(?:发文|责任|牵头|主送|主办|承办|报送|会议|项目|事项|活动|企业)?(?:单位|部门|机关|名称|单位名称|部门名称|姓名|职务|地点|日期|数字|(?:[一-龥]{1,3})?文件(?:名称?|号|标题)|(?:[一-龥]{1,3})?文号|文件名称|文件标题|政策名称|领导姓名|企业名称|项目名称)[）)](?=[一-龥、，。；]|$)(?!：)"
)
#: 新增就业（数字）人, 发放救助金(金额)元: what is to be counted, where the figure goes.
_FIELD_COUNT = compiled(
    r"[（(](?<=[一-龥].)(?:数字|数据|人数|户数|金额|数量|比例|百分比|面积|数值|天数|次数|里程)[）)](?=%|个百分点|[百千万亿]{0,2}(?:元|人|名|户|个|家|件|项|次|起|亩|吨|公里|平方米|天|场|批|辆|台|套|座|处|条|所))"
)
#: 深刻汲取（事故名称）教训: a compound that only a template puts in round brackets.
_COMPOUND_ROUND = compiled(
    r"[（(](?<=[一-龥].)(?:事故|活动|会议|领导|项目|企业|文件|工程|案件|课题|单位|部门|地区)(?:名称|姓名|简称|全称)[）)](?=教训|精神|会议|建设|活动|项目|工程|讲话|要求|案|文件|事故|，|。)"
)
#: What a word processor or a template shows until something is typed.
_PROMPT = compiled(
    r"(?m)(?:单击|点击|双击|单击或点击)(?:此处|这里)(?:可)?(?:以)?(?:输入|添加|编辑|插入|填写|选择|进入)[一-龥]{0,8}|(?<![一-龥])请(?:在此(?:处)?)?(?:输入|填写|选择)[一-龥]{1,10}(?=[。…]?[ \t　]*$)|请在此(?:处)?(?:输入|填写|插入|粘贴)[一-龥]{0,10}"
    r"|(?:^|(?<=[：:|])|(?<=\S\t))[ \t　]*(?:待补充|待填写|待填|待完善|待提供|待更新|待录入|待核实|待统计|此处填写|暂空)(?:内容|数据|完整)?[。]?(?=[ \t　]*(?:$|[|\t]))|(?<![A-Za-z])[Ll]orem ipsum[A-Za-z ,.]*"
)
#: What tells an interface from a report: 点击此处进入办事大厅 is spoken to readers.
#: One of these is in every prompt.
_PROMPT_HINT = compiled(
    "击此处|击这里|请输入|请填写|请选择|请在此|待补充|待填|待完善|待提供|待更新|待录入|待核实|待统计|此处填写|暂空|orem ipsum"
)
_INTERFACE = compiled(r"网站|平台|系统|页面|小程序|登录|账号|APP|公众号|按钮|密码|验证码|关键词")
#: Contents that speak to the next drafter.
_NOTE = compiled(
    r"(?:注|备注|说明)?[:：]?(?:此处|这里|以上|以下|该|此|本段|这段|本句|这句|本处|上述|数据|数字|时间|名单|口径|金额|人数|内容|标题|文号|表述|具体\w{0,4})?(?:数据|数字|表述|内容|文字|口径|情况|一段|部分)?"
    r"(?:仍|还|尚|再|均|都|另|最后)?(?:待|需(?!经)|须(?!经)|请|应(?!当|经|由)|有待|尚待|要|未)(?:\w{0,8}?)(?:定(?![一-龥])(?<=待定)|核实|核对|核准|核定|核|确认|审核|补充|更新|修改|完善|商榷|斟酌|查证|查实|确定|商定|统计|替换|统一|调整|改|删|校对|商定|明确)(?:[一下后再]\w{0,6})?[!！?？。]?"
    r"|(?:此|本|这|该)(?:句|段|处|节|条|表|数)(?:话)?(?:待|需|要|请|再|可)?(?:修改|改|核实|核对|删除?|重写|补充|存疑|调整|精简|展开)|(?:修改|待改|需改|删除?|存疑|疑误|有误|同上|略|此处(?:补充|增加|添加|加|插入).{0,12}|(?:此段|该段|本节|此节|这一段)(?:需|要|待)?(?:修改|重写|删|补充|核实).{0,6}|此处删.{0,12}|此处.{0,8}(?:不通|重复|有误|存疑)|加一[段句].{0,10}|[?？]{1,3}|[!！]{2,3}|(?:是否|要不要|这个|哪个).{0,16}[?？]|.{0,10}[?？]{2,})"
)
#: Whole remarks from one drafter to another: （请园林科核）, （和财政口径核对）, （可酌情展开）.
_REMARK = compiled(
    r"请[一-龥]{1,10}(?:核实?|核对|补充?|确认|提供|把关|审定|填写)[一-龥]{0,4}"
    r"|(?:此处|此段|本段|这段|这一段|这句|这一句|该段|此数据?|此项|这里)[一-龥，、]{0,14}(?:压缩|精简|配图|附图|放图|贴图|删|改|补|核|缺|有误|待|更新|插入|展开)[一-龥，、]{0,10}"
    r"|(?:此处|此段|本段|这段)?建议(?:删除?|删去|修改|合并|补充|不写|展开)[一-龥]{0,6}|可酌情[一-龥]{0,6}"
    r"|(?:\d{2,4}年)?(?:\d{1,2}月)?(?:数据|数字|口径|情况|名单|金额|标题|时间)?(?:待|暂)(?:定|核|补|审|确认|更新|商)(?:一下|后|中|稿|再定|补充)?(?:，?(?:待|请|需)[一-龥]{2,8})?"
    r"|[一-龥，、]{0,16}(?:再核实?|再核对|再查|核一下|核一核|再补充|再改改?|再斟酌|再商量|再看看)[一-龥]{0,6}"
    r"|(?:数据|数字|口径|金额|名单|情况|这里)?(?:再|要|需|还要)?(?:和|与|同|跟|找)[一-龥]{1,8}(?:核(?:对|实)?|对一下|对接后|衔接后|确认|要)[一-龥，]{0,8}"
    r"|[与和跟](?:上面|前面|后面|下面|上文|前文|下文|附表|上表)[一-龥\d]{0,10}(?:不一致|不符|对不上|重复|矛盾)(?:，[一-龥]{2,8})?"
    r"|[一-龥]{1,4}(?:科|股|室|局|处|办公室|办|站|队|镇|校)(?:来)?(?:补充|核实?|核对|填写?|补|确认)"
    r"|(?:数据|数字|口径|表格|名单|标题)[一-龥，]{0,8}(?:需|要|待|请)(?:更新|更换|替换|核实|核对|补充|修改)[一-龥]{0,4}|(?:待|请)(?:领导|局长|主任|县长|分管领导|办公室)(?:审定|审核|审阅|确认|定)[一-龥]{0,4}"
    r"|(?:举例说明|展开写|细化内容|充实内容)(?:，[一-龥]{2,4})?|[一-龥]{2,8}，待补充?"
    # 张三改, 批注：…, @小刘 补数, 领导已阅，按此修改
    rf"|(?:{alternation('surname')})[一-龥]{{1,3}}(?<![医房教税机课城棚企技])[改删补注批](?:于?[\d.月日]{{1,6}})?|批注\s*\d*[:：].{{0,40}}|@[一-龥A-Za-z]{{1,6}}[\s，：:].{{0,12}}[补核改看查填问].{{0,16}}"
    rf"|(?:{alternation('surname')})(?:局长?|县长?|总|主任|科长?|处长?|书记|工|部长?|秘书长)[，,：:][^：:]{{2,30}}"
    rf"|(?:{alternation('surname')})[：:][^：:，]{{0,8}}[请核补改查删][^：:]{{0,12}}"
    r"|注[:：].{0,24}(?:建议(?:删除|删去|修改|合并)|重复).{0,8}|(?:领导|局长|主任|科长)?已?阅，?.{0,4}(?:按此|照此|同意)修改.{0,6}|(?:完善|修改|编写|补充|整理)中|未完待?续?"
    r"|(?:结合|根据|按照)[一-龥]{2,12}再?(?:补充|调整|修改|完善|细化)[一-龥]{1,6}"
)
#: 由XX科补充: an office that is named by marks only.
_UNKNOWN_OFFICE = compiled(r"[XxＸ×]{1,4}(?=[科股室局处站办])")
#: What a clerk leaves for himself: （约800字）, （本段略）, （此处省略300字）, （数据可能不准）, （注：请业务科提供）, （同去年？）, （以台账为准）.
_MEMO = compiled(
    r"(?:约|不少于|不超过|控制在)?\d{2,5}字(?:左右|以内|以上)?|(?:本段|此段|这段|下面|以下|此处|中间)(?:内容)?(?:从|省)?略(?:去|写)?(?:\d{1,5}字)?|此处省略\d{0,5}字"
    r"|(?:此数|该数|数据|数字|数)(?:可能|恐|好像|似乎|估计)?(?:不准|有误|不对|偏大|偏小|有问题|对不上|存疑)(?:，?[一-龥]{0,8})?"
    r"|(?:此数|该数|数据|数字|补充)(?:需|要|待|请|再)[一-龥]{0,10}(?:核对|核实|确认|更新|补充)|(?:补充|更新|核对|核实)(?:数据|数字|口径)"
    r"|(?:注|备注)[:：]?请[一-龥]{1,10}(?:提供|补充|核实|确认|填写|审定|把关)"
    r"|(?:同去年|同上年|同上|照抄去年|去年的?数?|估计数?|估的?)[？?]|(?:暂缺|数据缺|缺数据|缺数|空着|先空着|待加)|缺[？?]?|[？?]{1,3}"
    r"|以(?:台账|业务科室?|统计局|最终|实际|财务)[一-龥]{0,4}(?:数|数据)?为准"
)
#: The same without brackets, a line for itself or behind an arrow: 备注：此段待领导审定, 这段数字是去年的，要换, ←核一下.
_MEMO_LINE = compiled(
    r"(?m)^[ \t　]*(?:备注|说明|提示)[:：][ ]?(?:此段|本段|这段|此处|此数|以下)[^。\n“”]{2,24}(?:审定|核实|核对|补充|修改|删除|确认|调整)[。]?[ \t]*$"
    r"|^[ \t　]*(?:这段|此段|本段|这里|此处|这个数|这句)[^。\n“”]{0,24}(?:要换|要改|重写|待补|待改|再核|没核|先空着|要删|去年的)[^。\n“”]{0,8}[。]?[ \t]*$"
    r"|[←→](?:再)?(?:核|改|补|删|查|问|确认)(?:一下|实|对|定|充|掉)?(?=[，。；、\n）]|$)"
)
#: Remarks that no bracket frames: 批注：…, ——以下内容供参考，定稿时删——, 此处缺数据.
_UNFRAMED = compiled(
    r"(?m)^[ \t　]*批注\s{0,8}(?:\d*|\[[A-Za-z]{0,3}\d+\])\s{0,8}[:：][^\n]{1,60}|(?:以下|以上|上述|本段|此段)[一-龥，]{0,10}(?:定稿|上报|印发|正式稿)[一-龥]{0,3}(?:删|去掉)[一-龥]{0,3}"
    r"|(?m:^[ \t　]*)(?:修订|修改|改动|更正|校对)(?:说明|意见|记录|建议)?[:：][^\n“]{0,12}“[^“”\n]{1,30}”[^\n“]{0,4}(?:改为|改成|应为|修改为)“[^“”\n]{1,30}”"
    r"|(?<![新扩迁拆技])[（(【\[](?:已?改|增|补|删|修订|新增|改后|原文)[）)】\]](?![建造扩装迁设置])"
    r"|(?<![在于从到对由（(【\[])此处(?:删(?:除|去|掉)?|加一[句段]|改(?![建造装善革进变良])(?:为|成)?)[^\n，。；]{0,12}"
    r"|(?<![在于从到对由（(【\[])此处(?:还|尚|仍)?(?:需要?|请|由|等)[一-龥]{0,12}?(?:补充|提供|填报|填写|核实|核对)(?:[一-龥]{0,6}(?:数据|数字|内容|材料|情况|名单|文号|金额|事例|图|表))?(?=[，。；！!）)\n]|$)"
    r"|此处(?:缺|待补|待核|补|需补|插入|粘贴|填)(?:充|上)?[一-龥]{0,6}?(?:数据?|数字|内容|图|表|一[段句])"
)
#: What a writing assistant says around the text it was asked for.
_ASSISTANT = compiled(
    r"(?m)^[ \t　]*(?:(?:好的|当然可以|没问题)[，,！!。][^\n]{0,8}(?:以下|下面|这|我|根据)[^\n]{0,60}|当然[，,！!。](?:以下|下面|我(?:会|将|可以|来|已)|根据您|这(?:里)?是(?:为您|根据|一[份篇个]))[^\n]{0,60}|(?:以下|下面)是(?:我)?(?:为您|根据您|按照您|帮您)[^\n]{0,60}"
    r"|(?:以上|上述)(?:内容|材料|总结|报告|文稿)?仅供(?:您)?参考[^\n]{0,40}|希望(?:这份|以上|这篇|上述|这些)[^\n]{0,16}(?:对您|符合您|满足您|能帮)[^\n]{0,30}"
    r"|[（(]?(?:注[:：])?(?:(?:本|以上|该|此)?(?:内容|材料|文稿|报告|总结|文稿|稿件))?由(?:AI|人工智能|大模型|智能写作(?:助手)?|写作助手|豆包|文心一言|通义千问|讯飞星火|ChatGPT|DeepSeek|Kimi)[^\n。]{0,8}(?:生成|撰写|整理|润色)[^\n]{0,20}"
    r"|如需(?:进一步|其他|继续)?(?:调整|修改|完善|补充|润色|扩写)[^\n]{0,20}请?随时(?:告知|告诉我|提出)[^\n]{0,10}|(?:以下|下面)(?:是|为)(?:我)?(?:为您|根据您|按照您|帮您|(?:修改|润色|优化|完善|精简|扩写)后的(?:版本|文稿|总结|全文))[^\n]{0,60}"
    r"|(?:如果?您?|您)(?:还)?(?:需要?|有)[^\n]{0,30}(?:请(?:随时)?告(?:诉|知)我|我可以(?:继续|帮您|为您))[^\n]{0,30}|作为(?:一个|一名)?(?:AI|人工智能)(?:语言)?(?:模型|助手)?，[^\n]{0,60}|[^\n。]{0,8}(?:AI|人工智能|大模型)(?:自动|辅助)?生成(?:的)?(?:内容|文本|文字)[^\n]{0,20})$"
)
_LABEL_WORD = compiled(
    r"主体|机关|部门|对象|单位|名称|日期|时间|地点|姓名|标题|事项|人员|电话|手机|金额|数字|数值|内容|文号|填写|写明|说明|补充|描述|概述|简述|概括|插入|请|待|结论|导语|目的|依据|范围|任务|意见|决定|建议|信息|来源|附件|图片|图表|主送|抄送|审核|联系|职务|交代|列出|介绍|分点|如实|报送|跟踪|面向|\w[一二三四五六七八九十]$"
)
_SKIPPED = frozenset({BlockKind.CODE, BlockKind.COMMENT})


def _skipped(analysis: Analysis) -> list[Span]:
    return [block.span for block in analysis.document.blocks if block.kind in _SKIPPED]


@rule(
    "PH002",
    "placeholder-slot",
    severity=Severity.ERROR,
    bad=(
        "现将⟦[事项名称]⟧有关情况报告如下。",
        "截至⟦{{日期}}⟧，全市共受理⟦【待补充】⟧件。",
        "联系人：⟦<姓名>⟧，文号：临政发⟦〔…〕⟧。",
    ),
    good=(
        "《关于做好防汛工作的通知》（临政发〔2023〕5号）已印发。",
        "详见[工作台账](ledger.md)和脚注[1]。",
        "【经验做法】该县推行“三色管理”。",
        "- [x] 完成资料归档",
    ),
)
def placeholder_slot(analysis: Analysis) -> Iterator[Outcome]:
    """模板里的填写栏没有填。

    “[发文单位]”“{{日期}}”“【待补充】”“（此处填写）”是模板留给人填的栏目，出现在正式稿里就是漏填。

    Markdown 的链接、脚注、复选框，发文字号的年份〔2023〕，【经验做法】一类小标题不算。
    """
    text = analysis.document.text
    skipped = _skipped(analysis)
    seen: list[Span] = []
    for match in _slots(text):
        span = Span(*match.span())
        if any(other.meets(span) for other in (*skipped, *seen)):
            continue
        seen.append(span)
        yield Finding(
            span,
            Message(f"模板栏目“{match[0]}”没有填写", f"template slot “{match[0]}” was never filled in"),
        )


def _slots(text: str) -> Iterator[re.Match[str]]:
    for match in _SQUARE.finditer(text) if "[" in text or "［" in text else ():
        content = match[1].strip()
        if not _HAN.search(content) or content.startswith("^") or _FILLED.search(content):
            continue
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        rest = text[match.end() : match.end() + 1]
        label = (
            not line.strip()
            and rest not in ("", "\n", "\r", " ", "于", "：")
            and len(content) <= 6
            and not _LABEL_WORD.search(content)
        )
        if (
            not label
            and (_LABEL_WORD.search(content) or len(content) > 1)
            and not compiled(r"附?[注图表件][一二三四五六七八九十\d]*|\d+.*").fullmatch(content)
        ):
            yield match
    for match in _OTHER.finditer(text):
        inner = match[1] or match[2]
        if inner is None or (_HAN.search(inner) and _LABEL_WORD.search(inner)):
            yield match
    for match in _FRAMED.finditer(text):
        if _FILL.fullmatch(match[1].strip()):
            yield match
    for match in _FIELD.finditer(text):
        yield match
    if "（" in text or "(" in text:
        yield from _FIELD_ROUND.finditer(text)
        yield from _COMPOUND_ROUND.finditer(text)
        yield from _FIELD_COUNT.finditer(text)
    end = 0
    for hint in _PROMPT_HINT.finditer(text):
        if hint.start() < end:
            continue
        start = text.rfind("\n", 0, hint.start()) + 1
        end = text.find("\n", hint.end())
        end = end if end >= 0 else len(text)
        for match in _PROMPT.finditer(text, start, end):
            if not _INTERFACE.search(text, start, min(end, match.end() + 20)):
                yield match


#: One of these is in every remark that no bracket frames, or a bracket with one of the others; and in all that an assistant says.
_UNFRAMED_HINTS = ("批注", "此处", "删", "去掉", "改为", "改成", "应为")
_BRACKETED = compiled(r"[（(【\[](?:已?改|增|补|删|修订|新增|原文)")
_ASSISTANT_HINTS = (
    "好的",
    "随时",
    "当然",
    "没问题",
    "您",
    "告诉我",
    "告知我",
    "我可以",
    "仅供参考",
    "能帮",
    "作为",
    "生成",
)


_MEMO_HINT = compiled(r"[←→这]|备注|此[段处]|本段|说明[:：]|提示[:：]")
#: 床位待定张, 投资待定万元: a word where the number goes.
_PENDING = compiled(r"待定(?=(?:[万亿]?元|人次|平方米|公里|公顷|[张个名家项人件吨亩座台辆套万亿%])(?:[，。；、\n]|\Z))")


#: One of these is in all that is said in the middle of a paragraph.
_SPOKEN_HINT = compiled(
    r"告诉我|告知我|我可以|我会|我[再能将]|需要我|您|(?:数据|数字|案例|内容)[均都仅]?[为是](?:示例|虚构|模拟|占位|假设)"
    r"|[小老@][一-龥]，|(?<=[一-龥])(?:科长?|主任|[局处]长?|[工姐哥总]|书记|秘书)[，：][一-龥]{0,12}[加补改删核写查换]|(?:这里|这一?[段句]|[此本上下]一?[段处])话?[还也最要需应得可再建]|以下[是为]"
)


def _remarks(text: str) -> Iterator[re.Match[str]]:
    """Remarks that stand in no bracket, then what an assistant says."""
    if any(hint in text for hint in _UNFRAMED_HINTS) or _BRACKETED.search(text):
        yield from _UNFRAMED.finditer(text)
    if _MEMO_HINT.search(text):
        yield from _MEMO_LINE.finditer(text)
    told: list[Span] = []
    if any(hint in text for hint in _ASSISTANT_HINTS):
        for match in _ASSISTANT.finditer(text):
            told.append(Span(*match.span()))
            yield match
    if _SPOKEN_HINT.search(text):
        from reportlint_rules.placeholders.spoken import spoken

        for match in spoken(text):
            if not any(Span(*match.span()).meets(other) for other in told):
                yield match


@rule(
    "PH003",
    "drafting-note",
    severity=Severity.WARNING,
    bad=(
        "全年立案查处环境违法案件26起⟦（待核实）⟧。",
        "完成投资3.6亿元⟦（数据待定）⟧，占年度计划的92%。",
        "⟦【修改】⟧全市空气质量持续改善。",
        "完成投资⟦（改）⟧5.6亿元，⟦此处删去一句⟧，惠及群众3万人。",
        "以上报告，请予审议。⟦如需调整篇幅或语气，我可以继续为您修改。⟧",
        "全年共调处边界纠纷21起。⟦小刘，这里再加一个案例，⟧下一步，将健全联合调处机制。",
        "全年接待游客300万人次⟦（@小刘 补一下去年数）⟧，⟦【李明改】⟧同比增长8%。",
        "⟦好的，以下是为您撰写的工作总结：⟧\n一、工作情况\n全局上下齐心协力。\n⟦以上内容仅供参考，如需调整请告诉我。⟧",
    ),
    good=(
        "梳理待核实的问题线索12条，已办结9条。",
        "印发《管理办法（试行）》《实施细则（征求意见稿）》。",
        "核查问题线索（待核实的12条除外）全部办结。",
        "新（改）建公路36公里，在此处删减枝叶。",
        "新建公园2个（注：含口袋公园1个），推进【医改】、【房改】任务落实。",
        "如需咨询，请随时告诉我们。小王说，这里的路灯要再装几盏。老李，72岁，这次补贴让他很满意。",
        "以下是各位代表提出的意见：一是加大投入。二是完善机制。",
    ),
)
def drafting_note(analysis: Analysis) -> Iterator[Outcome]:
    """起草时的批注、写作软件的话没有删。

    “（待核实）”“【修改】”“（数据待定）”是起草人之间的话，定稿时应当处理完并删去；写作助手在稿子前后说的“好的，以下是
    为您撰写的……”“以上内容仅供参考”，段落中间的“如需调整篇幅，我可以继续为您修改”“小刘，这里再加一个案例”也是。

    括号里是正文内容的（待核实的问题线索、试行、征求意见稿）不算。
    """
    text = analysis.document.text
    skipped = _skipped(analysis)
    for match in _FRAMED.finditer(text):
        content = _UNKNOWN_OFFICE.sub("某", match[1].strip())
        span = Span(*match.span())
        if (
            not (_NOTE.fullmatch(content) or _REMARK.fullmatch(content) or _MEMO.fullmatch(content))
            or _FILL.fullmatch(content)
            or any(other.meets(span) for other in skipped)
        ):
            continue
        if content.endswith(("字", "字左右", "字以内", "字以上")) and text[match.end() : match.end() + 1] not in (
            "",
            "\n",
            "\r",
        ):
            continue  # 作文比赛（不少于800字）评出…
        if content == "略" and match[0][0] in "（(":
            continue
        yield Finding(
            span,
            Message(f"起草批注“{match[0]}”留在了正文里，请处理后删去", f"drafting note “{match[0]}” left in the text"),
        )
    if "待定" in text:
        for match in _PENDING.finditer(text):
            span = Span(*match.span())
            yield Finding(span, Message("数字待定，没有补上", "a number still to be put in"))
    for match in _remarks(text):
        span = Span(*match.span())
        if not any(other.meets(span) for other in skipped):
            shown = match[0].strip()
            yield Finding(
                span,
                Message(f"起草批注“{shown}”留在了正文里，请处理后删去", f"drafting note “{shown}” left in the text"),
            )
