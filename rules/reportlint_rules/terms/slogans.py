"""TM011: set formulas with a wrong numeral, or with a member that is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlint.analysis import Analysis
from reportlint.finding import Applicability, Finding, Fix, Message, Outcome, Related, Replacement, Severity
from reportlint.patterns import compiled, hinted
from reportlint.phrase import stretch
from reportlint.rule import rule
from reportlint.span import Span
from reportlint_rules.terms.formulas import NUMERALS, Formula, any_head, any_name, formulas, frame, named

#: How far around a name words are looked for that tell which formula is meant.
_SIGHT = 30
#: What leads from a name to its members: “四个意识”（政治意识、…）.
_LISTED = compiled(
    r"[”’]?(?:[（(]|(?:，)?(?:即|分别是|包括)[：:“]?|：)(?P<members>[^（(）)。；！？\n]{4,90})(?P<end>[）)。；\n]|$)"
)
_BETWEEN = compiled(r"、|，|以及|和|与|及")
_RUN = compiled(r"[一-龥]{1,14}(?:(?:、|，|以及|和|与)[一-龥]{1,14})+")
_PARTLY = compiled(r"等|等等|…")
_QUOTES = "“”‘’「」"


@rule(
    "TM011",
    "set-formula",
    severity=Severity.WARNING,
    bad=(
        "坚定“四个自信”，坚决做到“⟦三个维护⟧”，同党中央保持高度一致。",
        "增强“四个意识”，坚定“四个自信”，坚决做到“⟦两个确立⟧”。",
        "严格落实⟦三会两课⟧制度，开展主题党日12次。",
        "严格落实“⟦三课一会⟧”制度，深刻领悟“两个确立”，做到“⟦两个拥护⟧”。",
        "落实“五项管理”（⟦作业、睡眠、手机、读物⟧），减轻学生负担。",
        "坚定道路自信、理论自信、制度自信、⟦文明自信⟧。",
    ),
    good=(
        "坚定“四个自信”，坚决做到“两个维护”，同党中央保持高度一致。",
        "深刻领悟“两个确立”的决定性意义，做到“两个维护”，开展“两癌”（宫颈癌、乳腺癌）免费筛查。",
        "树牢“三个意识”（服务意识、责任意识、效率意识）。",
        "落实“五项管理”（作业、睡眠、手机、读物、体质），减轻学生负担。",
        "增强政治意识、大局意识、服务意识。",
        "严格落实中央八项规定精神和公安部“六项规定”。",
    ),
)
def set_formula(analysis: Analysis) -> Iterator[Outcome]:
    """固定提法的数字或成员不对。

    “两个维护”“四个意识”“三会一课”“两不愁三保障”里的数字是固定的，后面列出的成员也是固定的：“四个意识”写成“五个意识”、“五项管理”只列四项、
    “文化自信”写成“文明自信”，“做到‘两个确立’”，“三课一会”“两个拥护”，都是错的。数据文件 `formulas.tsv` 列出各个提法、成员和出处，`misnamed.tsv` 列出容易写错的字。

    别处也可能自创“三个意识”一类口号，所以多数提法要在同一句里有旁证（做到、坚定、战略布局……）才报；列举带“等”的、只提其中几项的不报。
    """
    text = analysis.reading.text
    seen: set[int] = set()
    for match in hinted(any_name(), any_head(), text):
        candidates = named()[frame(match[0])]
        own = next((formula for formula in candidates if formula.name == match[0]), None)
        if own is None:
            if match[0].startswith("一个"):
                continue  # 一个最严: an article, no count
            # 三课一会 has the numerals of 三会一课; 一低一高 has others than 两高一低, and says something else.
            candidates = [
                one
                for one in candidates
                if (frame(one.name) == frame(match[0]) and not _all_others(match[0], one.name))
                or _counts(one.name) == _counts(match[0])
            ]
            meant = next((one for one in candidates if _meant(one, text, match.start(), match.end())), None)
            if meant is not None and "二" not in match[0]:  # 二个维护 is a matter of wording
                yield _wrong_number(analysis, match.start(), match.end(), meant)
        elif own.members:
            yield from _listed(analysis, match.start(), match.end(), own, seen)
    for formula in formulas():
        if formula.ordered and len(formula.members[0]) > 1 and _all_but_one(formula.members, text):
            yield from _strangers(analysis, formula, seen)
    yield from _misplaced(analysis)


def _all_others(printed: str, name: str) -> bool:
    """Whether no numeral of several is that of the formula: 三免两补 beside 两免一补 is a formula of its own."""
    pairs = [(one, other) for one, other in zip(printed, name, strict=False) if other in NUMERALS]
    return len(pairs) > 1 and all(one != other for one, other in pairs)


def _counts(name: str) -> list[str]:
    return sorted(sign for sign in name if sign in NUMERALS)


def _all_but_one(members: Sequence[str], text: str) -> bool:
    missing = 0
    for member in members:
        missing += member not in text
        if missing > 1:
            return False
    return True


def _meant(formula: Formula, text: str, start: int, end: int) -> bool:
    """Whether what stands around tells that the formula is meant, with another numeral."""
    if formula.where is None:
        return True
    first, last = stretch(text, start, end)
    first, last = max(first, start - _SIGHT), min(last, end + _SIGHT)
    if text.find(formula.name, first, last) >= 0:
        return False  # 落实中央八项规定和公安部“六项规定”: told as it is, another beside it is another
    return formula.where.search(text[first:start] + text[start:end] + text[end:last]) is not None


def _wrong_number(analysis: Analysis, start: int, end: int, formula: Formula) -> Finding:
    span = analysis.span(Span(start, end))
    counted = frame(analysis.reading.text[start:end]) == frame(formula.name)
    what, english = ("数字不对", "check the numeral") if counted else ("这里的写法不对", "check the wording")
    return Finding(
        span,
        Message(f"固定提法是“{formula.name}”，{what}，请核对", f"the set formula is {formula.name}: {english}"),
        suggestion=formula.name,
        fix=Fix(f"改为“{formula.name}”", Applicability.UNSAFE, (Replacement(span, formula.name),)),
    )


def _listed(analysis: Analysis, start: int, end: int, formula: Formula, seen: set[int]) -> Iterator[Finding]:
    """A list right behind the name that leaves members out: 五项管理（作业、睡眠、手机、读物）."""
    text = analysis.reading.text
    match = _LISTED.match(text, end)
    if match is None or _PARTLY.search(match["members"]):
        return
    items = [item.strip(_QUOTES) for item in _BETWEEN.split(match["members"])]
    found = {words[0] for words in formula.told_by if any(_is(word, item) for word in words for item in items)}
    missing = [member for member in formula.members if member not in found]
    strangers = [item for item in items if not any(_is(word, item) for words in formula.told_by for word in words)]
    # Two of them at least tell that these members are meant, and not what they are about; of a pair, one and another word.
    least = 1 if len(formula.members) == len(items) == 2 else max(2, len(formula.members) - 2)
    if not missing or len(found) < least or len(strangers) > len(missing):
        return
    seen.add(match.start("members"))
    said = f"，“{'”“'.join(strangers)}”不在其中" if strangers else ""
    yield Finding(
        analysis.span(Span(*match.span("members"))),
        Message(
            f"“{formula.name}”是{'、'.join(formula.members)}，这里少了{'、'.join(missing)}{said}，请核对",
            f"{formula.name} has the members {', '.join(formula.members)}; missing here: {', '.join(missing)}",
        ),
        suggestion="、".join(formula.members),
    )


def _is(member: str, item: str) -> bool:
    """Whether ``item`` names the member, perhaps with more or fewer words: 作业管理, 大局."""
    return member in item or (len(item) > 1 and item in member)


def _strangers(analysis: Analysis, formula: Formula, seen: set[int]) -> Iterator[Finding]:
    """All members but one in a row, in their order, and one that resembles the missing: 制度自信、文明自信."""
    text = analysis.reading.text
    members = formula.members
    for match in _runs(text, members):
        if any(match[0] <= place < match[1] for place in seen):
            continue
        items = match[2]
        for first in range(len(items) - len(members) + 1):
            window = items[first : first + len(members)]
            # Words may lead to the first without a break, or follow the last: 坚定道路自信, 共享的新发展理念.
            window[0] = _end_of(window[0], members[0])
            window[-1] = (window[-1][0], window[-1][1][: len(members[-1])])
            odd = [place for place, member in enumerate(members) if window[place][1] != member]
            if len(odd) != 1:
                continue
            (at, word), right = window[odd[0]], members[odd[0]]
            if not _resembles(word, right) or word in members:
                continue
            span = analysis.span(Span(at, at + len(word)))
            yield Finding(
                span,
                Message(f"固定提法是“{'、'.join(members)}”，这里应为“{right}”", f"the set series has {right} here"),
                suggestion=right,
                fix=Fix(f"改为“{right}”", Applicability.UNSAFE, (Replacement(span, right),)),
            )
            break


def _end_of(item: tuple[int, str], member: str) -> tuple[int, str]:
    at, word = item
    cut = max(0, len(word) - len(member))
    return at + cut, word[cut:]


def _resembles(word: str, right: str) -> bool:
    """Whether a slip of one member can have given the word: as long but for one character, and half of it shared."""
    shared = sum(char in right for char in word)
    return abs(len(word) - len(right)) <= 1 and 2 * shared >= len(right)


def _runs(text: str, members: Sequence[str]) -> Iterator[tuple[int, int, list[tuple[int, str]]]]:
    """Where ``members`` may stand in a row: start, end, and the words with their places."""
    done = -1
    anchors = sorted({at for member in members[:2] for at in _places(text, member)})
    for at in anchors:
        if at <= done:
            continue
        start = max(text.rfind(mark, 0, at) for mark in "。；：（(“\n，") + 1
        match = _RUN.match(text, start)
        if match is None:
            continue
        done = match.end()
        items: list[tuple[int, str]] = []
        place = start
        for word in _BETWEEN.split(match[0]):
            place = text.index(word, place)
            items.append((place, word))
            place += len(word)
        yield start, match.end(), items


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


#: What is done with one formula only, and the one it is done with.
_DONE_WITH = (
    (compiled(r"(?:坚决|自觉|切实|真正)?做到“?(?P<wrong>两个确立)(?!”?的)"), "两个维护"),
    (compiled(r"领悟“?(?P<wrong>两个维护)”?的决定性意义"), "两个确立"),
)
#: 增强“四个意识”、坚定“四个自信”、做到“两个维护”: the names in a row, each behind its verb.
_ROW = compiled(
    r"“(?P<first>[一二两三四五六七八][一-龥]{2,6})”(?:、|，)[一-龥]{2,4}“(?P<second>[一二两三四五六七八][一-龥]{2,6})”"
    r"(?:(?:、|，)[一-龥]{2,4}“(?P<third>[一二两三四五六七八][一-龥]{2,6})”)?"
)


def _misplaced(analysis: Analysis) -> Iterator[Finding]:
    """Formulas that stand where another belongs, and those that a row of them names twice."""
    text = analysis.reading.text
    if "两个确立" in text or "两个维护" in text:
        for pattern, right in _DONE_WITH:
            for match in pattern.finditer(text):
                span = analysis.span(Span(*match.span("wrong")))
                yield Finding(
                    span,
                    Message(
                        f"固定提法是“{match[0].replace('“', '').replace(match['wrong'], right)}”，请核对",
                        f"the set phrase has {right} here",
                    ),
                    suggestion=right,
                    fix=Fix(f"改为“{right}”", Applicability.UNSAFE, (Replacement(span, right),)),
                )
    for match in _ROW.finditer(text) if "”、" in text or "”，" in text else ():
        groups = [group for group in ("first", "second", "third") if match[group]]
        for one, other in zip(groups, groups[1:], strict=False):
            if match[one] == match[other]:
                yield Finding(
                    analysis.span(Span(*match.span(other))),
                    Message(
                        f"“{match[other]}”在这一串提法里写了两遍，请核对", f"{match[other]} stands twice in this row"
                    ),
                    (Related(analysis.span(Span(*match.span(one))), "前一处"),),
                )
