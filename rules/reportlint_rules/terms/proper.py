"""Proper names outside quotes that differ by a slip: 云溪县 and 云西县, 城南水厂 and 南城水厂, 局长陈立峰 and 陈力峰局长."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from reportlint.analysis import Analysis
from reportlint.files import beside, lines
from reportlint.finding import Finding, Message, Related, Severity
from reportlint.gathered import gathered
from reportlint.patterns import compiled
from reportlint.segment import common
from reportlint.span import Span, occurrences
from reportlint_rules.terms.near import taken, tells_apart

#: How much of a name is compared: two characters and its head, and two more where the head is a word.
_FORE, _WIDE = 2, 4
_HAN = compiled(r"[一-龥]+")


@lru_cache(maxsize=1)
def _rows() -> tuple[dict[str, frozenset[str]], dict[str, str]]:
    """What stands right before each head without making a name of it; the other words by kind, with | between them."""
    generic: dict[str, frozenset[str]] = {}
    words: dict[str, str] = {}
    for row in lines(beside(__file__, "heads.tsv")):
        kind, listed, fores, _ = row.split("\t")
        if kind == "head":
            generic.update((head, frozenset(fores.split())) for head in listed.split())
        else:
            words[kind] = listed.replace(" ", "|")
    return generic, words


@lru_cache(maxsize=1)
def _single() -> str:
    return "".join(head for head in _rows()[0] if len(head) == 1)


def proper_names(analysis: Analysis) -> Iterator[Finding]:
    """A rarer form beside a commoner one of the same name."""
    yield from _places(analysis)
    yield from _kinds(analysis)
    yield from _persons(analysis)


def _places(analysis: Analysis) -> Iterator[Finding]:
    """Names that end in a head (县, 水厂, 公司) and differ in one of the two characters before it, or in their order."""
    found = _windows(analysis)
    alike_but: defaultdict[str, list[str]] = defaultdict(list)
    for window in found:
        for at in range(_FORE):
            alike_but[f"{window[:at]}*{window[at + 1 :]}"].append(window)
    done: set[str] = set()
    for key, windows in alike_but.items():
        if len(windows) > 1:
            at = key.index("*")
            kept = max(windows, key=lambda one: len(found[one]))
            for other in windows:
                if (
                    other != kept
                    and other not in done
                    and (_mistaken(found, kept, other, at) or _once_each(analysis.reading.text, found, kept, other, at))
                    and not _goes_on(analysis.reading.text, found[other][0] + len(other))
                ):
                    done.add(other)
                    yield _two_forms(analysis, kept, found[kept], other, found[other])
    for window in sorted(found, key=lambda one: (-len(found[one]), found[one][0])):
        turned = window[1] + window[0] + window[2:]
        if turned != window and turned in found and not {turned, window} & done and not _function(window[:_FORE]):
            done.update((turned, window))
            finding = _two_forms(analysis, window, found[window], turned, found[turned])
            yield finding._replace(severity=Severity.INFO)


def _windows(analysis: Analysis) -> dict[str, list[int]]:
    """The two characters before every head with the head, and where they stand."""
    text = analysis.reading.text
    generic, _ = _rows()
    found: defaultdict[str, list[int]] = defaultdict(list)
    heads = (
        (head, at.start)
        for head in generic
        if len(head) > 1 and head[:2] in analysis.grams
        for at in occurrences(text, head)
    )
    singles = ((match[0], match.start()) for match in compiled(f"[{_single()}]").finditer(text))
    for head, at in (*heads, *singles):
        fore = text[at - _FORE : at] if at >= _FORE else ""
        common = not fore or fore[-1] in generic[head] or fore in generic[head]
        if not common and _HAN.fullmatch(fore):
            found[fore + head].append(at - _FORE)
        wide = text[at - _WIDE : at] if len(head) > 1 and at >= _WIDE else ""
        if wide and _HAN.fullmatch(wide):
            found[wide + head].append(at - _WIDE)
    return found


def _goes_on(text: str, end: int) -> bool:
    """Whether the last character of a name makes a word with the next instead: 农业生产|区域布局."""
    return common(text[end - 1 : end + 1])


def _function(characters: str) -> bool:
    words = _rows()[1]["function"]
    return any(sign in words for sign in characters)


def _mistaken(found: dict[str, list[int]], kept: str, other: str, at: int) -> bool:
    """Whether ``other`` is ``kept`` with a character taken for another."""
    one, another = kept[at], other[at]
    return (
        len(found[kept]) > 1
        and len(found[other]) == 1
        and not _function(one + another)
        and not tells_apart(one, another)
        and taken(one, another)
    )


def _once_each(text: str, found: dict[str, list[int]], kept: str, other: str, at: int) -> bool:
    """Whether two names that stand once each may be one, and are."""
    places = (*found[kept], *found[other])
    if len(places) > 2 or len(kept) > _WIDE or _function(kept[:_FORE] + other[:_FORE]):
        return False
    if not taken(kept[at], other[at]):
        return False
    from reportlint_rules.terms.anaphor import once_each

    return once_each(text, (kept, other), places, at)


def _two_forms(analysis: Analysis, kept: str, at: list[int], other: str, places: list[int]) -> Finding:
    finding = gathered(
        [analysis.span(Span(place, place + len(other))) for place in places],
        Message(
            f"别处作“{kept}”（{len(at)} 处），这里作“{other}”，请核对是不是同一个名称",
            f"elsewhere “{kept}”, here “{other}”",
        ),
        kept,
    )
    first = Related(analysis.span(Span(at[0], at[0] + len(kept))), "别处的写法")
    sure = len(at) > len(places)
    return finding._replace(related=(first, *finding.related), severity=Severity.WARNING if sure else Severity.INFO)


#: 柳河湿地修复示范工程 and …示范项目: so many characters before the kind are the same name.
_STEM = 6


def _kinds(analysis: Analysis) -> Iterator[Finding]:
    """A project that is called 工程 in most places and 项目 in one."""
    text = analysis.reading.text
    words = _rows()[1]["kind"]
    stems: defaultdict[str, dict[str, list[int]]] = defaultdict(dict)
    for kind in words.split("|"):
        if kind[:2] not in analysis.grams:
            continue
        for at, _ in occurrences(text, kind):
            quoted = text[at - 1 : at] == "”"
            start = text.rfind("“", max(0, at - 14), at) if quoted else at - _STEM
            stem = text[max(0, start) : at]
            if start >= 0 and (quoted or _HAN.fullmatch(stem)):
                stems[stem].setdefault(kind, []).append(at)
    for stem, kinds in stems.items():
        if len(kinds) != 2:
            continue
        many, few = sorted(kinds, key=lambda kind: -len(kinds[kind]))
        if len(kinds[many]) > 1 and len(kinds[few]) == 1:
            size = len(stem)
            yield _two_forms(
                analysis, stem + many, [at - size for at in kinds[many]], stem + few, [at - size for at in kinds[few]]
            )._replace(severity=Severity.INFO)


#: What persons of rank do, right behind their names: 周海锋强调.
_SPEAKS = "强调|指出|要求|表示|主持"


def _persons(analysis: Analysis) -> Iterator[Finding]:
    """Names of three characters beside a title, of which one is taken for another."""
    text = analysis.reading.text
    words = _rows()[1]
    titles, surnames = words["title"], words["surname"].replace("|", "")
    called = [match.start() for match in compiled(f"同志|{titles}|{_SPEAKS}").finditer(text)]
    if not called:
        return
    name = f"[{surnames}][一-龥]{{2}}"
    names: defaultdict[str, list[int]] = defaultdict(list)
    closed: set[str] = set()
    # What each name stands beside, as it is printed: 副县长.
    deputy, speaks = compiled(rf"副?(?:{titles})"), compiled(_SPEAKS)
    led: defaultdict[str, set[str]] = defaultdict(set)
    beside = compiled(
        rf"(?:{titles})({name})|({name})(?=(?:副?(?:{titles})|同志))|(?<=[，。；\n])({name})(?={_SPEAKS})"
    )
    # A name stands right behind what somebody is called, or right before it, perhaps with 副 between.
    for match in _matches(beside, text, sorted({max(0, at - back) for at in called for back in (4, 3, 0)})):
        group = match.lastindex or 1
        names[match[group]].append(match.start(group))
        if group > 1 or speaks.match(text, match.end()):
            closed.add(match[group])
            called_so = deputy.match(text, match.end())
            led[match[group]].update({called_so[0]} if called_so else ())
        if group == 1:
            led[match[group]].add(text[max(0, match.start() - (text[match.start() - 1] == "副")) : match.start(group)])
    yield from _deputies(analysis, titles, name)
    if len(names) < 2:
        return
    posts: defaultdict[str, set[str]] = defaultdict(set)
    for match in compiled(rf"(?<!副)({_SOLE})({name})|({name})({_SOLE})").finditer(text):
        posts[match[2] or match[3]].add(match[1] or match[4])
    listed = sorted(names, key=lambda one: (-len(names[one]), names[one][0]))
    for kept, other, at in _one_apart(listed):
        one, another = kept[at], other[at]
        # 李明主持 and 李明到会 are no names of three characters, unless a title closes them.
        if taken(one, another) and (
            at < 2 or {kept, other} <= closed or (led[kept] & led[other] and _ended(text, names, kept, other))
        ):
            yield _two_forms(analysis, kept, names[kept], other, names[other])
        elif at and posts[kept] & posts[other] and len(names[kept]) > 1 and other in closed:
            finding = _two_forms(analysis, kept, names[kept], other, names[other])
            yield finding._replace(severity=Severity.INFO)


def _ended(text: str, names: dict[str, list[int]], *both: str) -> bool:
    """Whether both names end where three characters do: the last of 县长李明主持 makes a word with the next."""
    return not any(common(text[at + 2 : at + 4]) for name in both for at in names[name])


#: More names that differ in one character only are a roster, not slips.
_ROSTER = 40


def _one_apart(names: Sequence[str]) -> Iterator[tuple[str, str, int]]:
    """The pairs of ``names`` that differ in a single character, in order, and which one it is."""
    alike_but: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for number, name in enumerate(names):
        for at in range(len(name)):
            alike_but[at, name[:at] + name[at + 1 :]].append(number)
    pairs = sorted(
        (*pair, at)
        for (at, _), numbers in alike_but.items()
        if len(numbers) <= _ROSTER
        for pair in combinations(numbers, 2)
    )
    yield from ((names[one], names[other], at) for one, other, at in pairs)


def _matches(pattern: re.Pattern[str], text: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    """The matches of ``pattern`` that begin at one of ``places``, which ascend; none begins inside another."""
    end = 0
    for place in places:
        if place >= end and (match := pattern.match(text, place)) is not None:
            end = match.end()
            yield match


#: Posts that one person holds.
_SOLE = "县长|市长|区长|镇长|乡长|局长|校长|院长"


def _deputies(analysis: Analysis, titles: str, name: str) -> Iterator[Finding]:
    """One person who is deputy in one place and head in another, both times with the title before the name."""
    text = analysis.reading.text
    seen: dict[str, tuple[str, Span]] = {}
    if "副" not in text:
        return
    for match in compiled(rf"(副?(?:{titles}))({name})").finditer(text):
        title, at = match[1], Span(*match.span())
        first, before = seen.setdefault(match[2] + title.removeprefix("副"), (title, at))
        if first != title:
            yield Finding(
                analysis.span(at),
                Message(f"前面作“{first}{match[2]}”，这里作“{match[0]}”，请核对职务", f"{first} before, {title} here"),
                (Related(analysis.span(before), "前面的写法"),),
                severity=Severity.INFO,
            )
