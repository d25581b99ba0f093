"""Names of undertakings and bodies outside quotes that end in the same head and differ inside: 门诊综合楼建设项目, 门诊楼综合建设项目."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from reportlint.analysis import Analysis
from reportlint.files import beside, lines
from reportlint.finding import Finding, Message, Related, Severity
from reportlint.gathered import gathered
from reportlint.patterns import compiled
from reportlint.span import Span, occurrences
from reportlint_rules.terms.near import taken, tells_apart

#: How much of a name is looked at before its head, how little of it there must be, and how much must agree beside what differs.
_LONGEST, _SHORTEST, _AGREE = 14, 5, 8
_JOINTS = frozenset("和与或及")
#: 总 falls out of the name of one body only: 市防汛抗旱指挥部 is not 国家防汛抗旱总指挥部.
_OWN = ("省", "市", "县", "区", "州", "旗", "镇", "乡")
_NO_HAN = compiled(r"[^一-龥]")
#: More names with one head and one character before it than these are a list.
_MOST = 40


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[str, ...], frozenset[frozenset[str]], frozenset[str]]:
    """The heads; pairs of words that say nearly the same; words that may fall out of a name."""
    heads: list[str] = []
    pairs: set[frozenset[str]] = set()
    dropped: set[str] = set()
    for row in lines(beside(__file__, "undertakings.tsv")):
        kind, words, _ = row.split("\t")
        if kind == "head":
            heads += words.split()
        elif kind == "alike":
            pairs.update(frozenset(pair.split("/")) for pair in words.split())
        else:
            dropped.update(words.split())
    return tuple(heads), frozenset(pairs), frozenset(dropped)


def near_undertakings(analysis: Analysis) -> Iterator[Finding]:
    """Two names with one head of which one is the other with words turned round, one taken for another or left out."""
    for head, stems in _stems(analysis).items():
        if not 1 < len(stems) <= _MOST:
            continue
        # What stands before the names may differ from place to place: one pair of names is told once.
        pairs: dict[tuple[str, str], tuple[set[int], set[int]]] = {}
        for one, other in combinations(stems, 2):
            found = _differ(one, other, len(head))
            if found is None:
                continue
            key = next((pair for pair in pairs if _same(pair, found)), found)
            first, second = pairs.setdefault(key, (set(), set()))
            turned = not one.endswith(key[0])
            first.update(stems[other if turned else one])
            second.update(stems[one if turned else other])
        for key, (first, second) in pairs.items():
            if not first & second:
                yield _finding(analysis, head, key, sorted(first), sorted(second))


def _same(pair: tuple[str, str], found: tuple[str, str]) -> bool:
    """Whether two pairs of names are one, each name perhaps with more before it."""
    return any(
        all(one.endswith(other) or other.endswith(one) for one, other in zip(pair, names, strict=True))
        for names in (found, found[::-1])
    )


def _stems(analysis: Analysis) -> dict[str, dict[str, list[int]]]:
    """For each head what stands before it, and where each head stands."""
    text, grams = analysis.reading.text, analysis.grams
    heads, _, _ = _rows()
    found: dict[str, dict[str, list[int]]] = {}
    for head in heads:
        if len(head) > 1 and head[:2] not in grams:
            continue
        for at in occurrences(text, head):
            stem = _NO_HAN.split(text[max(0, at.start - _LONGEST) : at.start])[-1]
            if stem[:1] == "个":
                stem = stem[1:]  # 64个…项目
            if len(stem) >= _SHORTEST:
                found.setdefault(head, {}).setdefault(stem, []).append(at.start)
    return found


def _differ(one: str, other: str, head: int) -> tuple[str, str] | None:
    """The two names from where they begin to agree, if they differ by a slip: each to the end of its stem."""
    end = 0
    while end < min(len(one), len(other)) and one[-1 - end] == other[-1 - end]:
        end += 1
    if end == min(len(one), len(other)):
        return None
    mine, theirs = one[: len(one) - end], other[: len(other) - end]
    # Two characters at least agree before what differs, and hardly ever do those of two other names.
    if not any(mine[at : at + 2] in theirs for at in range(len(mine) - 1)):
        return None
    for left, right in _cuts(mine, theirs):
        if left < 2 or mine[left - 2 : left] != theirs[right - 2 : right]:
            continue  # so much agrees before whatever slip
        a, b = mine[left:], theirs[right:]
        before = _agreeing(mine[:left], theirs[:right])
        if _slip(a, b, before, end, head) and ("总" not in (a, b) or one.startswith(_OWN, left - before)):
            return one[left - before :], other[right - before :]
    return None


def _slip(one: str, other: str, before: int, behind: int, head: int) -> bool:
    """Whether what differs may be a slip, with so many characters that agree on both sides of it."""
    _, pairs, dropped = _rows()
    agree = before + behind + head + (2 if head == 1 else 0)
    if not one or not other:
        return before > 2 and agree >= _AGREE and (one or other) in dropped
    if len(one) == len(other) == 1:
        likely = before > 2 and behind > 1 and agree >= _AGREE
        return likely and not {one, other} & _JOINTS and not tells_apart(one, other) and taken(one, other)
    if frozenset((one, other)) in pairs:
        return before > 2 and agree >= _AGREE
    return (
        before > 1
        and len(one) == len(other) > 2
        and agree >= _SHORTEST
        and sorted(one) == sorted(other)
        and "和" not in one
    )


def _cuts(mine: str, theirs: str) -> Iterator[tuple[int, int]]:
    """Where the differing part of each may begin, the shortest first."""
    for size in range(1, 7):
        for first in range(max(0, size - 4), size + 1):
            if first <= 4 and len(mine) >= first and len(theirs) >= size - first:
                yield len(mine) - first, len(theirs) - (size - first)


def _agreeing(one: str, other: str) -> int:
    size = 0
    while size < min(len(one), len(other)) and one[-1 - size] == other[-1 - size]:
        size += 1
    return size


def _finding(
    analysis: Analysis, head: str, forms: tuple[str, str], one: Sequence[int], other: Sequence[int]
) -> Finding:
    (kept, at), (few, places) = sorted(
        zip(forms, (one, other), strict=True), key=lambda form: (-len(form[1]), form[1][0])
    )
    finding = gathered(
        [analysis.span(Span(place - len(few), place + len(head))) for place in places],
        Message(
            f"别处作“{kept}{head}”，这里作“{few}{head}”，请核对是不是同一个名称",
            f"elsewhere “{kept}{head}”, here “{few}{head}”",
        ),
        kept + head,
    )
    first = Related(analysis.span(Span(at[0] - len(kept), at[0] + len(head))), "别处的写法")
    return finding._replace(related=(first, *finding.related), severity=Severity.INFO)
