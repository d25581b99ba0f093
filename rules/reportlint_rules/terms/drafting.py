"""TM007: 制定 and 制订 for the same work."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Message, Outcome, Related, Severity
from reportlint.gathered import gathered, times
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span

_VERB = compiled(r"(?<![编修控])(制[定订])(?!者|权|人)")
#: What is drafted (拟订), as custom has it: for the rest 制定 is the word.
_DRAFT = compiled(r"[^，。；、：\n]{0,16}?(计划|方案|规划|草案|预案|教案|菜单)")


@rule(
    "TM007",
    "drafting-verb",
    severity=Severity.INFO,
    triggers=("制订",),
    bad=("⟦制订⟧年度执法检查方案。制定《信访工作办法》，制定整改方案36个。",),
    good=(
        "制定《信访工作办法》，制订年度执法检查计划。",
        "制定年度执法检查方案。制定《信访工作办法》。",
        "制订学习计划。编制定额标准，开展地方标准制修订工作。",
    ),
)
def drafting_verb(analysis: Analysis) -> Iterator[Outcome]:
    """“制定”和“制订”混用。

    “制定”重在定下来（法规、制度、措施），“制订”重在拟订（方案、计划的草案）；一般都可以写“制定”。一篇里两种都用而没有区别，应当统一。全文只报
    一次。

    “制修订”“编制定额”不算；只用一种的、“制订”只用于计划和方案而“制定”不用于它们的，不报。
    """
    text = analysis.reading.text
    if "制订" not in text or "制定" not in text:
        return
    forms: dict[str, list[Span]] = {"制定": [], "制订": []}
    drafts: dict[str, set[str]] = {"制定": set(), "制订": set()}
    for match in _VERB.finditer(text):
        forms[match[1]].append(analysis.span(Span(*match.span(1))))
        draft = _DRAFT.match(text, match.end())
        drafts[match[1]].add(draft[1] if draft else "")
    if "" not in drafts["制订"] and not drafts["制定"] & drafts["制订"]:
        return  # drafts are 制订, the rest 制定: the writer keeps the two apart
    few, many = sorted(forms, key=lambda form: (len(forms[form]), form == "制定"))
    if forms[few]:
        finding = gathered(
            forms[few],
            Message(
                f"“{few}”{times(forms[few])}与“{many}”（{len(forms[many])} 处）混用，请统一",
                f"{few} and {many} are mixed",
            ),
            many,
        )
        yield finding._replace(related=(*finding.related, Related(forms[many][0], "多数的写法")))
