"""Names in quotes or book-title marks that differ from another of the document by a slip."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from reportlint.analysis import Analysis
from reportlint.finding import Finding, Message, Related, Severity
from reportlint.gathered import gathered
from reportlint.patterns import compiled
from reportlint.segment import common
from reportlint.span import Span

_HAN = compiled(r"[一-龥]+")
_NAME = compiled(r"[一-龥\d]+")
_MARK = compiled(r"[，。；、”“\n]")
_QUOTED = compiled(r"“([^“”，。；：\n]{3,24})”|《([^《》\n]{6,48})》")
#: What may fall out of a name or creep into it without making it the name of something else.
_EMPTY = frozenset({
    "工作", "行动", "建设", "实施", "总体", "推进", "有关", "相关", "若干", "进一步", "专项", "活动",
    "管理", "的", "化", "性", "及", "和", "与", "关于", "全面", "重点", "综合", "推动",
})  # fmt: skip
#: Characters that tell two names apart when they change places with one another.
_APART = (
    "零〇一二两三四五六七八九十百千万",
    "国省市县区州盟旗乡镇村街社校园企厂矿",
    "东西南北中上下左右前后内外",
    "年月周日季旬",
    "大小高低长短新旧多少老幼青少男女",
    "春夏秋冬",
    "水气土声火电热",
    "红绿蓝黄白黑橙金银铜",
    "教医警军民工农学商干员师士",
)
_SHORTEST_SWAP = 6
#: More names than these are a catalogue, and comparing each with each costs too much.
_MOST = 400


def near_names(analysis: Analysis) -> Iterator[Finding]:
    """A rarer form beside a commoner one: characters in another order, one exchanged, an empty word more or less."""
    text = analysis.reading.text
    places: dict[tuple[bool, str], list[Span]] = {}
    for match in _QUOTED.finditer(text):
        group = match.lastindex or 1
        places.setdefault((group == 2, match[group]), []).append(Span(*match.span(group)))
    if not 1 < len(places) <= _MOST:
        return
    names = sorted(places, key=lambda one: (-len(places[one]), places[one][0]))
    done: set[tuple[bool, str]] = set()
    neighbours = _neighbours(names)
    for index, kept in enumerate(names):
        for other in (names[number] for number in sorted(neighbours[index])):
            if other in done or kept in done or abs(len(kept[1]) - len(other[1])) > 3:
                continue
            often = len(places[kept]) > len(places[other])
            if (
                _slipped(kept[1], other[1], often=often)
                or (often and _one_thing(text, kept[1], places[kept], other[1], places[other], _BEHIND))
                or (not often and _as_often(text, kept, places[kept], other, places[other]))
            ):
                done.add(other)
                finding = gathered(
                    [analysis.span(place) for place in places[other]],
                    Message(
                        f"别处作“{kept[1]}”（{len(places[kept])} 处），这里作“{other[1]}”，请统一",
                        f"elsewhere “{kept[1]}”, here “{other[1]}”",
                    ),
                    kept[1],
                )
                first = Related(analysis.span(places[kept][0]), "别处的写法")
                yield finding._replace(related=(first, *finding.related), severity=Severity.INFO)


def _neighbours(names: Sequence[tuple[bool, str]]) -> dict[int, set[int]]:
    """For each name the later ones that begin, end, or both begin and end alike: one slip leaves one of these as it was."""
    buckets: defaultdict[tuple[bool, str, str], list[int]] = defaultdict(list)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for number, (title, name) in enumerate(names):
        for key in ((title, name[:2], ""), (title, "", name[-2:]), (title, name[0], name[-1])):
            for earlier in buckets[key]:
                found[earlier].add(number)
            buckets[key].append(number)
    return found


def _as_often(text: str, kept: tuple[bool, str], at: list[Span], other: tuple[bool, str], places: list[Span]) -> bool:
    """Whether two names that stand equally often are surely one: long titles one character apart, names with the same words behind them."""
    title, name = kept
    if title and len(name) >= _LONG_TITLE and abs(len(name) - len(other[1])) <= 1:
        return _slipped(name, other[1], often=True)
    if title or min(len(name), len(other[1])) < _SHORTEST_THING or not _NAME.fullmatch(name + other[1]):
        return False
    if not _HAN.fullmatch(name + other[1]):
        return _turned(name, other[1]) and _same_behind(text, at, places, _BEHIND)  # 雪亮2025, 亮雪2025
    one, another = sorted((name, other[1]), key=len, reverse=True)
    if len(one) == len(another):
        return _one_thing(text, name, at, other[1], places, _BEHIND + 1) or (
            _turned(one, another) and _same_behind(text, at, places, _BEHIND)
        )
    return len(another) >= _SHORTEST_THING and any(
        one[:index] + one[index + 1 :] == another and not common(one[index : index + 2]) and one[index] not in _LIGHT
        for index in range(1, len(one) - 1)
    )


#: Titles of so many characters that differ in one are the same.
_LONG_TITLE = 12
#: What may stand in a name or be left out of it: 数字化乡村, 数字乡村.
_LIGHT = "化的性大小新县市区镇乡村不无非未、，和与及+·"
#: So many characters behind the quotes say what the name is the name of.
_BEHIND = 2


def _one_thing(text: str, kept: str, at: list[Span], other: str, places: list[Span], size: int) -> bool:
    """Whether the names differ in one character and the same word stands behind each: “利剑斩污”专项行动, “利剑治污”专项行动."""
    if len(kept) != len(other) or len(kept) < _SHORTEST_THING:
        return False
    apart = [index for index in range(len(kept)) if kept[index] != other[index]]
    if len(apart) != 1 or tells_apart(kept[apart[0]], other[apart[0]]):
        return False
    return _same_behind(text, at, places, size)


def _same_behind(text: str, at: list[Span], places: list[Span], size: int) -> bool:
    """Whether the same characters, so many of them, stand behind the quotes of all."""
    behind = text[places[0].end + 1 : places[0].end + 1 + size]
    return not _MARK.search(behind) and all(text.startswith(behind, place.end + 1) for place in (*at, *places))


def _turned(one: str, other: str) -> bool:
    """Whether two neighbouring characters have changed places, and nothing else."""
    apart = [at for at in range(len(one)) if one[at] != other[at]] if len(one) == len(other) else []
    if any(one[at].isdigit() for at in apart):
        return False
    return len(apart) == 2 and apart[1] == apart[0] + 1 and sorted(one) == sorted(other)


_SHORTEST_THING = 4


def tells_apart(one: str, other: str) -> bool:
    """Whether two names that differ by these characters are two things: 东区 and 西区."""
    return any(one in group and other in group for group in _APART)


def taken(one: str, other: str) -> bool:
    """Whether one character is easily typed or read for the other."""
    from reportlint.shapes import lookalike
    from reportlint.sounds import alike

    return alike(one, other) or lookalike(one, other)


def _slipped(kept: str, other: str, *, often: bool) -> bool:
    """Whether the two are one name: ``often`` says that the first stands more often than the second.

    >>> _slipped("智慧物流产业园", "智慧物流园产业", often=True), _slipped("国家卫生城市", "国家文明城市", often=True)
    (True, False)
    >>> _slipped("县城市更新行动实施方案", "县城市更新实施方案", often=False)
    True
    """
    start = 0
    while start < min(len(kept), len(other)) and kept[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(kept), len(other)) - start and kept[-1 - end] == other[-1 - end]:
        end += 1
    mine, theirs = kept[start : len(kept) - end], other[start : len(other) - end]
    if any(sign.isdigit() for sign in mine + theirs):
        return False
    if len(mine) == len(theirs) == 1:
        han = "一" <= mine <= "龥" and "一" <= theirs <= "龥"
        if not often or not han or tells_apart(mine, theirs):
            return False
        return len(kept) >= _SHORTEST_SWAP or taken(mine, theirs)
    if len(mine) == len(theirs):
        return often and start >= 2 and sorted(mine) == sorted(theirs) and "、" not in mine
    # One of them lacks a word, which may be told in two ways where its characters recur beside it.
    longer, shorter = (kept, other) if len(kept) > len(other) else (other, kept)
    size = len(longer) - len(shorter)
    if size == 1 and often and len(shorter) >= _SHORTEST_THING + 1 and all("一" <= sign <= "龥" for sign in longer):
        return any(longer[:at] + longer[at + 1 :] == shorter for at in range(1, len(longer) - 1))
    return any(
        longer[at : at + size] in _EMPTY and longer[:at] + longer[at + size :] == shorter
        for at in range(2, len(longer) - size - 1)
    )
