"""TY004 and TY005: characters that official prose would not put where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from reportlint.analysis import Analysis
from reportlint.errors import SettingsError
from reportlint.finding import Applicability, Finding, Fix, Message, Outcome, Replacement, Severity
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.segment import words
from reportlint.span import Span
from reportlint_rules.typos.lexicon import occurrences
from reportlint_rules.typos.phrases import broken
from reportlint_rules.typos.words import slips

#: From which likelihood on a proposal is a suggestion; that of a warning is set by kind of slip when the model is built.
SUGGESTION = 0.6
#: The thresholds were set on reports of a few years; others are stranger to the model, so only this share of the doubt is allowed.
MARGIN = 0.9
#: By how much less will do for a warning where the document itself writes the proposed words elsewhere.
SUPPORT = 0.12

#: A pair that stands so many times oftener the other way round is no word of the document's own.
_FAR_OFTENER = 4

_QUOTED = compiled(r"“[^”\n]{1,24}”|‘[^’\n]{1,24}’|《[^》\n]{1,60}》|〔[^〕\n]{1,12}〕|「[^」\n]{1,24}」")
#: Names: what stands before the name of a kind of place or firm, and after a title.
_NAMES = compiled(
    r"[一-龥]{1,3}(?=[镇乡村屯寨庄湾沟坝河湖江溪港岛]|街道|社区|水库|公司|集团|酒店|大道|大街|中路|东路|西路|南路|北路)"
    r"|[一-龥]{1,2}(?=[省市县区州旗盟])"
    r"|(?:书记|局长|县长|市长|区长|镇长|主任|主席|处长|科长|院长|校长|经理|记者|通讯员|同志)[一-龥]{2,3}(?=[，、。：；（\n]|同志|主持|出席|参加|带队)"
    r"|[一-龥]{2,3}(?=同志|先生|女士|烈士)"
)
_NUMBERED = compiled(r"[一二三四五六七八九十百千万两几\d][一-龥]?(?:字诀|字经|字方针)[^，。；\n]{0,12}")
_HAN = compiled(r"[一-龥]+")


#: Words of one rank: which of them is meant, the neighbours do not say.
_RANKS = (
    "省市县区州旗盟乡镇村",
    "一二三四五六七八九十百千万亿两",
    "上下前后左右内外",
    "东南西北中",
    "年月日季",
    "大小多少高低",
    "我你他她它",
)


class Doubt(NamedTuple):
    """A place, what should stand there, how sure that is, from where on it is sure enough, and what else might stand there."""

    at: Span
    right: str
    likelihood: float
    enough: float
    others: tuple[str, ...]


def _masked(analysis: Analysis) -> list[Span]:
    """What is not prose: quotations, titles, names, the user's terms."""
    text = analysis.reading.text
    spans = [Span(*match.span()) for pattern in (_QUOTED, _NAMES, _NUMBERED) for match in pattern.finditer(text)]
    for term in analysis.context.terms:
        spans += [Span(at, at + len(term)) for at in occurrences(text, term)]
    return spans


@lru_cache(maxsize=1)
def _doubts(analysis: Analysis) -> tuple[Doubt, ...]:
    """Every doubtful place, in order, the likeliest proposal where several meet; both rules draw on it."""
    try:
        import numpy as np
    except ImportError:
        raise SettingsError("规则 TY004、TY005 要用 numpy：请 pip install numpy，或不选这两条规则") from None

    from reportlint_rules.typos.likelihood import Kind, guesses
    from reportlint_rules.typos.ngrams import model

    text = analysis.reading.text
    mask = np.zeros(len(text), dtype=np.bool_)
    for span in _masked(analysis):
        mask[span.start : span.end] = True
    limits = model().header["thresholds"]
    rows = [
        Doubt(Span(guess.start, guess.end), guess.right, guess.chance, 1 - MARGIN * (1 - limits[guess.kind.name]), ())
        for guess in guesses(model(), text, mask, SUGGESTION / 2)
        if guess.kind is not Kind.MISSING or guess.chance >= limits[guess.kind.name]
    ]
    # One place gets one finding: the lexicon first, then the set phrases.
    taken = [at for at, _ in slips(analysis)] + [slip.at for slip in broken(analysis)]
    kept: list[Doubt] = []
    for doubt in rows:
        if doubt.likelihood < SUGGESTION or _out_of_scope(text, doubt):
            continue
        if any(doubt.at.meets(other) for other in taken):
            continue
        taken.append(doubt.at)
        others = tuple(dict.fromkeys(row.right for row in rows if row.at == doubt.at and row.right != doubt.right))
        kept.append(doubt._replace(others=others))
    return tuple(sorted(kept))


def _out_of_scope(text: str, doubt: Doubt) -> bool:
    """Whether it is a matter of numbers, of rank, of punctuation, or wordplay: 国五标准, 全县 for 全省, 具体抓抓具体."""
    (start, end), right = doubt.at, doubt.right
    printed = text[start:end]
    if not _HAN.fullmatch(right) or any(one in _RANKS[1] for one in printed):
        return True
    if len(printed) == len(right):
        return all(
            one == other or any(one in rank and other in rank for rank in _RANKS)
            for one, other in zip(printed, right, strict=True)
        )
    return text[max(0, start - 2) : start] == text[end : end + 2]


