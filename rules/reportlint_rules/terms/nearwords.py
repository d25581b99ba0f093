"""TM010: words of near sound or sense in each other's place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.files import beside, lines
from reportlint.finding import Applicability, Finding, Fix, Message, Outcome, Replacement, Severity
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.rule import rule
from reportlint.span import Span


class _Pair(NamedTuple):
    wrong: str
    right: str
    pattern: re.Pattern[str]
    severity: Severity
    why: str


@lru_cache(maxsize=1)
def _pairs() -> tuple[_Pair, ...]:
    levels = {"info": Severity.INFO, "warning": Severity.WARNING}
    cells = (row.split("\t") for row in lines(beside(__file__, "usage.tsv")))
    return tuple(
        _Pair(wrong, right, compiled(pattern), levels[level], why) for wrong, right, pattern, level, why, _ in cells
    )


@rule(
    "TM010",
    "near-word",
    severity=Severity.WARNING,
    triggers=(
        "以至",
        "以致",
        "起用",
        "必需",
        "反应",
        "反映",
        "度过",
        "渡过",
        "考查",
        "淡泊",
        "爆发",
        "侦察",
        "增值",
        "增殖",
        "处于",
        "查看",
        "启示",
        "品味",
    ),
    bad=(
        "宣传不到位，⟦以至⟧部分群众不了解政策。",
        "新系统正式⟦起用⟧，⟦起用⟧新的公章。",
        "收集⟦反应⟧问题85条，提升应急⟦反映⟧能力。",
    ),
    good=(
        "宣传不到位，以致部分群众不了解政策。从乡镇以至村组，都要落实责任。",
        "新系统正式启用，起用年轻干部12名。",
        "收集反映问题85条，反映强烈的问题全部办结，应急反应迅速。",
        "储备生活必需品，严禁刑事侦查中的违法行为，增值税留抵退税3亿元。",
    ),
)
def near_word(analysis: Analysis) -> Iterator[Outcome]:
    """音近义近的词用错了地方：“以至”与“以致”、“起用”与“启用”、“反应”与“反映”。

    两个词都对，只是意思不同，由前后的词来定：不好的结果前面用“以致”，系统、印章是“启用”，把情况告诉人是“反映”。

    只在前后的词没有第二种读法时报；词表在 `terms/usage.tsv`。
    """
    text = analysis.reading.text
    for pair in _pairs():
        if pair.wrong not in text:
            continue
        for match in analysis.matches(pair.pattern):
            span = analysis.span(Span(*match.span(match.lastindex or 0)))
            yield Finding(
                span,
                Message(f"“{pair.wrong}”应为“{pair.right}”：{pair.why}", f"write {pair.right} for {pair.wrong} here"),
                suggestion=pair.right,
                fix=Fix(f"改为“{pair.right}”", Applicability.UNSAFE, (Replacement(span, pair.right),)),
                severity=pair.severity,
            )
