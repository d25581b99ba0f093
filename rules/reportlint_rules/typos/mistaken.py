"""TY011: one of the characters that are often typed for one another, where only the other is ever written."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import compress

from reportlint.analysis import Analysis
from reportlint.files import beside, lines
from reportlint.finding import Outcome, Severity
from reportlint.rule import rule
from reportlint.span import Span
from reportlint.tables import table
from reportlint_rules.typos.coined import coined, known
from reportlint_rules.typos.doubts import Doubt, accepted, echoed, in_use, left_alone, out_of_scope, told
from reportlint_rules.typos.frames import framed
from reportlint_rules.typos.pairs import LOOSE, bits, marks
from reportlint_rules.typos.runs import EDGE, Runs, runs
from reportlint_rules.typos.spoken import spoken

#: How often (binary logarithm) the three characters around the place have to stand with the other one, those on one side of it, and
#: the commoner of these runs: nobody writes any of them with the one printed.
_AROUND, _BESIDE, _OFTEN = 2.0, 3.0, 5.0
#: Runs of four that stand so often say as much.
_WHOLE = 2.0
#: Runs of three say it alone, against a word, where they stand so often.
_VERY_OFTEN = 7.0
#: After a figure stands a measure word.
_FIGURES = frozenset("0123456789万亿")
#: What stands before the first character and after the last.
_EDGE = chr(EDGE) * 2


def _build(path: str) -> dict[str, str]:
    """For each character those that may be meant."""
    meant: dict[str, str] = {}
    for line in lines(path):
        characters, _, right = line.partition("\t")
        for each in characters:
            if each not in right:
                meant[each] = meant.get(each, "") + characters.replace(each, "")
    return meant


@lru_cache(maxsize=1)
def _meant() -> dict[str, str]:
    meant: dict[str, str] = table(beside(__file__, "mistaken.tsv"), _build)
    return meant


@lru_cache(maxsize=1)
def mistaken(analysis: Analysis) -> tuple[Doubt, ...]:
    """The characters put for another of which no other rule speaks, in order."""
    text, meant = analysis.reading.text, _meant()
    marked = marks(analysis)
    loose, free = bits(marked, LOOSE), ~int.from_bytes(left_alone(analysis), "little")
    # A bit for each place where two loose pairs begin, the character between them not masked.
    between = loose & loose >> 8 & free >> 8
    model = runs()
    row = f"{_EDGE}{model.read(text)}{_EDGE}"
    kept: list[Doubt] = []
    for at in compress(range(1, len(marked)), between.to_bytes(len(marked) + 1, "little")):
        if text[at] not in meant or not (right := _intended(model, row, at + len(_EDGE), meant[text[at]])):
            continue
        doubt = Doubt(Span(at, at + 1), right, 1.0, 1.0, ())
        if not coined().isdisjoint((text[at - 1 : at + 1], text[at : at + 2])):
            continue  # 其中限上单位 beside 其中线上
        if (known(text[at - 1 : at + 1]) or known(text[at : at + 2])) and not _proven(
            model, row, at + len(_EDGE), right
        ):
            continue
        if not (_lawful(analysis, doubt) or any(doubt.at.meets(other) for other in spoken(analysis))):
            kept.append(doubt)
    for place, right in framed(analysis):
        if not any(place.meets(other) for other in (*(doubt.at for doubt in kept), *spoken(analysis))):
            kept.append(Doubt(place, right, 1.0, 1.0, ()))
    return tuple(sorted(kept))


def _intended(model: Runs, row: str, at: int, others: str) -> str:
    """Of ``others`` the one that stands with what is around ``at``, where the one printed never does; empty if there is none."""
    log = model.log
    before, after = row[at - 2 : at], row[at + 1 : at + 3]
    if log[row[at - 1 : at + 2]] >= 0 or log[row[at - 2 : at + 1]] >= 0 or log[row[at : at + 3]] >= 0:
        return ""
    best, found = 0.0, ""
    for other in others:
        one = model.read(other)
        around = log[before[1] + one + after[0]]
        if around < _AROUND:
            continue
        beside_ = max(log[before + one], log[one + after])
        if beside_ < _BESIDE or around + beside_ <= best:
            continue
        if max(around, beside_) >= _OFTEN or max(log[before + one + after[0]], log[before[1] + one + after]) >= _WHOLE:
            best, found = around + beside_, other
    return found


def _proven(model: Runs, row: str, at: int, right: str) -> bool:
    """Whether more than three characters, or three that stand very often, speak for ``right``: words are 心气 and 中信, but not 如其|开工."""
    one, log = model.read(right), model.log
    around = row[at - 1] + one + row[at + 1]
    return log[around] >= _VERY_OFTEN or max(log[row[at - 2] + around], log[around + row[at + 2]]) >= _WHOLE


def _lawful(analysis: Analysis, doubt: Doubt) -> bool:
    text, at = analysis.reading.text, doubt.at.start
    return (
        text[at - 1] in _FIGURES
        or echoed(text, at)
        or in_use(analysis, at)
        or out_of_scope(text, doubt)
        or accepted(text, doubt)
    )


@rule(
    "TY011",
    "mistaken-character",
    severity=Severity.WARNING,
    bad=(
        "62项改革任务中仅⟦由⟧2项未完成，均已说明原因。",
        "做到无⟦是⟧不扰、有求必应。",
        "政策宣讲让群众听⟦的⟧懂、记得住。",
    ),
    good=(
        "62项改革任务中仅有2项未完成，均已说明原因。",
        "做到无事不扰、有求必应。",
        "相关会议已提出明确要求，再推出一批惠企政策。",
        "主动的服务赢得好评，随着医改的深入，形势比预想的好。",
    ),
)
def mistaken_character(analysis: Analysis) -> Iterator[Outcome]:
    """常常打混的字（由/有、以/已、成/城、合/和）用错了一个。

    这些字单用、连用都常见，别的规则不敢判。这里看前后各两个字：印出来的这样写从来没有过，换成同音的另一个，不论连着前面、后面还是夹在中间都常见，才报。

    的、地、得另看句法：听的懂、抓的实、办的有声有色，补语前用“得”；存在得问题、群众地获得感，定语后用“的”；句首扎实的推进某事，状语后用“地”。
    看着两可的（做的多、积极的推进机制是……）不报。两边都成词、要看远一点的动词、宾语、数字、机关名称才知道的（严把工程质量观、印发简报15分、
    县民政据）也在这里。

    哪些字常打混列在 `mistaken.tsv`，句法的框架列在 `frames.tsv`；引号、书名号里的字，地名、单位名、人名，配置的 terms，以及文中两次以上同样写法的词不看。
    """
    for doubt in mistaken(analysis):
        yield told(analysis, doubt)