def _accepted(text: str, doubt: Doubt) -> bool:
    """Whether the document writes it so elsewhere: a word used twice is a word, unless it is a far commoner one turned round."""
    start, end = doubt.at
    left, right = text[max(0, start - 1) : start], text[end : end + 1]
    printed, proposed = text[start:end], doubt.right
    if end - start == 1:
        forms = [(left + printed, left + proposed), (printed + right, proposed + right)]
    elif printed[0] != printed[1]:
        forms = [(printed, proposed)]
    else:
        forms = [(left + printed + right, left + proposed + right)]
    for word, other in forms:
        if len(word) >= 2 and _HAN.fullmatch(word):
            many = text.count(word)
            turned = printed == proposed[::-1] and text.count(other) >= _FAR_OFTENER * many
            if many > 1 and not turned:
                return True
    return False


def _supported(text: str, doubt: Doubt) -> bool:
    """Whether the document writes the proposed words elsewhere."""
    start, end = doubt.at
    return any(
        len(word) >= 3 and _HAN.fullmatch(word) is not None and word in text
        for word in (
            text[max(0, start - 2) : start] + doubt.right,
            doubt.right + text[end : end + 2],
            text[max(0, start - 1) : start] + doubt.right + text[end : end + 1],
        )
    )


def _graded(analysis: Analysis) -> Iterator[tuple[Doubt, Severity]]:
    text = analysis.reading.text
    for doubt in _doubts(analysis):
        if _accepted(text, doubt):
            continue
        supported = _supported(text, doubt)
        sure = doubt.likelihood >= doubt.enough - (SUPPORT if supported else 0)
        # The segmenter is slow to load: it is asked only about what would be a warning.
        if sure and _made_of_words(text, doubt):
            sure = False
        yield doubt, Severity.WARNING if sure else Severity.INFO


def _made_of_words(text: str, doubt: Doubt) -> bool:
    """Whether the dictionary knows what is printed: 起付线, 直航|航线. It is no judge of spelling, but a reason to be less sure."""
    start, end = doubt.at
    first = max(0, start - 12)
    inside = Span(start - first, end - first)
    covering = [word for word in words(text[first : end + 12], guess=False) if word.meets(inside)]
    return all(word.size > 1 for word in covering)


def _finding(analysis: Analysis, doubt: Doubt) -> Finding:
    span, printed = analysis.span(doubt.at), analysis.reading.slice(doubt.at)
    text, (start, end) = analysis.reading.text, doubt.at
    around = tuple(part.strip("\n") for part in (text[max(0, start - 2) : start], text[end : end + 2]))
    shown = f"{around[0]}{printed}{around[1]}"
    fixed = f"{around[0]}{doubt.right}{around[1]}"
    others = "".join(f"、“{other}”" for other in doubt.others)
    sole = Fix(f"改为“{doubt.right}”", Applicability.UNSAFE, (Replacement(span, doubt.right),))
    return Finding(
        span,
        Message(
            f"“{shown}”疑为“{fixed}”：“{printed}”可能应为“{doubt.right}”{others}",
            f"“{shown}” reads like a slip for “{fixed}”",
        ),
        suggestion=doubt.right,
        fix=None if doubt.others else sole,
    )


@rule(
    "TY004",
    "unlikely-character",
    severity=Severity.WARNING,
    optional=True,
    bad=(
        "全县上下要坚决贯彻落实党中央各项方⟦真⟧政策，确保各项任务按期完成。",
        "新增停⟦东⟧泊位，缓解出行难题。",
    ),
    good=(
        "全县上下要坚决贯彻落实党中央各项方针政策，确保各项任务按期完成。",
        "持续加大对困难群众的救助力度。",
    ),
)
def unlikely_character(analysis: Analysis) -> Iterator[Outcome]:
    """词表里没有、但公文里几乎不会这样写的字。

    由语言模型判断：它数过法律法规、国务院文件和政府工作报告里两到四个字连用的次数，认得音近、形近的字。一个字与前后文几乎从不连用，
    换成一个音近或形近的字、与邻字对调、去掉重复的一个，就处处通顺，便报出来。只有很有把握的才报 warning；没把握的见 doubtful-character。

    不看：引号、书名号里的字，地名、单位名、人名，配置的 terms，以及文中两次以上同样写法的词。本规则要用 numpy，默认不开；
    用 --extend-select TY004 或配置 extend-select 打开。
    """
    for doubt, severity in _graded(analysis):
        if severity is Severity.WARNING:
            yield _finding(analysis, doubt)


@rule(
    "TY005",
    "doubtful-character",
    severity=Severity.INFO,
    optional=True,
    bad=("公开曝光典型案⟦列⟧，形成有力震慑。",),
    good=("持续加大对困难群众的救助力度。",),
)
def doubtful_character(analysis: Analysis) -> Iterator[Outcome]:
    """可能写错、但没有把握的字。

    与 unlikely-character 同一个模型，门槛放低：大约每五处里有一处不是错字，只作提示，供终校时逐条看一遍。

    什么不看与 unlikely-character 相同；那条规则已报的不重复报。默认不开，用 --extend-select TY005 打开。
    """
    for doubt, severity in _graded(analysis):
        if severity is Severity.INFO:
            yield _finding(analysis, doubt)
