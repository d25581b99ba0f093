"""PH001: marks that stand for something nobody filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.document import BlockKind
from reportlint.emphasis import bold_marks
from reportlint.finding import Finding, Message, Outcome, Severity
from reportlint.numerals import HAN_NUMERAL
from reportlint.rule import rule
from reportlint.span import Span
from reportlint.units import UNIT_PATTERN
from reportlint_rules.placeholders.lexicon import WORDS, alternation

_X = "XxＸｘ×"
#: A run of mark characters, with the digits that are already there (202X, 20**, 8.X, 20xx9).
_MARK = re.compile(
    rf"[0-9０-９]*(?:[{_X}]+|[*＊]+)(?:[.．](?:[{_X}]+|[*＊]+))?[0-9０-９]*|[_＿]{{2,}}|[○◯□△◇]+|〇{{2,}}|某某+|(?<=[一-龥])(?:…{{1,2}}|\.{{3,6}})(?=\s*(?:{alternation('bare_unit')}))"
)
_UNIT = re.compile(rf"\s*(?:[百千]?[万亿]|{UNIT_PATTERN}|％|年|月|日|时|℃|岁|号)")
_THING = re.compile(rf"\s*(?:{alternation('thing')})")
_MODEL = re.compile(rf"(?:{alternation('model')})")
_AMBIGUOUS_UNIT = re.compile(r"片|类|级|线|路|型|道|面|口|门|号|节|字|码|成|度|分|支|组|队|班")
#: What introduces a figure, so that even a single mark at a clause's end stands for one.
_INTRO = re.compile(r"(?:为|达|达到|约|共|计|是|至|到|于|第|余|近|超过|有|占|得|名称|电话|姓名|邮编|地址|时间|日期)[:：]?\s*$")
_PUNCTUATION = "，。；：、！？,.;:!?）)》”】]（(《“【[\n\r\t |—～~"
_SKIPPED = frozenset({BlockKind.CODE, BlockKind.COMMENT, BlockKind.RULE, BlockKind.META})
_URL = re.compile(r"(?:https?://|www\.|ftp://)[^\s一-龥，。；）]+|[\w.-]+@[\w.-]+|[\w\\/.-]*\*\.[A-Za-z]{2,5}\b")


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
        "实施“数据要素×”行动，推广“双尖双领+X”模式。",
    ),
)
def placeholder_mark(analysis: Analysis) -> Iterator[Outcome]:
    """未替换的占位符。

    模板里的“XX亿元”“**次”“X月X日”“____”“202X年”留在了正式稿里。数字要等别的科室报来，先打上记号，最后忘了填，是半年总结里最常见的错。

    Markdown 加粗、乘号（2×66万千瓦）、型号（XX型）、隐去的人名（张××）和号码（138****5678）、“+X”一类提法不算。
    """
    text = analysis.document.text
    if not any(mark in text for mark in "XxＸｘ×*＊_＿○◯□△◇〇某…."):
        return
    bold = {span.start for span in bold_marks(text)} if "**" in text else set()
    skipped = [block.span for block in analysis.document.blocks if block.kind in _SKIPPED]
    skipped += [Span(*match.span()) for match in _URL.finditer(text)]
    for match in _MARK.finditer(text):
        span = Span(*match.span())
        if span.start in bold or any(other.meets(span) for other in skipped):
            continue
        if _stands_open(text, match):
            yield Finding(
                span,
                Message(f"占位符“{match[0]}”没有替换，请填写实际内容", f"placeholder “{match[0]}” was never filled in"),
            )


def _stands_open(text: str, match: re.Match[str]) -> bool:
    mark = match[0]
    core = mark.strip("0123456789０１２３４５６７８９.．")
    before, after = text[max(0, match.start() - 8) : match.start()], text[match.end() : match.end() + 14]
    if not core:
        return mark[0] in "….…"
    kind = core[0]
    if kind in _X:
        return _open_cross(mark, core, before, after)
    if kind in "*＊":
        return _open_star(text, match, core, before, after)
    if kind in "_＿":
        return _open_line(text, match, before, after)
    if kind in "○◯〇□△◇":
        return _open_circle(core, before, after)
    if kind == "某":
        return before[-1:] not in WORDS["surname"] and not after.startswith(("某", "人"))
    return True


def _open_cross(mark: str, core: str, before: str, after: str) -> bool:
    """X and ×: multiplication, models, masked names and Latin words are none."""
    last, first = before[-1:], after[:1]
    if (last.isascii() and last.isalnum()) or (first.isascii() and first.isalnum()) or last in "+＋-*/=" and last:
        return False
    digits = mark != core and not re.fullmatch(rf"[{_X}.．]+", mark)
    if digits:
        return _partly_filled(mark, after)
    if len(core) == 1 or re.fullmatch(rf"[{_X}][.．][{_X}]+", core):
        if first in "+＋" and first or _MODEL.match(after):
            return False
        if _UNIT.match(after) and not _AMBIGUOUS_UNIT.match(after):
            return core != "×" or not re.search(r"[素融+]$", before)
        if core == "×":
            return bool(_INTRO.search(before)) and (not first or first in _PUNCTUATION)
        return bool(_INTRO.search(before)) and (not first or first in _PUNCTUATION) or bool(re.match(r"(?:省|市|县|区|镇|乡|村|局|单位|公司)", after) and (not last or last in _PUNCTUATION or "一" <= last <= "龥"))
    if _MODEL.match(after) and not _UNIT.match(after):
        return False
    if last in WORDS["surname"] and not _UNIT.match(after) and len(core) <= 3:
        # 张××: a person whose name is withheld, unless the word before merely ends in such a character.
        return False
    return True


def _partly_filled(mark: str, after: str) -> bool:
    """202X年, 20xx9人: a number of which some digits are still open; 2×66 and 4×4 are products."""
    if re.fullmatch(rf"(?:19|20)[0-9]?[{_X}]{{1,2}}", mark):
        return True
    if "×" in mark and len(re.findall("×", mark)) == 1:
        return bool(re.fullmatch(r"[0-9]+×", mark)) and bool(re.match(r"\s*(?:个|项|家|件|次|名|年|月|日|%|万元|亿元|人)", after)) and len(mark) > 2
    if re.fullmatch(rf"[0-9０-９]+[{_X}][0-9０-９]+", mark):
        return False
    return _UNIT.match(after) is not None or re.fullmatch(rf"[0-9]+[.．][{_X}]+", mark) is not None


def _open_star(text: str, match: re.Match[str], core: str, before: str, after: str) -> bool:
    """Stars: rules, bullets, footnotes, globs, products and masked numbers are none."""
    mark = match[0]
    line_start = max(text.rfind("\n", 0, match.start()), text.rfind("\r", 0, match.start())) + 1
    line_end = text.find("\n", match.end())
    line = text[line_start : len(text) if line_end < 0 else line_end]
    if not line.strip("*＊-_ \t\r"):
        return False
    if re.fullmatch(r"(?:19|20)[0-9]?[*＊]{1,2}", mark):
        return bool(re.match(r"\s*[年—-]", after))
    if mark[-1].isdigit() or (mark[0].isdigit() and len(core) >= 3):
        return bool(mark[-1].isdigit() and mark[0].isdigit() and len(mark) < 7 and _UNIT.match(after))
    if mark[0].isdigit():
        return bool(len(core) > 1 and _UNIT.match(after))
    at_start = not text[line_start : match.start()].strip()
    if len(core) == 1:
        if at_start and not _UNIT.match(after):
            return False
        return bool(_UNIT.match(after)) and not (before[-1:].isascii() and before[-1:].isalnum()) and not after[:1].isspace()
    if _UNIT.match(after) or _THING.match(after):
        return True
    # Two stars that neither pair up as bold nor precede a unit: before a punctuation mark they still stand for something.
    followed = not after or after[0] in _PUNCTUATION
    return bool(before) and not at_start and (bool(_INTRO.search(before)) if followed else "一" <= before[-1] <= "龥" and len(core) != 2 or bool(_INTRO.search(before)))


def _open_line(text: str, match: re.Match[str], before: str, after: str) -> bool:
    """Lines to write on; a line of nothing else is a rule, __word__ is Markdown."""
    line_start = max(text.rfind("\n", 0, match.start()), text.rfind("\r", 0, match.start())) + 1
    line_end = text.find("\n", match.end())
    line = text[line_start : len(text) if line_end < 0 else line_end]
    if not line.strip("_＿ \t\r"):
        return False
    if (before[-1:].isascii() and before[-1:].isalnum()) or (after[:1].isascii() and after[:1].isalnum()):
        return False
    if len(match[0]) == 2 and match[0] == "__":
        return bool(_UNIT.match(after))
    return True


def _open_circle(core: str, before: str, after: str) -> bool:
    """○○局, ○月○日, □□; 二〇〇八年 and check boxes are none."""
    neighbours = before[-1:] + after[:1]
    if any(character in HAN_NUMERAL for character in neighbours if character):
        return False
    if len(core) == 1:
        return core in "○◯△" and bool(re.match(r"\s*(?:月|日|年|个|项|家|件|次|名|万元|亿元|%|市|县|区|局)", after))
    if core[0] in "〇○◯" and (before[-1:].isdigit() or after[:1].isdigit()):
        return False
    return not (core[0] in "□◇" and before[-1:].isspace() and after[:1].isspace())
