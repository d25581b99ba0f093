"""Kinds that leave nothing out or exclude each other, and how members of a list are called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import chain

from reportlint.claims import Claim
from reportlint.files import beside, lines
from reportlint.patterns import compiled
from reportlint.phrase import behind
from reportlint.record import NamedTuple

#: Cases, problems and people are sorted in more than one way.
_MANY_SIDED = compiled(
    r"类$|方面$|领域$|污染$|问题|隐患|案|信访|举报|投诉|诉求|线索|工单|人员$|干部|群众|学生|教师|职工|户$|企业|单位|病例|患者|者$"
)


#: 包括文艺演出86场次: what opens a list is no noun of its first member.
_OPENS_LIST = compiled(r"^(?:包括|包含|涵盖|分别为|分别是|设)")


class _Classes(NamedTuple):
    """A classification that leaves nothing out: an expression per member, and what its total is called where that matters."""

    members: tuple[str, ...]
    of: re.Pattern[str] | None


@lru_cache(maxsize=1)
def _classes() -> dict[int, list[_Classes]]:
    """Every classification known, by the number of its members."""
    found: dict[int, list[_Classes]] = {}
    for line in lines(beside(__file__, "classes.tsv")):
        members, _, of = (*line.split("\t"), "")[:3]
        row = _Classes(tuple(members.split()), compiled(of) if of else None)
        found.setdefault(len(row.members), []).append(row)
    return found


def classified(labels: Sequence[str]) -> _Classes | None:
    """The classification whose members ``labels`` are, in order."""
    if labels and _last_members(len(labels)).search(labels[-1]):
        for row in _classes().get(len(labels), ()):
            if _names(row.members[-1], labels[-1]) and all(map(_names, row.members, labels)):
                return row
    return None


def _names(member: str, label: str) -> bool:
    words = _words(member)
    return any(word in label for word in words) if words else compiled(member).search(label) is not None


@cache
def _words(member: str) -> tuple[str, ...]:
    """The words that the expression of a member is made of; none where it is made of more, as few are."""
    words = tuple(member.split("|"))
    return words if all(map(str.isalnum, words)) else ()


def label_of(claim: Claim) -> str:
    """What a figure is called, in the words before it and the first behind it."""
    return claim.lead + claim.trail[:6]


@cache
def _last_members(size: int = 0) -> re.Pattern[str]:
    """What can end a classification, of so many members or of any: most figures are done with after this one look."""
    rows = _classes().get(size, ()) if size else chain(*_classes().values())
    members = dict.fromkeys(row.members[-1] for row in rows)
    return compiled("|".join(members) if members else r"(?!)")


def ends_classes(run: Sequence[Claim]) -> bool:
    """Whether the figures up to the last name every member of some classification."""
    if len(run) < 2 or not _last_members().search(label_of(run[-1])):
        return False
    return any(names_every_class(run[-size:]) for size in range(2, min(len(run), 5) + 1))


def names_every_class(run: Sequence[Claim]) -> bool:
    """Whether the figures are all the members of some classification."""
    return classified([label_of(claim) for claim in run]) is not None


def is_of(parts: Sequence[Claim], whole: Claim) -> bool:
    """Whether the classification that ``parts`` are can be one of ``whole``: 优 and 良 are not of 监测天数."""
    row = classified([label_of(part) for part in parts])
    return row is None or row.of is None or row.of.search(label_of(whole)) is not None


def noun_of_part(part: Claim) -> str:
    """What a member of a list counts: the words before it, or else those behind it, as in 8个优秀、5个良好."""
    lead = _OPENS_LIST.sub("", part.lead.rpartition("其中")[2])
    own = (
        "" if lead.endswith("、") else lead.strip("有，、为：")
    )  # what stands before the mark is the noun of the figure before
    return own or behind(part.trail)


def distinctions(nouns: Sequence[str]) -> list[str]:
    """What tells the nouns from each other: 农牧民, 企业 and 学生 of 农牧民党员, 企业党员 and 学生党员."""
    size = 0
    while (
        len(nouns) > 1
        and len({noun[-size - 1 :] for noun in nouns}) == 1
        and all(len(noun) > size + 1 for noun in nouns)
    ):
        size += 1
    return [noun[:-size] for noun in nouns] if size > 1 else list(nouns)


@lru_cache(maxsize=1)
def _exclusives() -> tuple[tuple[str, ...], ...]:
    """Every set of kinds that exclude each other: an expression per member."""
    rows = (line.split("\t")[0] for line in lines(beside(__file__, "exclusives.tsv")))
    return tuple(tuple(members.split()) for members in rows)


#: Ⅳ级, 三级医院, 第一种形态, C类: which grade, kind or turn of one thing.
_GRADE = compiled(
    r"第[一二三四五六七八九十](?=[一-龥])(?![级类等型档种次期批轮阶])|(?:第?[特一二三四五六七八九]|[ⅠⅡⅢⅣⅤⅥ]|[IV]{1,3}|\d?[A-E]|[甲乙丙丁])(?:级|类|等|型|档|种|次|期|批|轮|阶段)"
)
#: 二级及以下: the last grade, and what lies beyond it.
_OR_BEYOND = compiled(r"(?:及|和|或)?其?(?:以下|以上)$")


def _grades(nouns: Sequence[str]) -> bool:
    """Whether the nouns are grades of one thing: 5A级, 4A级; 一等奖, 二等奖."""
    nouns = [_OR_BEYOND.sub("", noun) for noun in nouns]
    found = [_GRADE.search(noun) for noun in nouns]
    rest = {noun[: match.start()] + noun[match.end() :] for noun, match in zip(nouns, found, strict=True) if match}
    return all(found) and len(rest) == 1 and len({match[0] for match in found if match}) == len(nouns)


class _Members(NamedTuple):
    """The members of all such sets, each with the sets that it is in and its place there: by the words that nouns open with, and the few others."""

    words: dict[str, list[tuple[int, int]]]
    others: list[tuple[re.Pattern[str], tuple[int, int]]]
    sizes: range


@lru_cache(maxsize=1)
def _members() -> _Members:
    by_word: dict[str, list[tuple[int, int]]] = {}
    others = []
    for number, members in enumerate(_exclusives()):
        for place, member in enumerate(members):
            words = _words(member)
            for word in words:
                by_word.setdefault(word, []).append((number, place))
            if not words:
                others.append((compiled(member), (number, place)))
    return _Members(by_word, others, range(1, max(map(len, by_word)) + 1))


@lru_cache(maxsize=4096)
def _opened(noun: str) -> dict[int, int]:
    """The sets of which some member opens ``noun``, each with the place of the first that does."""
    members = _members()
    found: dict[int, int] = {}
    for number, place in chain(
        *(members.words.get(noun[:size], ()) for size in members.sizes),
        (entry for member, entry in members.others if member.match(noun)),
    ):
        found[number] = min(place, found.get(number, place))
    return found


def may_exclude(noun: str) -> bool:
    """Whether ``noun`` may be a member of a set of kinds that exclude each other: what lists are tried for at all."""
    return bool(_opened(noun)) or _GRADE.match(noun) is not None


def exclude_each_other(nouns: Sequence[str]) -> bool:
    """Whether each noun opens with another member of a set of kinds that exclude each other."""
    if _exclude(nouns):
        return True
    # 今年共评出优秀等次18个、良好等次45个: the list opens in the middle of a clause.
    longest = max(map(len, nouns[1:]), default=0)
    return 1 < longest < len(nouns[0]) and _exclude([nouns[0][-longest:], *nouns[1:]])


def _exclude(nouns: Sequence[str]) -> bool:
    if _grades(nouns) or classified(nouns) is not None:
        return True
    opened = [_opened(noun) for noun in nouns]
    common = set(opened[0]).intersection(*opened[1:])
    return any(len({each[number] for each in opened}) == len(nouns) for number in common)


def apart(nouns: Sequence[str], *, money: bool) -> bool:
    """Whether nothing can be counted under two of the nouns: sums of money, places and things of kinds that are named alike.

    A complaint may be about water and air, a person a woman and a teacher; 公办园 and 民办园 are two.
    """
    if money and distinctions(nouns) != list(nouns):
        return True  # 企业捐赠、个人捐赠: what a sum is of is told by one word alone
    if any(_MANY_SIDED.search(noun) for noun in nouns):
        return False
    ends = {noun[-1] for noun in nouns}
    return money or (len(ends) == 1 and all(len(noun) > 1 for noun in nouns))
