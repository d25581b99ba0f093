"""TY009: words of which one character is misprinted."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.errors import RegistryError
from reportlint.finding import Outcome, Severity
from reportlint.rule import rule
from reportlint.segment import dictionary
from reportlint.span import Span
from reportlint_rules.typos.coined import known
from reportlint_rules.typos.collocations import missed
from reportlint_rules.typos.doubled import doubled
from reportlint_rules.typos.doubts import (
    RIGHT,
    Doubt,
    accepted,
    counted,
    echoed,
    in_use,
    left_alone,
    out_of_scope,
    told,
)
from reportlint_rules.typos.improbable import sure
from reportlint_rules.typos.misprints import FIELD, Misprint, Misprints
from reportlint_rules.typos.pairs import counts, marks
from reportlint_rules.typos.phrases import broken
from reportlint_rules.typos.runs import REMEMBERED, runs
from reportlint_rules.typos.wordbook import wordbook
from reportlint_rules.typos.words import slips

#: How likely a misprint has to be.
LIKELY = 0.92
#: How likely one is before which a word gives way that the segmenter's dictionary knows less than so well.
_SURE, _USED = 0.95, 20
#: What stands for the characters before the first and after the last.
_EDGE = "\n" * FIELD
#: What stands before any verb: 班列|年|开行, 港口|日|吞吐.
_TIMES = "年月日时"
#: After a figure stands a measure, of which there are many.
_FIGURES = tuple("0123456789万亿")

_RIGHT = RIGHT | frozenset(_TIMES)


@lru_cache(maxsize=1)
def misprinted(analysis: Analysis) -> tuple[Doubt, ...]:
    """The misprinted words of which no other rule speaks, in order."""
    text, model, book = analysis.reading.text, runs(), wordbook()
    if book.characters != model.characters:
        raise RegistryError("错别字词表与模型不是同一版本：请重新安装 reportlint")
    look = Misprints(counts(model), book, model.read(text), left_alone(analysis))
    padded = _EDGE + text + _EDGE
    found = [
        each._replace(at=at)
        for at in look.places(marks(analysis), lambda at: _spared(analysis, at))
        for each in _sure(padded[at : at + 2 * FIELD + 1])
    ]
    found.sort(key=lambda each: -each.chance)
    if not found:
        return ()
    taken = [at for at, _ in (*slips(analysis), *doubled(analysis))] + [slip.at for slip in broken(analysis)]
    taken += [miss.whole for miss in missed(analysis)] + [doubt.at for doubt in sure(analysis)]
    kept: list[Doubt] = []
    for one in found:
        at = Span(one.at, one.at + 1)
        doubt = Doubt(at, one.right, one.chance, LIKELY, ())
        if any(at.meets(other) for other in taken) or _lawful(text, doubt):
            continue
        taken.append(at)
        kept.append(doubt)
    return tuple(sorted(kept))


@lru_cache(maxsize=REMEMBERED)
def _sure(around: str) -> tuple[Misprint, ...]:
    """The sure misprints in the middle of ``around``: what lies beyond does not matter, and the same comes again."""
    if known(around[FIELD - 1 : FIELD + 1]) or known(around[FIELD : FIELD + 2]):
        return ()  # part of a word
    model = runs()
    look = Misprints(counts(model), wordbook(), model.read(around), bytearray(len(around)))
    return tuple(look.found((FIELD,), LIKELY))


def _spared(analysis: Analysis, at: int) -> bool:
    """Whether the character at ``at`` is right, whatever one would put in its place."""
    text = analysis.reading.text
    one = text[at]
    return one in _RIGHT or counted(text, at) or echoed(text, at) or in_use(analysis, at)


def _lawful(text: str, doubt: Doubt) -> bool:
    at = doubt.at.start
    return (
        out_of_scope(text, doubt)
        or accepted(text, doubt)
        or text[max(0, at - 1) : at] in _FIGURES  # 9.6万宗
        or any(
            (dictionary().get(text[place : place + 2]) or 0) >= (_USED if doubt.likelihood >= _SURE else 1)
            for place in (at - 1, at)
            if place >= 0
        )  # 城南, 防制
    )


@rule(
    "TY009",
    "broken-word",
    severity=Severity.WARNING,
    bad=(
        "开通定制公交线路，延长运营时⟦闻⟧。",
        "做好群众的思想引⟦寻⟧工作。",
    ),
    good=(
        "开通定制公交线路，延长运营时间。",
        "支持冀货出海，办好晋菜美食节。",
    ),
)
def broken_word(analysis: Analysis) -> Iterator[Outcome]:
    """一字之差、不成词的地方。

    两个字连在一起不成词，前后三字也从没有这样写过；把其中一个换成音近、形近的字，就是常用词，与前后文也通。由随包的语言模型和词表一起
    判断，比 improbable-character 看的地方多：前后搭配少见、但词本身常用的错字，多由本规则查出。大约每三十万字正确的公文误报一处。

    不看：引号、书名号里的字，地名、单位名、人名，省份简称，配置的 terms，以及文中两次以上同样写法的词。
    """
    for doubt in misprinted(analysis):
        yield told(analysis, doubt)
