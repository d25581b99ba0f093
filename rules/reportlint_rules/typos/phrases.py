"""TY002: set phrases with a slip inside."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.finding import Applicability, Finding, Fix, Message, Outcome, Replacement, Severity
from reportlint.record import NamedTuple
from reportlint.rule import rule
from reportlint.segment import common, dictionary, stands_alone
from reportlint.shapes import lookalike
from reportlint.sounds import alike
from reportlint.span import Span
from reportlint_rules.typos.coined import coined
from reportlint_rules.typos.lexicon import LENIENT, Phrase, covers, occurrences, phrases, split
from reportlint_rules.typos.pairs import BEGINNING, INSIDE, having, telling
from reportlint_rules.typos.words import slips

#: Shorter phrases are not looked at for a slip at their edge.
_LEAST = 4
#: Characters that follow a shorter phrase as words of their own: 自然保护的, 生态环境不.
_FUNCTION = frozenset(
    "的地得了着过不没未约以与和及或是在有而之等为将由被把对从到向于也都已则即并且其此该各每所按经据需应须可能会要再又更最较很"
)

#: Behind a number the first character of a phrase is a measure word: 三位|成年人.
_NUMERALS = frozenset("0123456789一二三四五六七八九十百千万亿两几多每各")
#: What stands for the characters after the last.
_BEYOND = "\n\n"
#: Characters that a phrase may do without.
_OMITTED = frozenset("人化性者大")
#: Conjunctions, which join words as well as they stand for a character of one.
_JOINING = frozenset("和与及或")
#: How often the segmenter's dictionary has to know a word.
_KNOWN = 10
#: How much oftener (binary logarithm) all but the first character of a phrase may stand than the phrase.
_STRAY = 0.5
#: A shorter phrase without one of its characters is another phrase too often.
_LONG = 6
#: So many pieces of text and what they may be a part of.
_REMEMBERED = 1 << 13
#: What an office is called at its end: doubled, it may belong to two words (执法队|队伍, 信访局|局长).
OFFICES = frozenset("队处组部局科室所站院校会团区县市省镇乡村社厅委")


#: What a word may end without: 河长制, 数字化; the stem is a word as well.
SUFFIXES = frozenset(
    "制化率性法局会们者员品区县市度力量点线级型式类费额值部厅处科院所站队组案书表单项名人家户权业地天年月日次个债网办店厂馆园路桥库港体系圈村镇药油粮肉菜茶党"
)
#: What a phrase of time or place ends in: 上市后 is not the beginning of 上市后备.
_PLACES = frozenset("上下前后中内外间时里旁")
#: What may follow a phrase that was cut off.
_STOPS = frozenset("，。；：、！（0123456789")


class Slip(NamedTuple):
    """A place that is a set phrase but for one character: what was done to it."""

    at: Span
    phrase: Phrase
    kind: str


def _edit(printed: str, phrase: str) -> str | None:
    """What turns ``phrase`` into ``printed`` by one slip inside it, first and last character intact; ``None`` if none does."""
    if printed[0] != phrase[0] or printed[-1] != phrase[-1] or printed == phrase:
        return None
    head = 1
    for one, other in zip(printed[1:], phrase[1:], strict=False):
        if one != other:
            break
        head += 1
    rest, right = printed[head:], phrase[head:]
    if len(rest) == len(right):
        if rest[1:] == right[1:]:
            return "wrong" if _han(rest[0]) and _han(right[0]) else None
        return "swapped" if rest[:2] == right[1::-1] and rest[2:] == right[2:] else None
    if rest == right[1:]:
        return "missing" if _han(right[0]) else None
    if rest[1:] == right:
        return "extra" if _han(rest[0]) else None
    return None


def _han(character: str) -> bool:
    return "一" <= character <= "龥"


def _edge(text: str, at: Span, phrase: str) -> str | None:
    """Whether only the last character is another, one that is typed or looks like the right one and belongs to no other word.

    The edge of a phrase is where another begins: 全面从严治军, 形成合理的格局; before the first character even more so.
    """
    printed = text[at.start : at.end]
    if len(printed) != len(phrase) or len(phrase) < _LEAST or printed[:-1] != phrase[:-1] or printed == phrase:
        return None
    last = printed[-1]
    if last in _STOPS:
        return "cut" if _cut(printed, phrase) else None
    mistaken = _han(last) and last not in _FUNCTION and _mistaken(last, phrase[-1])
    return "edge" if mistaken and (_unheard(text, at.end) or stands_alone(text, at.end - 1)) else None


def _head(text: str, at: Span, phrase: str) -> str | None:
    """Whether only the first character is another, one that is typed or looks like the right one and belongs to no other word."""
    first, start = text[at.start], at.start
    if first == phrase[0] or text[start + 1 : at.end] != phrase[1:] or not _han(first) or first in _FUNCTION:
        return None
    before = text[start - 1] if start else "\n"
    if before in _NUMERALS or not _mistaken(first, phrase[0]):
        return None  # 三|位成年人
    if common(text[start : start + 2]) or common(before + first):
        return None
    from reportlint_rules.typos.runs import runs

    model = runs()
    right, printed = model.read(phrase[:4]), model.read(text[start : start + 3])
    # 享|低成本, 仅|董事长: what follows stands without the first character as well.
    bound = 0 <= model.log[right[1:]] <= model.log[right] + _STRAY
    return "head" if bound and model.log[printed] < 0 else None


def _unheard(text: str, end: int) -> bool:
    """Whether nobody writes the three characters before ``end`` in a row, and the last of them does not begin a word.

    三重一打 is wrong although 一打 is a word, 造林绿|画面 may be right.
    """
    from reportlint_rules.typos.runs import runs

    model = runs()
    return model.log[model.read(text[end - 3 : end])] < 0 and not common(text[end - 1 : end + 1])


def _cut(printed: str, phrase: str) -> bool:
    """Whether the last character is missing at a stop: 预警信， for 预警信息, but not 河湖长， beside 河湖长制."""
    if not SUFFIXES.isdisjoint(phrase[-2:]) or common(phrase[-3:-1]) or not common(phrase[-2:]):
        return False
    if phrase[-2] in _PLACES or phrases()[phrase].mode == "idiom":
        return False  # 功能强， is not the beginning of 功能强大
    from reportlint_rules.typos.runs import runs

    model = runs()
    return model.log[model.read(printed[-3:])] < 0


def _mistaken(one: str, other: str) -> bool:
    return alike(one, other) or lookalike(one, other)


def _candidates(analysis: Analysis) -> Iterator[tuple[Span, str]]:
    """Stretches that may be a phrase with a slip, without the phrase itself."""
    text, index = analysis.reading.text, phrases()
    yield from _begun(analysis)
    yield from _with_another_beginning(analysis)
    for form, phrase in index.turned(telling(analysis), analysis.grams):
        for start in occurrences(text, form):
            if not text.startswith(phrase, max(0, start - 1)):
                yield Span(start, start + len(form)), phrase
    for pair in telling(analysis):
        for phrase in filter(None, split(index.split(pair))):
            for place in occurrences(text, phrase[1:]) if phrase[-2:] in analysis.grams else ():
                if place > 1 and text[place - 2] == phrase[0] != text[place - 1]:
                    yield Span(place - 2, place + len(phrase) - 1), phrase


def _begun(analysis: Analysis) -> Iterator[tuple[Span, str]]:
    """Phrases of which the first two characters stand in the text, and the last, or all but the last, where they may."""
    text, following = analysis.reading.text, phrases().following
    padded = text + _BEYOND
    for place, pair in having(analysis, BEGINNING):
        either = following[pair]
        if padded[place + 2] not in either and padded[place + 3] not in either:
            continue  # as at most places
        for rest in _rests(padded[place : place + 4]):
            if text.startswith(rest, place + 2):
                continue  # the phrase itself
            last, near = rest[-1], place + len(rest)
            # The last character is intact, so it stands where the phrase ends, one place before or one after.
            if last in padded[near : near + 3]:
                for end in range(near, near + 3):
                    if padded.startswith(last, end):
                        yield Span(place, end + 1), pair + rest
            if text.startswith(rest[:-1], place + 2) and padded[near + 1 : near + 2] not in ("", last):
                yield Span(place, near + 2), pair + rest


@lru_cache(maxsize=_REMEMBERED)
def _rests(four: str) -> tuple[str, ...]:
    """What may follow the first two of ``four`` characters in a phrase, as far as the others tell; the same come again."""
    third, fourth = four[2], four[3]
    rests: list[str] = []
    # After a slip at the third character the fourth stands at either place.
    short, longer = phrases().begun(four[:2])
    if third in short or fourth in short:
        by_third, by_fourth = _told(short)
        if third in (four[1], fourth):  # typed twice, perhaps
            rests += (*by_third.get(third, ()), *by_fourth.get(fourth, ()), *by_third.get(fourth, ()))
        elif third + fourth not in short:  # where one of these stands none stands with a slip
            rests += (*by_third.get(third, ()), *by_fourth.get(fourth, ()))
    if third in longer or fourth in longer:
        by_third, by_fourth = _told(longer)
        for character in (third, fourth):
            rests += by_third.get(character, ())
            rests += by_fourth.get(character, ())
    return tuple(dict.fromkeys(rests))


@lru_cache(maxsize=4096)
def _told(bundle: str) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """A bundle taken apart, by the first character of what is in it and by the second."""
    by_first: dict[str, list[str]] = {}
    by_second: dict[str, list[str]] = {}
    for rest in split(bundle):
        by_first.setdefault(rest[0], []).append(rest)
        by_second.setdefault(rest[1], []).append(rest)
    return by_first, by_second


def _with_another_beginning(analysis: Analysis) -> Iterator[tuple[Span, str]]:
    """Phrases that stand in the text from their third character on, but for one of the two before it."""
    text, inner = analysis.reading.text, phrases().inner
    for third, pair in having(analysis, INSIDE):
        place, bundle = third - 2, inner(pair)
        if place < 0 or (text[place] not in bundle and text[place + 1] not in bundle):
            continue
        for around in _around(text[place : place + 4]):
            if text.startswith(around[2:], place + 4):
                yield Span(place, place + 2 + len(around)), around[:2] + pair + around[2:]


@lru_cache(maxsize=_REMEMBERED)
def _around(four: str) -> tuple[str, ...]:
    """What may stand around the third and the fourth of ``four`` characters in a phrase that begins with the first or goes on with the second."""
    first, second = four[0], four[1]
    by_first, by_second = _told(phrases().inner(four[2:]))
    likely = [around for around in by_first.get(first, ()) if around[1] != second]
    if _han(first) and first not in _FUNCTION:  # a slip of no other character is one: see _head
        likely += [around for around in by_second.get(second, ()) if around[0] != first]
    return tuple(likely)


def _broken(analysis: Analysis) -> Iterator[Slip]:
    text, index = analysis.reading.text, phrases()
    for at, words in _candidates(analysis):
        printed = text[at.start : at.end]
        kind = _edit(printed, words) or _edge(text, at, words) or _head(text, at, words)
        if kind is None:
            continue
        if words not in index.strict and not (
            _dropped(text, at, words)
            if kind == "missing"
            else kind == "cut" or (_slipped(kind, printed, words) and not _written(printed))
        ):
            continue
        if kind == "cut":
            at, printed = Span(at.start, at.end - 1), printed[:-1]
        # Few come as far: only now the lexicons are asked what else is right.
        if index.lawful(printed) or _other_words(text, at, words, kind):
            continue
        phrase = index[words]
        if any(covers(text, at, variant) for variant in phrase.variants):
            continue
        yield Slip(at, phrase, kind)
    for wrong, words in index.wrong(telling(analysis), analysis.grams):
        for start in occurrences(text, wrong):
            phrase = index[words]
            at = Span(start, start + len(wrong))
            if not any(covers(text, at, lawful) for lawful in (words, *phrase.variants)):
                yield Slip(at, phrase, "listed")


def _dropped(text: str, at: Span, phrase: str) -> bool:
    """Whether a character is missing where it leaves neighbours that nobody writes: 城乡融|发展, but not 黑臭水体治|理."""
    if len(phrase) < _LONG - 1:
        return False
    from reportlint_rules.typos.runs import runs

    gap = at.start
    while text[gap] == phrase[gap - at.start]:
        gap += 1
    # 创优|营商环境: one character before the gap may be another word's; 积极财政政策, 残疾康复: some are left out on purpose.
    if min(gap - at.start, at.end - gap) < 2 or phrase[gap - at.start] in _FUNCTION | _OMITTED:
        return False
    model = runs()
    around = model.read(text[gap - 2 : gap + 2])
    if model.log[around[1:3]] < 0:
        return True
    return len(phrase) >= _LONG and model.log[around[:3]] < 0 and model.log[around[1:]] < 0


def _other_words(text: str, at: Span, phrase: str, kind: str) -> bool:
    """Whether the place has nothing to do with the phrase: it is made of other words, or belongs to the words around.

    农资|市场 is not 农贸市场, 国土|的|整治 not 土地整治, 持续的|升势 not 持续提升, 蓬蓬勃勃|发展 not 蓬勃发展.
    """
    printed = text[at.start : at.end]
    if kind == "cut":
        return printed[-1] == "工" and text[at.end : at.end + 1].isdigit()  # 养护工150人
    if kind == "missing":
        return len(printed) == 3 and printed[0] in _FUNCTION and _word(printed[1:])
    if kind == "extra":
        if len(printed) > len(phrase) and any(
            one == "等" and printed[:place] + printed[place + 1 :] == phrase for place, one in enumerate(printed)
        ):
            return True  # 生态产品价值实现等|机制
        return any(
            one == other and at.start + place > 1 and text[at.start + place - 2] == text[at.start + place - 1]
            for place, (one, other) in enumerate(zip(printed, printed[1:], strict=False))
        )
    if kind == "edge" and printed[-1] != phrase[-1]:
        # 将工作情况报|局办公室 beside 情况报告
        return printed[-1] in OFFICES and common(text[at.end : at.end + 2])
    if kind != "wrong":
        return False
    place = next(place for place, (one, other) in enumerate(zip(printed, phrase, strict=True)) if one != other)
    if place == 1 and not common(printed[:2]) and common(text[max(0, at.start - 1) : at.start + 1]):
        return True
    if place == len(printed) - 2 and not common(printed[-2:]) and common(text[at.end - 1 : at.end + 1]):
        return True
    beside = printed[place - 1 : place + 1], printed[place : place + 2]
    mistaken = _mistaken(printed[place], phrase[place])
    if not coined().isdisjoint(beside):
        return True  # 数智|经济, 绿色|智造
    if not mistaken and len(printed) < _LONG and (len(printed) == _LEAST or any(map(common, beside))):
        return True  # 多业并举 beside 多措并举, 三年攻坚战 beside 三大攻坚战
    if phrases()[phrase].mode not in LENIENT and mistaken:
        return False  # 突发公共为生事件: what is said in one way only is meant, whatever else it can be read as
    if printed[place] in _JOINING:
        return True  # 科学和规范化 beside 科学化规范化
    if len(phrase) >= _LONG and mistaken:
        return False  # 环境影响平价
    # 大搞|调查|研究 beside 大兴调查研究: words in use that none takes for the phrase by ear or eye.
    return len(printed) % 2 == 0 and all(_word(printed[each : each + 2]) for each in range(0, len(printed), 2))


def _word(pair: str) -> bool:
    return common(pair) or (dictionary().get(pair) or 0) >= _KNOWN


def _written(words: str) -> bool:
    """Whether official prose writes all that is printed: 法制建设 beside 法治建设, 粮食主产 beside 粮食生产."""
    from reportlint_rules.typos.runs import runs

    model = runs()
    row = model.read(words)
    return all(model.log[row[at : at + 3]] >= 0 for at in range(len(row) - 2))


def _slipped(kind: str, printed: str, phrase: str) -> bool:
    """Whether it is a slip that nobody writes on purpose: a character of the same sound, two swapped, or one typed twice.

    Other neighbours of a short phrase may well be phrases themselves: 春雷行动 beside 春风行动.
    """
    if kind == "wrong":
        return all(one == other or _mistaken(one, other) for one, other in zip(printed, phrase, strict=True))
    if kind == "extra":
        return any(
            one == other and one not in OFFICES and printed[:at] + printed[at + 1 :] == phrase
            for at, (one, other) in enumerate(zip(printed, printed[1:], strict=False))
        )
    return kind in ("swapped", "edge", "head")


_KINDS = {
    "wrong": "有错字",
    "edge": "有错字",
    "head": "有错字",
    "missing": "漏字",
    "cut": "漏了末一字",
    "extra": "多字",
    "swapped": "字序颠倒",
    "listed": "写法不对",
}


@rule(
    "TY002",
    "broken-set-phrase",
    severity=Severity.ERROR,
    bad=(
        "当前水污染防治形势⟦不容客观⟧。",
        "开展⟦执法大便兵⟧活动，提升执法能力。",
        "统筹推进⟦新污染治理⟧。",
        "用好⟦批评和自我批平⟧的武器。",
    ),
    good=(
        "当前水污染防治形势不容乐观。",
        "开展执法大练兵活动，提升执法能力。",
        "完成入湖排污口和入河排污口排查。",
        "坚持全面从严治军，生态环境补偿机制不断健全，形成合理的格局。",
    ),
)
def broken_set_phrase(analysis: Analysis) -> Iterator[Outcome]:
    """固定词语里错、漏、多、倒了一个字。

    “不容乐观”“执法大练兵”“新污染物治理”是固定的说法，首尾都对、中间差一个字，几乎总是错字。

    “入湖排污口”不是“入河排污口”写错。首字、尾字换成了音近、形近的字，又不与后文成词的，报 warning；“全面从严治军”不算。
    每个词语另列有合法的变体。
    """
    for slip in broken(analysis):
        yield _finding(analysis, slip)


@lru_cache(maxsize=1)
def broken(analysis: Analysis) -> tuple[Slip, ...]:
    """Every slip in a set phrase that the lexicon of words does not tell already; kept for the rules that share it."""
    return tuple(_longest(analysis))


def _longest(analysis: Analysis) -> Iterator[Slip]:
    """As :func:`broken`; of two slips that meet the longer phrase's."""
    found = list(_broken(analysis))
    if not found:
        return
    known = [at for at, _ in slips(analysis)]
    taken: list[Span] = []
    for slip in sorted(found, key=lambda each: (each.kind != "listed", -len(each.phrase.phrase), each.at, each.phrase)):
        if any(slip.at.meets(other) for other in (*known, *taken)):
            continue
        if any(covers(analysis.reading.text, slip.at, term) for term in analysis.context.terms):
            continue
        taken.append(slip.at)
        yield slip


def _finding(analysis: Analysis, slip: Slip) -> Finding:
    printed, right = analysis.reading.slice(slip.at), slip.phrase.phrase
    unsure = (
        ("extra", "edge", "head", "cut", "missing") if slip.phrase.mode in LENIENT else ("extra", "edge", "head", "cut")
    )
    span = analysis.span(slip.at)
    return Finding(
        span,
        Message(f"“{printed}”{_KINDS[slip.kind]}，应为“{right}”", f"“{printed}” should be “{right}”"),
        suggestion=right,
        fix=Fix(f"改为“{right}”", Applicability.UNSAFE, (Replacement(span, right),)),
        severity=Severity.WARNING if slip.kind in unsure else Severity.ERROR,
    )
