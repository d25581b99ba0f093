"""PH001: marks that stand for something nobody filled in."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from reportlint.analysis import Analysis
from reportlint.document import BlockKind
from reportlint.emphasis import bold_marks
from reportlint.finding import Finding, Message, Outcome, Severity
from reportlint.numerals import HAN_NUMERAL
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span
from reportlint.units import HOMOGRAPH, UNIT_PATTERN
from reportlint_rules.placeholders.lexicon import WORDS, alternation

_X = "XxＸｘ×"
_DIGITS = "0123456789０１２３４５６７８９.．"
#: A run of mark characters, with the digits that are already there (202X, 20**, 8.X, 20xx9).
_MARK = compiled(
    rf"[0-9０-９]+[.．](?:[{_X}]+|[*＊]+)|(?:19|20)[0-9]?[_＿]{{1,2}}(?=年)|[0-9０-９]*(?:[{_X}]+|[*＊]+)(?:[.．](?:[{_X}]+|[*＊]+))?[0-9０-９]*|[_＿]{{2,}}"
    rf"|[○◯□△◇●☆◎■]+|〇{{2,}}|某某+|(?<=[一-龥])(?:…{{1,2}}|\.{{3,6}})(?=\s*(?:{alternation('bare_unit')}|[户场个件家名项次起处条份座辆台](?![户场个件家名项次起处条份座辆台])))"
)
_UNIT = compiled(rf"\s*(?:余|多|[百千]?[万亿]|{UNIT_PATTERN}|％|年|月|日|时|℃|岁|号)")
_THING = compiled(rf"\s*(?:{alternation('thing')})")
_MODEL = compiled(rf"(?:{alternation('model')})")
_AMBIGUOUS_UNIT = compiled(r"片|类|级|线|路|型|道|面|口|门|号|节|字|码|成|度|分|支|组|队|班")
#: What introduces a figure, so that even a single mark at a clause's end stands for one.
_INTRO = compiled(
    r"(?:为|达|达到|约|共|计|是|至|到|于|第|余|近|超过|有|占|得|名称|电话|姓名|邮编|地址|时间|日期)[:：]?\s*$"
)
_PUNCTUATION = "，。；：、！？,.;:!?）)》”】]（(《“【[\n\r\t |—～~"
_SKIPPED = frozenset({BlockKind.CODE, BlockKind.COMMENT, BlockKind.RULE, BlockKind.META})
#: Addresses and file names, each looked for only where its own mark stands.
_NAMES = (
    ("://", compiled(r"(?:https?|ftp)://[^\s一-龥，。；）]+")),
    ("www.", compiled(r"www\.[^\s一-龥，。；）]+")),
    ("@", compiled(r"[\w.-]{1,64}@[\w.-]{1,255}")),
    ("*.", compiled(r"[\w\\/.-]{0,80}\*\.[A-Za-z]{2,5}\b")),
)
#: One of these is in every mark, and before it at most so many digits are looked back over.
_CORE = compiled(rf"[{_X}*＊_＿○◯□△◇●☆◎■〇某….](?:(?<!\.)|\.\.)")
_LOOK_BACK = 40


@rule(
    "PH001",
    "placeholder-mark",
    severity=Severity.ERROR,
    bad=(
        "上半年完成投资⟦XX⟧亿元，同比增长⟦X.X⟧%。",
        "组织理论学习⟦**⟧次，干部集中学习⟦**⟧次。",
        "⟦202X⟧年⟦X⟧月⟦X⟧日，召开动员部署会。",
        "惠及群众8779户⟦20xx9⟧人。",
    ),
    good=(
        "XX型装备通过验收，新增2×66万千瓦机组。",
        "**大气方面**，成立督查组，检查**重点**工地15家。",
        "“张××无证从事电焊作业案”被通报，联系电话138****5678。",
        "各单位填报“××××年度工作总结”（××××为年份），按统一格式报送。",
        "实施“数据要素×”行动，推广“双尖双领+X”模式。",
    ),
)
def placeholder_mark(analysis: Analysis) -> Iterator[Outcome]:
    """未替换的占位符。

    模板里的“XX亿元”“**次”“X月X日”“____”“202X年”留在了正式稿里。数字要等别的科室报来，先打上记号，最后忘了填，是半年总结里最常见的错。

    Markdown 加粗、乘号（2×66万千瓦）、型号（XX型）、隐去的人名（张××）和号码（138****5678）、“+X”一类提法不算。
    """
    text = analysis.document.text
    if not any(
        mark in text
        for mark in (
            *"XxＸｘ×*＊_＿○◯□△◇●☆◎■〇某…？?NMnm",
            "...",
            "00",
            "##",
            "#%",
            "#万",
            "#亿",
            "--",
            "【】",
            "【 ",
            "【　",
            "＃＃",
            "@@",
            "＠＠",
            "（ ",
            "（　",
            "( ",
            "（）",
            "()",
            "  ",
            "　　",
            "电话",
            "手机",
            "传真",
            "号码",
        )
    ):
        return
    bold = {span.start for span in bold_marks(text)} if "**" in text else set()
    skipped = [block.span for block in analysis.document.blocks if block.kind in _SKIPPED]
    for hint, pattern in _NAMES:
        if hint in text:
            skipped += [Span(*match.span()) for match in pattern.finditer(text)]
    skipped.sort()
    for match in _marks(text):
        span = Span(*match.span())
        if span.start in bold or _among(span, skipped) or _spoken_of(text, span):
            continue
        if _stands_open(text, match):
            yield _open(span, match[0])
    for span in (*_letters(text), *_blanks(text)):
        if not _among(span, skipped):
            yield _open(span, text[slice(*span)])


def _open(span: Span, mark: str) -> Finding:
    return Finding(
        span, Message(f"占位符“{mark}”没有替换，请填写实际内容", f"placeholder “{mark}” was never filled in")
    )


#: ？？万元, 编制N名: a question mark or a letter where a figure belongs.
_QUESTION = compiled(
    rf"(?<=[一-龥])(?<![吗呢么何谁哪否])(?:[？?]{{2,4}}(?=[个家件起名项次户人条处份万亿元])|[？?](?=(?:{alternation('bare_unit')}|公里|平方米|万元|亿元|亩|吨)(?![一-龥])|[个件起名项次户人条处份张台辆座所场期宗](?![别性体])(?=[一-龥]{{0,2}}[，。；、）])))"
)
_LETTER = compiled(
    rf"[NMnm](?<=[一-龥].)(?=(?:{alternation('bare_unit')}|[个家件起名户人条处份元张台辆座所项次亩](?![一-龥]?性|体|别|人|案|民)))"
)
#: A letter before a unit that is measured, not counted: 管网N公里.
_LETTER_MEASURED = compiled(
    rf"[NＮ](?<=[一-龥].)(?=(?:{alternation('bare_unit')}|公里|平方米|亩|吨|千瓦)(?![一-龥]?性))"
)
_SENTENCE = compiled(r"[^。！？\n]*")
#: What a blank stands before: a unit that ends a clause, or one that is counted in.
_BLANK_UNIT = rf"(?:{alternation('bare_unit')}|[万亿]?元|人次|公里|平方米|[个件起名项次户人条处份张台辆座所场期宗亩吨](?=[一-龥]?[，。；、）\n]|[一-龥]{{2}}))"
#: （ ）处, 受理　　件: an empty bracket or a stretch of spaces where a figure belongs.
_BLANKS = (
    (
        compiled(rf"[（(](?:(?<=[一-龥].)[ 　]*[）)](?={_BLANK_UNIT})|(?<=第.)[ 　]*[）)](?=[期次批号季]))"),
        ("（", "("),
    ),
    (
        compiled(
            r"[ 　](?<=[一-龥：:].)[ 　]+(?=(?:万元|亿元|元|人次|公里|平方米|[个件起名项次户人条处份张台辆座所场期宗亩吨])(?:[，。；、）]|$))"
        ),
        ("  ", "　　"),
    ),
    (
        compiled(rf"[#＃@＠](?<=[一-龥].)[#＃@＠]+(?={_BLANK_UNIT}|\s*%|个百分点)"),
        ("##", "＃＃", "@@", "＠＠"),
    ),
    (compiled(rf"0(?<=[一-龥].)0{{1,5}}(?:\.0{{1,4}})?(?={_BLANK_UNIT})"), ("00",)),
    (
        compiled(
            r"(?:电话|手机|传真|号码)[:：][ 　]?(?P<open>(?:0{3,4}-?)?0{6,8}|0{11}|1?23456789(?:01?|10)?|12345678|13800138000)(?!\d)"
        ),
        ("电话", "手机", "传真", "号码"),
    ),
    (compiled(r"[（(](?<=[一-龥].)[ 　]+[）)](?=[一-龥])"), ("（ ", "（　", "( ", "(　")),
    (compiled(r"#(?<=[一-龥].)(?=[%％]|[万亿]元)"), ("#%", "#万", "#亿", "#％")),
    (
        compiled(
            rf"-(?<=[一-龥].)-{{1,3}}(?=(?:{alternation('bare_unit')})|(?:[万亿]?元|人次|[件个人名户家项次起])[，。；、）])"
        ),
        ("--",),
    ),
    (compiled(r"【(?<=[一-龥：，].)[ 　]*】(?=[一-龥，。；])"), ("【】", "【 ", "【　")),
    (compiled(r"(?<![\d.])(?:0000年(?:0{1,2}月)?(?:0{1,2}日)?|00月(?:00日)?)"), ("00月", "0000年")),
)


def _blanks(text: str) -> Iterator[Span]:
    """Empty brackets, spaces and zeros where a figure belongs."""
    for pattern, hints in _BLANKS:
        if any(hint in text for hint in hints):
            for match in pattern.finditer(text):
                yield Span(*match.span("open" if "open" in match.re.groupindex else 0))


def _letters(text: str) -> Iterator[Span]:
    """Question marks and letters that stand for figures; a letter alone may mean any number (走访N次): two in a sentence do not."""
    for match in _QUESTION.finditer(text) if "？" in text or "?" in text else ():
        yield Span(*match.span())
    if not any(letter in text for letter in "NMnmＮ"):
        return
    for match in _LETTER_MEASURED.finditer(text):
        if not _VARIABLE.search(text, max(0, match.start() - 40), match.start()):
            yield Span(*match.span())
    yield from _lone_letters(text)
    if len(_LETTER.findall(text)) < 2:
        return
    for sentence in _SENTENCE.finditer(text):
        found = [Span(*match.span()) for match in _LETTER.finditer(text, *sentence.span())]
        if len(found) > 1 and "+" not in sentence[0] and "＋" not in sentence[0]:
            yield from found


def _lone_letters(text: str) -> Iterator[Span]:
    """引进博士3名、硕士20名，引进专家N名: beside figures in the same measure a letter does not mean any number."""
    for match in _LETTER.finditer(text):
        start = max(text.rfind(mark, 0, match.start()) for mark in "。！\n") + 1
        figure = compiled(rf"\d{text[match.end() : match.end() + 1]}").search(text, start, match.start())
        alone = len(_LETTER.findall(text, start, match.end())) < 2
        if text[match.start()] in "NＮ" and figure and alone and not _VARIABLE.search(text, start, match.start()):
            yield Span(*match.span())


def _marks(text: str) -> Iterator[re.Match[str]]:
    """Every mark with the digits around it, in order: as the expression would find them, but only where one of its signs stands."""
    end = 0
    for core in _CORE.finditer(text):
        at = core.start()
        if at < end:
            continue
        start = at
        while start > end and at - start < _LOOK_BACK and text[start - 1] in _DIGITS:
            start -= 1
        match = next((found for place in range(start, at + 1) if (found := _MARK.match(text, place))), None)
        if match is not None:
            end = match.end()
            yield match


def _among(span: Span, others: Sequence[Span]) -> bool:
    """Whether one of ``others``, which ascend, shares a character with ``span``."""
    last = bisect_left(others, span.end, key=lambda other: other.start)
    return any(other.meets(span) for other in others[max(0, last - 3) : last])


#: Words that speak of the marks themselves: 出现“××县”等未修改的文字.
_MENTIONED = compiled(r"字样|未修改|未替换|未更换|未填写|占位|照抄|代替|替代")
_VARIABLE = compiled(r"[+＋][XxＸ×N]")
#: What says what a mark stands for: （××××为年份）, 其中XX代表序号.
_SAID = compiled(
    r"(?:为|是|代表|表示|指)(?:[一-龥]{0,8}(?:年份?|年度|序号|编号|代码|名称|简称|日期|月份|数字|单位|流水号|姓名|区划))[）)，。；、]"
)
_EXPLAINED = compiled(
    r"[（(，,。；](?:其中|式中|上式中)?[“‘]?[XxＸ×*＊○〇N_]{1,6}[”’]?(?:为|是|代表|表示|指)[一-龥]{0,8}(?:年份?|年度|序号|编号|代码|名称|简称|日期|月份|数字|单位|流水号|姓名|区划)[）)，。；、]"
)


def _spoken_of(text: str, span: Span) -> bool:
    """Whether the mark is mentioned, not used, or stands for a number that a formula in the sentence leaves open (1＋X)."""
    before, after = text[max(0, span.start - 40) : span.start], text[span.end : span.end + 40]
    quoted = before.rfind("“") > before.rfind("”") and "”" in after
    if quoted and (_MENTIONED.search(before) or _MENTIONED.search(after)):
        return True
    if _EXPLAINED.search(after) or (before.endswith(("（", "(", "其中", "式中")) and _SAID.match(after)):
        return True  # “××××年度工作总结”（××××为年份）
    return text[span.start] in "XxＸN" and _VARIABLE.search(before) is not None and "。" not in before


def _counts(text: str, at: int) -> bool:
    """Whether a unit stands at ``at``: 个 and 万元 do, 个体 does not."""
    return _UNIT.match(text, at) is not None and HOMOGRAPH.match(text, at) is None


def _stands_open(text: str, match: re.Match[str]) -> bool:
    mark = match[0]
    core = mark.strip("0123456789０１２３４５６７８９.．")
    before, after = text[max(0, match.start() - 8) : match.start()], text[match.end() : match.end() + 14]
    if not core:
        return HOMOGRAPH.match(text, match.end()) is None
    kind = core[0]
    if kind in _X:
        if _MASKED.search(mark):
            return False
        return _open_cross(mark, core, before, after)
    if kind in "*＊":
        return _open_star(text, match, core, before, after)
    if kind in "_＿":
        return core != mark or _open_line(text, match, before, after)
    if kind in "○◯〇□△◇●☆◎■":
        return _open_circle(core, before, after)
    if kind == "某":
        named = (
            before[-1:] in WORDS["surname"] or before[-1:] in WORDS["party"] or before[-2:] in WORDS["double_surname"]
        )
        if named or after.startswith(("某", "人")):
            return False
        # 被告人王××，某某公司员工: in such a paper the other names are withheld too
        near = text[max(0, match.start() - _PAPER) : match.end() + _PAPER]
        return _PARTIES.search(near) is None or _counts(after, 0)
    return True


#: Who is told of in papers of a case, and how far from a name that is withheld.
_PARTIES = compiled(r"被告|原告|嫌疑人|被害人|上诉人|申请人|被执行人|当事人|申诉人|罪犯")
_PAPER = 60


def _open_cross(mark: str, core: str, before: str, after: str) -> bool:
    """X and ×: multiplication, models, masked names and Latin words are none."""
    last, first = before[-1:], after[:1]
    if last and (last.isascii() and last.isalnum() or last in "+＋-*/=.") or (first.isascii() and first.isalnum()):
        return False
    if mark != core and not _ALL_CROSSES.fullmatch(mark):
        return _partly_filled(mark, after)
    if len(core) == 1 or _ONE_PLACE.fullmatch(core):
        return _open_single(core, before, after)
    if _MODEL.match(after) and not _counts(after, 0):
        return False
    if core.strip("×") == "" and last and last in "县市区镇乡村路街" and not _counts(after, 0):
        return False  # 洛桥县××养老服务中心: withheld in a notice of cases
    # 张××: a person whose name is withheld, unless the word before merely ends in such a character.
    return not (last in WORDS["surname"] and not _counts(after, 0) and len(core) <= 3)


_ALL_CROSSES = compiled(rf"[{_X}.．]+")
_ONE_PLACE = compiled(rf"[{_X}][.．][{_X}]+")
#: A telephone number of which the middle is withheld.
_MASKED = compiled(rf"[0-9][{_X}*＊]{{2,}}[0-9]{{3,}}")
_AREA = compiled(r"省|市|县|区|镇|乡|村|局|单位|公司")


def _open_single(core: str, before: str, after: str) -> bool:
    """One X or × (or X.X): only where nothing but a figure or a name can be meant."""
    last, first = before[-1:], after[:1]
    if last == "第" or (last and last in "（(" and first and first in "）)" and _counts(after, 1)):
        return True
    if (first and first in "+＋") or _MODEL.match(after):
        return False
    if (first == "号" and last and last in "〕]］") or (first == "类" and _INTRO.search(before)):
        return True
    if _counts(after, 0) and not _AMBIGUOUS_UNIT.match(after):
        return core != "×" or not _FACTOR.search(before)
    if _INTRO.search(before) and (not first or first in _PUNCTUATION):
        return True
    return core != "×" and _AREA.match(after) is not None and (not last or last in _PUNCTUATION or "一" <= last <= "龥")


#: Words after which × multiplies or names: 驻村人数×天数, 数据要素×, 一般公共预算×部门.
_FACTOR = compiled(r"[素融+数额价率量费算]$")


def _partly_filled(mark: str, after: str) -> bool:
    """202X年, 20xx9人: a number of which some digits are still open; 2×66, 415X and X217 are names or products."""
    if compiled(rf"(?:19|20)[0-9]?[{_X}]{{1,2}}").fullmatch(mark):
        return True
    if mark.count("×") == 1 and "X" not in mark.upper().replace("×", ""):
        return (
            len(mark) > 2
            and mark.endswith("×")
            and compiled(r"\s*(?:个|项|家|件|次|名|年|月|日|%|万元|亿元|人)").match(after) is not None
        )
    if compiled(rf"[0-9０-９]*[{_X}][0-9０-９]+").fullmatch(mark):
        return False
    return _counts(after, 0) or compiled(rf"[0-9]+[.．][{_X}]+").fullmatch(mark) is not None


def _open_star(text: str, match: re.Match[str], core: str, before: str, after: str) -> bool:
    """Stars: rules, bullets, footnotes, globs, products and masked numbers are none."""
    mark = match[0]
    line_start = max(text.rfind("\n", 0, match.start()), text.rfind("\r", 0, match.start())) + 1
    line_end = text.find("\n", match.end())
    line = text[line_start : len(text) if line_end < 0 else line_end]
    if not line.strip("*＊-_ \t\r"):
        return False
    if compiled(r"(?:19|20)[0-9]?[*＊]{1,2}").fullmatch(mark):
        return bool(compiled(r"\s*[年—-]").match(after))
    if mark[0].isdigit() and mark[-1].isdigit() and len(core) == 1:
        return False  # 4*100米
    if mark[-1].isdigit() or (mark[0].isdigit() and len(core) >= 3):
        return bool(mark[-1].isdigit() and mark[0].isdigit() and len(mark) < 7 and _counts(after, 0))
    if mark[0].isdigit():
        return bool(len(core) > 1 and _counts(after, 0))
    at_start = not text[line_start : match.start()].strip()
    if len(core) == 1:
        if at_start and not _counts(after, 0):
            return False
        return (
            bool(_counts(after, 0))
            and not _AMBIGUOUS_UNIT.match(after)
            and not (before[-1:].isascii() and before[-1:].isalnum())
            and not after[:1].isspace()
        )
    if _counts(after, 0) or _THING.match(after):
        return True
    # Two stars that neither pair up as bold nor precede a unit: before a punctuation mark they still stand for something.
    followed = not after or after[0] in _PUNCTUATION
    return (
        bool(before)
        and not at_start
        and (
            bool(_INTRO.search(before))
            if followed
            else "一" <= before[-1] <= "龥" and len(core) != 2 or bool(_INTRO.search(before))
        )
    )


def _open_line(text: str, match: re.Match[str], before: str, after: str) -> bool:
    """Lines to write on; a line of nothing else is a rule, __word__ is Markdown."""
    line_start = max(text.rfind("\n", 0, match.start()), text.rfind("\r", 0, match.start())) + 1
    line_end = text.find("\n", match.end())
    line = text[line_start : len(text) if line_end < 0 else line_end]
    if not line.strip("_＿ \t\r"):
        return False
    if (before[-1:].isascii() and before[-1:].isalnum()) or (after[:1].isascii() and after[:1].isalnum()):
        return False
    if _FORM.search(line) and len(_LINES.findall(line)) > 1:
        return False  # 承诺人（签字）：____: a form that others fill in
    if len(match[0]) == 2 and match[0] == "__":
        return bool(_counts(after, 0))
    return True


_LINES = compiled(r"[_＿]{2,}")
#: A line of a form to be signed.
_FORM = compiled(
    r"(?:签字|签名|签章|盖章|承诺人|填表人|经办人|审核人|负责人签|领取人|申请人|当事人|家长)[^：:]{0,10}[：:]\s*[_＿]|[_＿]\s*[（(](?:签字|签名|签章|盖章|手印)"
)


def _open_circle(core: str, before: str, after: str) -> bool:
    """○○局, ○月○日, □□; 二〇〇八年 and check boxes are none."""
    neighbours = before[-1:] + after[:1]
    if any(character in HAN_NUMERAL for character in neighbours if character):
        return False
    if core[0] == "■" and not _counts(after, 0):
        return False
    if len(core) == 1:
        return core in "○◯△" and bool(
            compiled(r"\s*(?:月|日|年|个|项|家|件|次|名|万元|亿元|%|市|县|区|局)").match(after)
        )
    if before[-1:] in WORDS["surname"] and len(core) <= 2 and not _counts(after, 0) and not _THING.match(after):
        return False  # 张○○: a person whose name is withheld
    if core[0] in "〇○◯" and (before[-1:].isdigit() or after[:1].isdigit()):
        return False
    return not (core[0] in "□◇" and before[-1:].isspace() and after[:1].isspace())
