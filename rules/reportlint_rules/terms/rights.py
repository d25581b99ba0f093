"""TM009: 权利 and 权力 in each other's place."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Applicability, Finding, Fix, Message, Outcome, Replacement, Severity
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span

_HOLDERS = (
    "公民|妇女|儿童|未成年人|老年人|残疾人|劳动者|消费者|职工|当事人|相对人|村民|居民|群众|股东|学生|患者|农民工|投资者"
)
_POWER = compiled(
    r"(?:(?:行政|公共|公|执法|审批|用人|监督执纪)(权利)(?!人|义务|和义务|与义务|救济|保障|主体))"
    r"|(权利)(?=清单|运行|制约|寻租|下放|腐败|机关|任性|的?笼子)"
)
#: Who has rights, not powers: 患者权利清单, 企业权利清单, 向纳税人发放权利清单.
_PERSONS = compiled(rf"(?:[人者民众员东户客]|业主|职工|学生|企业)的?$|[向为对给][^，。；：、\n]+$|{_HOLDERS}")
#: So far before a list stands whose it is: 向纳税人发放权利清单.
_BEFORE = 10
_RIGHT = compiled(
    rf"(?:{_HOLDERS})的?(?:合法|基本|民主|财产|人身|平等)?(权力)(?!机构|机关|赋予)|(?:民事|诉讼|受教育|财产|人身|平等|知情|参与)(?:的)?(权力)(?!机构|机关|分配)"
    r"|民主(权力)(?=[，。；、]|意识|得到|保障)"
    r"|(权力)(?=人(?!员|士|才|民|大|事|人|格)|、?义务|和义务|与义务)"
)


def _of_persons(text: str, start: int, end: int) -> bool:
    """Whether ``权利`` is the first word of a list of what citizens may claim: 患者权利清单, 权利清单和义务清单."""
    if not text.startswith("清单", end):
        return False
    stop = max(text.rfind(mark, 0, start) for mark in "，。；：、\n") + 1
    clause = text[max(stop, start - _BEFORE) : start]
    behind = text[end + 2 : end + 8]
    return _PERSONS.search(clause) is not None or "义务" in behind or "权力清单" in behind


@rule(
    "TM009",
    "right-or-power",
    severity=Severity.WARNING,
    triggers=("权利", "权力"),
    bad=("编制公布⟦权利⟧清单36项，规范⟦权利⟧运行。", "依法维护职工合法⟦权力⟧，办结投诉26件。"),
    good=(
        "编制公布权力清单36项，规范权力运行。",
        "依法维护职工合法权利，办结投诉26件。",
        "权力来自人民，公民享有监督权利。",
    ),
)
def right_or_power(analysis: Analysis) -> Iterator[Outcome]:
    """“权利”和“权力”用反了。

    机关行使的是“权力”（权力清单、行政权力），公民、法人享有的是“权利”（合法权利、权利人、权利和义务）。

    “权力机关”“权力机构”不算；两可的搭配（行使权利、监督权力）不报。
    """
    text = analysis.reading.text
    for word, right, pattern in (("权利", "权力", _POWER), ("权力", "权利", _RIGHT)):
        if word not in text:
            continue
        for match in pattern.finditer(text):
            if match[0] == word == "权利" and _of_persons(text, *match.span()):
                continue
            span = analysis.span(Span(*match.span(match.lastindex or 0)))
            who = "机关行使的是“权力”" if right == "权力" else "公民、法人享有的是“权利”"
            yield Finding(
                span,
                Message(f"{who}，这里的“{word}”应为“{right}”", f"write {right} for {word} here"),
                suggestion=right,
                fix=Fix(f"改为“{right}”", Applicability.UNSAFE, (Replacement(span, right),)),
            )
