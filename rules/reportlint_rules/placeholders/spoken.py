"""Sentences of writing assistants and of colleagues that stand inside a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.patterns import compiled
from reportlint_rules.placeholders.lexicon import alternation

_FRAME = r"[（(【\[]?"
_ENDS = r"[。！!~]?[）)】\]]?"
#: What a writing assistant offers, wishes or explains: 如需调整篇幅或语气，我可以继续为您修改。
_OFFERED = compiled(
    rf"{_FRAME}(?:如需|如果需要|如有需要|若需|您?如果?(?:需要|希望|想要?|觉得)|若您?(?:需要|希望))[^。\n（）]{{0,40}}?"
    rf"(?:我(?:可以?|会|能|将|再|来)(?:继续|进一步|帮|为|再|按|根据|给|随时|提供)[^。\n（）]{{0,24}}|(?:请|可以?|欢迎)(?:随时)?(?:告诉我|告知我|跟我说|联系我)(?![们局委办县市区])[^。\n（）]{{0,16}}|请随时(?:告知|提出|说明)){_ENDS}"
    rf"|{_FRAME}(?:希望|愿)(?:以上|这[份篇个些]|上述|能)?[^。\n（）]{{0,14}}(?:对您有(?:所)?帮助|能帮到您|符合您的(?:要求|需要|需求|期望|预期)|让您满意){_ENDS}"
    rf"|{_FRAME}(?:是否)?需要我(?:继续|帮您|为您|再|进一步|补充|调整|把|将)[^。\n（）]{{0,30}}(?:[吗呢][？?]?|[？?]){_ENDS}"
    rf"|{_FRAME}(?:我已|我已经|已(?:经)?为您|我(?:为|帮)您)[^。\n（）]{{0,24}}(?:修改|调整|润色|生成|整理|扩写|精简|优化|完成)[^。\n（）]{{0,16}}(?:如下|版本|全文|内容|文稿|总结|报告|完毕|好了)?[：:。]"
    rf"|{_FRAME}您可以?(?:根据|按照|结合|在此基础上)[^。\n（）]{{0,24}}(?:调整|修改|补充|替换|增删|完善|润色)[^。\n（）]{{0,14}}{_ENDS}"
    rf"|{_FRAME}请(?:您)?(?:根据|按照|结合)(?:贵单位|您的?|本单位|自身)?(?:实际|具体|真实)?情况?[^。\n（）]{{0,10}}(?:替换|填写|补全|修改)(?:上述|以上|文中|括号|方括号|相关|具体)[^。\n（）]{{0,14}}{_ENDS}"
    rf"|{_FRAME}(?:注[：:]|说明[：:])?(?:以上|上述|文中|本文)?(?:所有)?(?:数据|数字|案例|内容)(?:均|都|仅)?(?:为|是)(?:示例|虚构|模拟|占位|假设)[^。\n（）]{{0,24}}{_ENDS}"
    rf"|{_FRAME}(?:以下|下面)(?:是|为)(?:一[份篇个]|根据您|按您|为您|按照您|重新|润色|修改|优化|扩写|精简)[^。\n（）]{{0,40}}(?:供您参考|仅供参考|版本|初稿|范文|总结|报告|文稿|全文|示例)(?:[^。\n（）一-龥]{{0,2}}供您参考)?[：:]"
)
#: What a colleague says to another: 小刘，这里再加一个案例， and 王科，数据再核一下。
_CALLED = rf"(?:[小老](?:{alternation('surname')})|(?:{alternation('surname')})(?:科长?|主任|局长?|处长?|工|姐|哥|总|书记|秘书))"
_ASKED = (
    r"(?:(?:请|你|麻烦|帮忙|再|先)[一-龥]{0,6})?(?:这里|这段|这一段|这句|这一句|此处|此段|本段|这个(?:数|数字|数据|案例)|数据|数字|后面|前面|上面|下面|上一段|标题|表格|附件|口径)?"
    r"[一-龥]{0,4}?(?:再|还要|还得|还需|要|需要|请|得|帮忙|你|先)[一-龥]{0,4}?(?:加|补|改|删|核|写|查|确认|压缩|精简|展开|润色|充实|细化|更新|替换|换|问|对)[一-龥\d]{0,12}"
)
_NOTED = compiled(rf"(?:@?{_CALLED}[，,：:]{_ASKED})(?=[，,。；！!\n）)]|\Z)[，,。；！!]?")
#: The same to nobody by name: 这里再加一个案例。
_UNADDRESSED = compiled(
    r"(?:这里|此处|这一段|这段|这句话?|这一句|本段|此段|上一段|下一段)(?:还|也|最好)?(?:再|要再|需要?再?|还要|应再|得|可以?再|建议再?)(?:加|补|补充|写|删|压缩|精简|展开|润色|充实|细化|配|放|插)(?:上|入|去|掉)?(?:[一两几\d]{0,2}[个句段张条点组些下]|数据|案例|例子|图|表)[一-龥]{0,8}[，,。；！!]"
)


def spoken(text: str) -> Iterator[re.Match[str]]:
    """What is said about the text in it, sentence by sentence."""
    for pattern in (_OFFERED, _NOTED, _UNADDRESSED):
        for match in pattern.finditer(text):
            before = text[match.start() - 1 : match.start()]
            if not before or before in "。！？；\n\r 　（(【[”":
                yield match
