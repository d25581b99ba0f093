"""NM111: ranks that contradict each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from reportlint.analysis import Analysis
from reportlint.files import beside, lines
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.movements import lower_is_better
from reportlint.numerals import whole_number
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.rule import rule
from reportlint.span import Span

_N = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
#: A place among bodies that are ranked: 第8位, 排名第9.
_RANK = compiled(rf"(?P<last>倒数)?第(?P<rank>{_N})(?:(?:名次?|位次?)(?!置)|(?=[，。；、（）\n到至升降]|$))")
_RANKED = compiled(
    r"(?:排名?|排在|并列|名列|位列|位居|跃居|升至|降至|居|列|为|至|到|由|从|的|倒数)(?:全[省市县区国]|全省全市)?$"
)
#: How many bodies there are: 全市10个县（市、区）, 在14支参演队伍中.
_BODIES = (
    r"(?:设区市|地级市|地市|市州|州市|市（州）|县市区|县（市、区）|县（市）|县（区）|市（县、区）|旗县区?|县区|区县|市县|省区市|省（区、市）|省份|乡镇（街道）|镇街|乡镇|街道|县|区|市|镇|省|村|社区|城市|"
    r"单位|部门|地区|园区|开发区|学校|医院|企业|队伍|代表队|参赛队|分局|支队|大队|科室)"
)
_TOTAL = compiled(
    rf"(?P<total>\d{{1,3}}|[一二两三四五六七八九十]{{1,3}})(?:个|家|支|所)(?P<body>(?:参评|参演|参赛|参加|参与|纳入|重点|省直|市直|县直|直属|考核|同类|的)*{_BODIES}(?!级))(?P<among>(?:之)?中|里)?"
)
_SCOPE = compiled(r"全[国省市县区州]")
#: 排名第9（共8个县区）: the number of bodies right behind the rank.
_BRACKETED_TOTAL = compiled(
    r"（(?:全[国省市县区州])?(?:共|共有|参评|共计|总共)?(?P<total>\d{1,3})(?:个|家|支|所)[^（），。；\d]{0,10}）"
)
_START = compiled(r"由|从|较|比|上年|去年|上期|上月|上季|原来|年初|上半年|[一二三四]季度")
_BETWEEN = compiled(r"[^，。；、]{0,10}")
_ARRIVES = compiled(
    r"(?:，|、)?[^，。；、\d]{0,8}?(?:到|至|升至|居|位居|跃居|列|名列|位列|排|排名|排在|达到|为|现为)(?:全[省市县区国])?[^，。；\d]{0,3}"
)
_PAUSE = compiled(r"）?(?:，|、)?[^，。；\d]{0,6}")
_SINCE = compiled(r"）?，[^，。；\d]{0,4}(?:较|比|与|由|从)[^，。；\d]{0,10}")
_TIED = compiled(r"并列")


class _Place(NamedTuple):
    """A rank, or a move of so many ranks (``sign`` +1 towards the first, −1 away from it, 0 for a rank)."""

    at: Span
    number: int
    sign: int
    from_last: bool = False
    word: str = ""


@lru_cache(maxsize=1)
def _moves() -> dict[str, int]:
    rows = (line.split("\t") for line in lines(beside(__file__, "rank_moves.tsv")))
    return {row[0]: 1 if row[1] == "up" else -1 for row in rows}


#: 前进2位，由第7位升至第5位.
_AFTERWARDS = compiled(r"，(?:即)?[由从](?:[去上]年|去年同期|上年同期|年初)?的?(?:全[国省市县区])?")


@lru_cache(maxsize=1)
def _word() -> str:
    return "|".join(sorted(_moves(), key=len, reverse=True))


@lru_cache(maxsize=1)
def _move() -> re.Pattern[str]:
    return compiled(rf"(?P<word>{_word()})(?:了)?(?P<steps>{_N})(?:个)?(?:名次|位次|名|位)")


def _places(text: str, at: Span) -> list[_Place]:
    """The ranks and moves of a sentence, in order."""
    found = [
        _Place(Span(*match.span()), whole_number(match["steps"]), _moves()[match["word"]], word=match["word"])
        for match in _move().finditer(text, at.start, at.end)
    ]
    for match in _RANK.finditer(text, at.start, at.end):
        if match[0][-1] in "名位次" or _RANKED.search(text, max(at.start, match.start() - 8), match.start()):
            found.append(_Place(Span(*match.span()), whole_number(match["rank"]), 0, match["last"] is not None))
    return sorted(found)


@rule(
    "NM111",
    "rank-contradiction",
    severity=Severity.ERROR,
    triggers=("第",),
    bad=(
        "综合考核由第8位前进3位至⟦第6位⟧。",
        "在全市10个县中排名⟦第12位⟧。",
        "考核成绩由第5名上升到⟦第9名⟧，前进4个位次。",
        "综合评价列全市⟦第6位⟧，较上年的第8位前移3位。",
    ),
    good=(
        "综合考核由第8位前进3位至第5位。",
        "在全市10个县中排名第2位。",
        "考核成绩由第9名上升到第5名，前进4个位次。",
        "在全省17个市中综合指数居第3位，较上年前移2位。",
    ),
)
def rank_contradiction(analysis: Analysis) -> Iterator[Outcome]:
    """名次自相矛盾。

    由第几位、进退几位、到第几位，三个数只能有一种关系；在几个单位中排名，名次不会比单位数还大；往前走名次的数字变小（倒数的名次变大）。

    并列的名次不核对；只有方向相反、没有写进退几位的，只在排的不是坏事（投诉量、火点数）时提示。
    """
    text = analysis.reading.text
    for sentence in analysis.sentences if "第" in text else ():
        if text.find("第", sentence.at.start, sentence.at.end) < 0:
            continue
        places = _places(text, sentence.at)
        yield from _check_moves(analysis, sentence.at, places)
        yield from _in_a_row(analysis, sentence.at)
        yield from _check_totals(analysis, sentence.at, [place for place in places if not place.sign])


def _check_moves(analysis: Analysis, sentence: Span, places: Sequence[_Place]) -> Iterator[Outcome]:
    """From a rank, by so many, to a rank: in whichever order they are told."""
    text = analysis.reading.text
    index = 0
    while index < len(places) - 1:
        trio = places[index : index + 3]
        order = _order(text, trio, sentence) if len(trio) == 3 else None
        if order is not None:
            yield from _check_steps(analysis, *order)
            index += 3
            continue
        old, new = trio[:2]
        if not old.sign and not new.sign and _starts(text, old, sentence):
            yield from _check_direction(analysis, old, new, sentence)
        index += 1


#: 居全省第4位，比上年前移2位（上年居第6位）: what stands before the move, and before the rank it began from.
_COMPARED = compiled(r"，?(?:[^，。；\d]{0,4}(?:比|较)(?:上年|去年|上一年|上期|同期|上年同期|去年同期|上季度|上月))?")
_AS_IT_WAS = compiled(
    r"[（，](?:上年|去年|上一年|上期|上年同期|去年同期|上季度|上月)(?:同期)?(?:为|是|居|列|位列|排名|排在|名列)?(?:全[市省县区国州])?"
)


def _order(text: str, trio: Sequence[_Place], sentence: Span) -> tuple[_Place, _Place, _Place] | None:
    """Old rank, move and new rank among three places that stand side by side, where the words bind them."""
    first, second, third = trio
    gaps = [text[one.at.end : other.at.start] for one, other in pairwise(trio)]
    signs = [bool(place.sign) for place in trio]
    if (
        signs == [False, True, False]
        and _starts(text, first, sentence)
        and _BETWEEN.fullmatch(gaps[0])
        and _ARRIVES.fullmatch(gaps[1])
    ):
        return first, second, third
    if signs == [False, True, False] and _COMPARED.fullmatch(gaps[0]) and _AS_IT_WAS.fullmatch(gaps[1]):
        return third, second, first
    if (
        signs == [True, False, False]
        and _AFTERWARDS.fullmatch(gaps[0])
        and compiled(r"[^，。；]{0,10}?(?:到|至|为|成)[^，。；\d]{0,8}").fullmatch(gaps[1])
    ):
        return second, first, third
    if signs == [False, False, True] and _PAUSE.fullmatch(gaps[1]):
        if _starts(text, first, sentence) and compiled(
            r"[^，。；]{0,10}?(?:到|至|为|成|居|列)[^，。；\d]{0,8}"
        ).fullmatch(gaps[0]):
            return first, third, second
        if _SINCE.fullmatch(gaps[0]):
            return second, third, first
    return None


def _starts(text: str, place: _Place, sentence: Span) -> bool:
    """Whether the words before a rank make it the earlier one."""
    start = max(text.rfind(mark, sentence.start, place.at.start) for mark in "，；：。") + 1
    return _START.search(text, max(sentence.start, start, place.at.start - 16), place.at.start) is not None


def _check_steps(analysis: Analysis, old: _Place, move: _Place, new: _Place) -> Iterator[Outcome]:
    if old.from_last != new.from_last:
        return
    span = analysis.span(new.at)
    yield Checked(span)
    towards = -move.sign if not old.from_last else move.sign
    should = old.number + towards * move.number
    shown = analysis.reading.slice
    first, _, last = sorted((old.at, move.at, new.at))
    slipped = abs(new.number - old.number) != move.number
    if slipped and _TIED.search(analysis.reading.text, max(0, first.start - 2), last.end):
        return  # of those that share a place, one may move on by more
    if not slipped and new.number != should:
        # Of complaints or fires a writer may call the way down the list an advance.
        doubtful = lower_is_better(analysis.reading.text[max(0, old.at.start - 40) : old.at.start])
        yield _turned(analysis, old, new, move.word, Severity.WARNING if doubtful else Severity.ERROR)
    elif new.number != should:
        yield Finding(
            span,
            Message(
                f"由{shown(old.at)}{move.word} {move.number} 位应为{'倒数' if old.from_last else ''}第 {should} 位，与{shown(new.at)}不符，请核对",
                f"from rank {old.number}, {move.number} places {'up' if move.sign > 0 else 'down'} is not rank {new.number}",
            ),
            (Related(analysis.span(old.at), "原名次"), Related(analysis.span(move.at), "进退")),
        )


def _check_direction(analysis: Analysis, old: _Place, new: _Place, sentence: Span) -> Iterator[Outcome]:
    """由第8位上升到第9位: the word says one way, the ranks go the other."""
    text = analysis.reading.text
    found = compiled(rf"[^，。；\d]{{0,8}}?(?P<word>{_word()})(?:到|至)[^，。；\d]{{0,6}}").fullmatch(
        text[old.at.end : new.at.start]
    )
    if found is None or old.from_last != new.from_last or lower_is_better(text[sentence.start : old.at.start]):
        return
    span = analysis.span(new.at)
    yield Checked(span)
    change = (old.number - new.number) * (-1 if old.from_last else 1)
    if change * _moves()[found["word"]] < 0:
        yield _turned(analysis, old, new, found["word"], Severity.WARNING)


def _turned(analysis: Analysis, old: _Place, new: _Place, word: str, severity: Severity) -> Finding:
    up = (new.number < old.number) != old.from_last
    return Finding(
        analysis.span(new.at),
        Message(
            f"{analysis.reading.slice(old.at)}到{analysis.reading.slice(new.at)}是{'前进' if up else '后退'}，与“{word}”相反，请核对",
            f"from rank {old.number} to rank {new.number} is {'up' if up else 'down'}, the text says “{word}”",
        ),
        (Related(analysis.span(old.at), "原名次"),),
        severity=severity,
    )


def _check_totals(analysis: Analysis, sentence: Span, ranks: Sequence[_Place]) -> Iterator[Outcome]:
    """A rank among so many bodies."""
    text = analysis.reading.text
    for place in ranks:
        behind = _BRACKETED_TOTAL.match(text, place.at.end)
        if behind is not None:
            yield from _check_total(analysis, place, Span(*behind.span("total")))
    for match in _TOTAL.finditer(text, sentence.start, sentence.end):
        total = whole_number(match["total"])
        rank = _rank_of(text, match, sentence, ranks)
        if rank is not None and total > 1:
            yield from _check_total(analysis, rank, Span(*match.span("total")))
            yield from _from_last(analysis, rank, ranks, Span(*match.span("total")))


_THAT_IS = compiled(r"[，（]?(?:即|也就是|即为|为|列|居|排名?)")


def _from_last(analysis: Analysis, rank: _Place, ranks: Sequence[_Place], at: Span) -> Iterator[Outcome]:
    """The last but one of 13 is the twelfth: 倒数第二，即第12位."""
    text = analysis.reading.text
    other = next((one for one in ranks if one.at.start > rank.at.start), None)
    if other is None or other.from_last == rank.from_last or not _THAT_IS.fullmatch(text, rank.at.end, other.at.start):
        return
    span, total = analysis.span(other.at), whole_number(text[slice(*at)])
    yield Checked(span)
    if rank.number + other.number != total + 1:
        yield Finding(
            span,
            Message(
                f"{total} 个里的{text[slice(*rank.at)]}应为{'倒数' if other.from_last else ''}第 {total + 1 - rank.number}，与{text[slice(*other.at)]}不符，请核对",
                f"of {total}, counted from the other end, this is {total + 1 - rank.number}",
            ),
            (Related(analysis.span(at), "总数"),),
        )


#: 排名连升两次，一季度第9，二季度第6，三季度第8.
_RUN = compiled(
    rf"(?:名次?|位次)[^，。；\d]{{0,6}}连(?:(?P<up>升)|降|续(?:{_N}(?:次|年|个?季度|个?月|期)?)?(?:(?P<rises>前移|上升|提升|进位|前进)|后移|下滑|下降|退位))[^，。；：]{{0,6}}[，：（]"
)
_ONE_OF_RUN = compiled(rf"[^，。；、（）]{{1,10}}?第(?P<rank>{_N})[名位]?(?:[，、）]|$)")


def _in_a_row(analysis: Analysis, sentence: Span) -> Iterator[Outcome]:
    """Ranks told one after the other that do not all go the way the words say."""
    text = analysis.reading.text
    run = _RUN.search(text, *sentence)
    if run is None:
        return
    found, end = [], run.end()
    stop = sentence.end - (text[sentence.end - 1] in "。；")
    while one := _ONE_OF_RUN.match(text, end, stop):
        found.append(one)
        end = one.end()
    if len(found) < 3:
        return
    numbers = [whole_number(one["rank"]) for one in found]
    up = bool(run["up"] or run["rises"])
    if lower_is_better(text[sentence.start : run.end()]):
        up = numbers[0] > numbers[1]  # of complaints a writer may call either way an advance
    for old, new in pairwise(found):
        span = analysis.span(Span(new.start("rank") - 1, new.end("rank")))
        yield Checked(span)
        if (whole_number(new["rank"]) - whole_number(old["rank"])) * (1 if up else -1) > 0:
            yield Finding(
                span,
                Message(
                    f"由第{old['rank']}到第{new['rank']}，与“{run[0].strip('，：（')}”不符，请核对",
                    f"from {old['rank']} to {new['rank']} goes the other way",
                ),
                (Related(analysis.span(Span(old.start("rank") - 1, old.end("rank"))), "前一次"),),
                severity=Severity.WARNING,
            )


def _check_total(analysis: Analysis, rank: _Place, at: Span) -> Iterator[Outcome]:
    text, span = analysis.reading.text, analysis.span(rank.at)
    total = whole_number(text[slice(*at)])
    yield Checked(span)
    if rank.number > total:
        yield Finding(
            span,
            Message(
                f"只有 {total} 个，却排在{text[slice(*rank.at)]}，请核对", f"rank {rank.number} among only {total}"
            ),
            (Related(analysis.span(at), "总数"),),
        )


def _rank_of(text: str, total: re.Match[str], sentence: Span, ranks: Sequence[_Place]) -> _Place | None:
    """The rank among the counted bodies: in their clause or the next, or right before them where both name one scope."""
    end = total.end()
    scope = _SCOPE.search(text, max(sentence.start, total.start() - 6), total.start())
    among = (
        total["among"]
        or scope
        or compiled(r"(?:在|列|居|参评)$").search(text[max(sentence.start, total.start() - 2) : total.start()])
    )
    for rank in ranks:
        if not among:
            break
        between = text[end : rank.at.start]
        if (
            rank.at.start >= end
            and len(between) <= 30
            and between.count("，") <= 1
            and not compiled(r"[；。]|全[国省市县区]|\d{1,3}[个家支所]").search(between)
        ):
            return rank
        if rank.at.end <= total.start():
            between = text[rank.at.end : total.start()]
            its = _SCOPE.search(text, max(sentence.start, rank.at.start - 4), rank.at.start)
            following = compiled(r"[^，。；]{0,14}(?:，|。|；|$)").match(text[end : sentence.end])
            if (
                scope
                and its
                and scope[0] == its[0]
                and compiled(r"，[^，。；]{0,6}").fullmatch(between)
                and following
                and "第" not in following[0]
            ):
                return rank
    return None
