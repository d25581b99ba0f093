"""TY007: common collocations with a slip, looked for only where two characters meet that nobody writes side by side."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from operator import add

from reportlint.analysis import Analysis
from reportlint.files import beside, lines
from reportlint.finding import Applicability, Finding, Fix, Message, Outcome, Replacement, Severity
from reportlint.record import NamedTuple
from reportlint.rule import rule
from reportlint.segment import common
from reportlint.shapes import lookalike
from reportlint.sounds import alike
from reportlint.span import Span
from reportlint.tables import table_with_data
from reportlint_rules.typos.coined import known
from reportlint_rules.typos.doubled import doubled
from reportlint_rules.typos.doubts import left_alone, masked
from reportlint_rules.typos.pairs import SELDOM, marks, where
from reportlint_rules.typos.phrases import OFFICES, broken
from reportlint_rules.typos.shelf import Rows, Shelf, bundled, shelved
from reportlint_rules.typos.words import slips

_LEAST, _MOST = 4, 8
_END = "\n"
#: Before these stands whatever one wants to hold up.
_HEADINGS = ("字当头", "字为先", "字为本", "字诀")
#: What may be left out: 多元化消费, 积极的财政政策.
_OPTIONAL = frozenset("的化性了和与及之各等双上下湾后")


def _build(path: str) -> tuple[Rows, bytes]:
    """What follows the first two characters of collocations, and what precedes the last two, each between line ends.

    Of words of three characters, what may stand between the first and the last."""
    firsts: list[tuple[str, str]] = []
    lasts: list[tuple[str, str]] = []
    middles: list[tuple[str, str]] = []
    for line in lines(path):
        word = line.partition("\t")[0]
        if len(word) < _LEAST:
            middles.append((word[0] + word[2], word[1]))
        else:
            firsts.append((word[:2], word[2:]))
            lasts.append((word[-2:], word[:-2]))
    first, last = (
        {pair: f"{_END}{rests}{_END}" for pair, rests in bundled(each, _END).items()} for each in (firsts, lasts)
    )
    middle = bundled(middles, "")
    every = first.keys() | last.keys() | middle.keys()
    return shelved({pair: (0, (first.get(pair, ""), last.get(pair, ""), middle.get(pair, ""))) for pair in every})


@lru_cache(maxsize=1)
def _index() -> Shelf:
    """By two characters what follows them at the beginning of collocations, what precedes them at the end, and what stands between them."""
    return Shelf(*table_with_data(beside(__file__, "collocations.tsv"), _build, layout=4), 3)


#: Figures, and what is counted by them.
_COUNTED, _SPANS = frozenset("0123456789个"), frozenset("年月日时")


class Miss(NamedTuple):
    """Printed characters in the place of those a collocation has there, and the place of the whole."""

    at: Span
    right: str
    whole: Span
    collocation: str


#: How a slip at the pair that begins at a place may lie: its start from there, and how many characters are printed, how many belong there.
_SHAPES = ((-1, ((2, 2),)), (0, ((1, 1), (2, 2), (2, 1))), (1, ((1, 1), (0, 1), (2, 2))))
#: The same by where it ends, the farthest end first.
_ENDS = ((3, ((2, 2),)), (2, ((2, 2), (2, 1), (1, 1))), (1, ((2, 2), (1, 1), (0, 1))))
#: The most intact characters between a slip and the last two of a collocation.
_BETWEEN = _MOST - 3


def _misses(text: str, place: int) -> Iterator[Miss]:
    first = max(0, place - _MOST)
    near = text[first : place + _MOST + 2]
    # What stands between the slip and either end is the same for all shapes but for a character or two.
    for at, (begun, ended, _) in enumerate(map(_index().__getitem__, map(add, near, near[1:])), first):
        if at < place:
            if begun and _END + text[at + 2 : place - 1] in begun:
                yield from _begun(text, place, at, begun)
        elif ended and text[place + 3 : at] + _END in ended:
            yield from _ended(text, place, at, ended)


def _begun(text: str, place: int, begin: int, bundle: str) -> Iterator[Miss]:
    """The slips at ``place`` in what begins at ``begin`` with two intact characters."""
    for offset, sizes in _SHAPES:
        start = place + offset
        if start < begin + 2:
            continue
        intact = _END + text[begin + 2 : start]
        if start >= begin + _MOST or intact not in bundle:
            return  # nor does any go on beyond
        for size, due in sizes:
            stop = start + size
            printed = text[start:stop]
            right = _right(printed, due)
            # Most of what begins so goes on otherwise than the text does.
            if right is None or (len(intact) == 1 and (right or text[stop : stop + 1]) not in bundle):
                continue
            for rest in _starting(bundle, intact + right):
                head = len(intact) - 1
                right, tail = rest[head : head + due], rest[head + due :]
                if len(right) == due and text.startswith(tail, stop) and _likely(printed, right):
                    yield Miss(Span(start, stop), right, Span(begin, stop + len(tail)), text[begin : begin + 2] + rest)


def _ended(text: str, place: int, last: int, bundle: str) -> Iterator[Miss]:
    """The slips at ``place`` in what ends in two intact characters at ``last``, at most one character before the slip."""
    for offset, sizes in _ENDS:
        stop = place + offset
        if not 0 <= last - stop <= _BETWEEN:
            continue
        intact = text[stop:last] + _END
        if intact not in bundle:
            return  # nor is any that begins before
        for size, due in sizes:
            start = stop - size
            if start < 0:
                continue
            printed = text[start:stop]
            right = _right(printed, due)
            if right is None:
                continue
            for head in range(min(start, 1) + 1):
                before = _END + text[start - head : start]
                if before + right not in bundle:
                    continue
                for rest in _by_size(bundle).get(head + due + last - stop, ()):
                    if rest.endswith(intact[:-1]) and rest.startswith(before[1:]):
                        put = rest[head : head + due]
                        if _likely(printed, put):
                            yield Miss(
                                Span(start, stop), put, Span(start - head, last + 2), rest + text[last : last + 2]
                            )


def _right(printed: str, due: int) -> str | None:
    """What belongs in place of ``printed`` as far as that tells: two characters turned, one of two equal ones, else nothing.

    ``None`` where such a slip does not print so."""
    if len(printed) < 2:
        return "" if due == 1 else None
    if due == 2:
        return printed[::-1]
    return printed[0] if printed[0] == printed[1] else None


def _starting(bundle: str, start: str) -> Iterator[str]:
    """What in ``bundle`` begins with ``start``, itself after a line end."""
    at, last = bundle.find(start), len(bundle) - 1
    while 0 <= at < last:
        end = bundle.index(_END, at + 1)
        yield bundle[at + 1 : end]
        at = bundle.find(start, end)


@lru_cache(maxsize=1024)
def _by_size(bundle: str) -> dict[int, list[str]]:
    """A bundle taken apart, by the length of what is in it."""
    sizes: dict[int, list[str]] = {}
    for rest in bundle[1:-1].split(_END):
        sizes.setdefault(len(rest), []).append(rest)
    return sizes


def _terms(text: str, places: list[int]) -> Iterator[Miss]:
    """Words of three characters of which none stands beside its neighbour: 积制分 for 积分制, 河张制 for 河长制."""
    index = _index()
    for place, following in zip(places, places[1:], strict=False):
        if following != place + 1:
            continue
        one, two, three = text[place], text[place + 1], text[place + 2]
        whole = Span(place, place + 3)
        if three in index[one + two][2]:
            yield Miss(Span(place + 1, place + 3), three + two, whole, one + three + two)
        if one in index[two + three][2]:
            yield Miss(Span(place, place + 2), two + one, whole, two + one + three)
        for middle in index[one + three][2]:
            if alike(two, middle) or lookalike(two, middle):
                yield Miss(Span(place + 1, place + 2), middle, whole, one + middle + three)


def _likely(printed: str, right: str) -> bool:
    if printed == right:
        return False
    if len(printed) == len(right) == 1:
        return alike(printed, right) or lookalike(printed, right)
    if len(printed) == len(right):
        return printed == right[::-1]
    return not printed or printed[0] == right


def _sure(text: str, miss: Miss) -> bool:
    """Whether what is printed cannot be other words that meet: the pairs around it are no words, and it is no way to shorten."""
    (start, stop), (begin, end) = miss.at, miss.whole
    if text.startswith(_HEADINGS, stop):
        return False  # 敢字当头 beside 干字当头
    if text[start - 1 : start] in _COUNTED and text[start : start + 1] in _SPANS:
        return False  # 连续12个月|居全国前列 beside 跃居
    if start == stop:
        if common(text[start - 2 : start]) and common(text[stop : stop + 2]) and miss.collocation not in text:
            return False  # 中医|适宜 beside 中医药适宜, unless the report itself writes the whole elsewhere
        # 扩内需 is short for 扩大内需.
        return start - begin >= 2 and end - stop >= 2 and miss.right not in _OPTIONAL
    if stop - start > len(miss.right):
        return miss.right not in OFFICES and begin < start and stop < end
    # 诊治能力 beside 政治能力, 深入展开 beside 深入开展
    around = (text[at : at + 2] for at in range(max(0, start - 1), stop))
    return not any(known(pair) for pair in around)


def _alone(text: str, at: Span) -> bool:
    """Whether neither edge makes a word with the character outside."""
    return not (at.start and common(text[at.start - 1 : at.start + 1])) and not common(text[at.end - 1 : at.end + 1])


@lru_cache(maxsize=1)
def missed(analysis: Analysis) -> tuple[Miss, ...]:
    """The slips in collocations that the lexicons do not tell already, in order."""
    text = analysis.reading.text
    places = list(where(marks(analysis), SELDOM))  # two characters that stand side by side nowhere in official prose
    away = left_alone(analysis)
    found = {
        miss
        for place in places
        if not (away[place] and away[place + 1])
        for miss in _misses(text, place)
        if _sure(text, miss)
    }
    found |= {miss for miss in _terms(text, places) if _alone(text, miss.whole)}
    if not found:
        return ()
    taken = [at for at, _ in (*slips(analysis), *doubled(analysis))] + [slip.at for slip in broken(analysis)]
    taken += masked(analysis)
    kept: list[Miss] = []
    for miss in sorted(found, key=lambda each: (-len(each.collocation), each)):
        if any(miss.whole.meets(other) for other in taken):
            continue
        taken.append(miss.whole)
        kept.append(miss)
    return tuple(sorted(kept))


@rule(
    "TY007",
    "broken-collocation",
    severity=Severity.WARNING,
    bad=(
        "县里积极发展⟦林下经挤⟧，带动农户增收。",
        "打造⟦消费场井⟧，⟦林下经既⟧持续壮大。",
    ),
    good=(
        "县里积极发展林下经济，带动农户增收。",
        "聚力扩内需、稳外需，支持驻地央企发展。",
        "加强重症诊治能力建设，政治能力稳步提高。",
    ),
)
def broken_collocation(analysis: Analysis) -> Iterator[Outcome]:
    """常用搭配里错、漏、多、倒了一个字。

    “林下经济”“服务网络”这样的搭配，各地报告里反复出现；其中一个字换成了音近、形近的字，漏了、多了或颠倒了，而且相邻的两个字在两千万字的公文里
    没有连用过，才报。

    缩略的说法（扩内需、央企发展）、换了一个词的说法（诊治能力、深入展开）不算；引号里的、人名地名、配置的 terms 都不看。
    """
    for miss in missed(analysis):
        span, printed = analysis.span(miss.whole), analysis.reading.slice(miss.whole)
        yield Finding(
            span,
            Message(f"“{printed}”疑为“{miss.collocation}”", f"“{printed}” reads like a slip for “{miss.collocation}”"),
            suggestion=miss.collocation,
            fix=Fix(f"改为“{miss.collocation}”", Applicability.UNSAFE, (Replacement(span, miss.collocation),)),
        )
