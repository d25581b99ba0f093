"""TY004 and TY005: characters that official prose would not put where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.finding import Outcome, Severity
from reportlint.rule import rule
from reportlint.segment import words
from reportlint.span import Span
from reportlint_rules.typos.doubts import HAN, Doubt, accepted, left_alone, out_of_scope, told
from reportlint_rules.typos.mistaken import mistaken
from reportlint_rules.typos.spoken import spoken

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reportlint_rules.typos.proposal import Guess

#: From which likelihood on a proposal is a suggestion; that of a warning is set by kind of slip when the model is built.
SUGGESTION = 0.6
#: What share of the doubt that a threshold leaves is allowed. The builder sets thresholds on text of which half is unknown to the model; the
#: whole model is surer of itself, most of all where characters are turned round.
MARGIN = {"SWAPPED": 4.0, "SHAPE": 2.0, "DOUBLED": 1.5}
#: After so many characters in one process numpy takes over.
PLAIN = 30_000
#: By how much less will do for a warning where the document itself writes the proposed words elsewhere.
SUPPORT = 0.12


def _enough(limits: dict[str, float], kind: str) -> float:
    return 1 - MARGIN.get(kind, 0.9) * (1 - limits[kind])


def _guesses(text: str, masked: bytearray) -> list[Guess]:
    """What the model proposes; numpy and plain Python say the same, and numpy is worth its import only where there is much to read."""
    from reportlint_rules.typos.runs import runs

    plain = runs()
    plain.looked_at += len(text)
    if plain.looked_at <= PLAIN:
        from reportlint_rules.typos.look import guesses

        return guesses(plain, text, masked, SUGGESTION / 2)

    import numpy as np

    from reportlint_rules.typos import likelihood
    from reportlint_rules.typos.ngrams import model

    return likelihood.guesses(model(), text, np.frombuffer(masked, np.bool_), SUGGESTION / 2)


@lru_cache(maxsize=1)
def _doubts(analysis: Analysis) -> tuple[Doubt, ...]:
    """Every doubtful place, in order, the likeliest proposal where several meet; both rules draw on it."""
    from reportlint_rules.typos.proposal import Kind
    from reportlint_rules.typos.runs import runs

    text = analysis.reading.text
    limits = runs().header["thresholds"]
    rows = [
        Doubt(Span(guess.start, guess.end), guess.right, guess.chance, _enough(limits, guess.kind.name), ())
        for guess in _guesses(text, left_alone(analysis))
        if guess.kind is not Kind.MISSING or guess.chance >= limits[guess.kind.name]
    ]
    # One place gets one finding: the lexicon first, then the set phrases, then what is beyond doubt.
    taken = [*spoken(analysis), *(doubt.at for doubt in mistaken(analysis))]
    kept: list[Doubt] = []
    for doubt in rows:
        if doubt.likelihood < SUGGESTION or out_of_scope(text, doubt):
            continue
        if any(doubt.at.meets(other) for other in taken):
            continue
        taken.append(doubt.at)
        others = tuple(dict.fromkeys(row.right for row in rows if row.at == doubt.at and row.right != doubt.right))
        kept.append(doubt._replace(others=others))
    return tuple(sorted(kept))


def _supported(text: str, doubt: Doubt) -> bool:
    """Whether the document writes the proposed words elsewhere."""
    start, end = doubt.at
    return any(
        len(word) >= 3 and HAN.fullmatch(word) is not None and word in text
        for word in (
            text[max(0, start - 2) : start] + doubt.right,
            doubt.right + text[end : end + 2],
            text[max(0, start - 1) : start] + doubt.right + text[end : end + 1],
        )
    )


def _graded(analysis: Analysis) -> Iterator[tuple[Doubt, Severity]]:
    text = analysis.reading.text
    for doubt in _doubts(analysis):
        if accepted(text, doubt):
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


@rule(
    "TY004",
    "unlikely-character",
    severity=Severity.WARNING,
    optional=True,
    bad=(
        "建立执法⟦王⟧面清单，纳入企业86家。",
        "提高煤矸石综合⟦用利⟧水平。",
    ),
    good=(
        "组织开展食品安全监督抽检工作。",
        "持续加大对困难群众的救助力度。",
    ),
)
def unlikely_character(analysis: Analysis) -> Iterator[Outcome]:
    """词表里没有、但公文里很少会这样写的字。

    与 improbable-character 同一个模型，多看一些地方，门槛低一些：大约每五万字正确的公文误报一处。最有把握的由那条规则报，没把握的见
    doubtful-character，一处只报一次。

    不看：引号、书名号里的字，地名、单位名、人名，配置的 terms，以及文中两次以上同样写法的词。默认不开；
    用 --extend-select TY004 或配置 extend-select 打开。
    """
    for doubt, severity in _graded(analysis):
        if severity is Severity.WARNING:
            yield told(analysis, doubt)


@rule(
    "TY005",
    "doubtful-character",
    severity=Severity.INFO,
    optional=True,
    bad=("新建充电桩，方便群众绿色出⟦仃⟧。",),
    good=("新建充电桩，方便群众绿色出行。",),
)
def doubtful_character(analysis: Analysis) -> Iterator[Outcome]:
    """可能写错、但没有把握的字。

    与 unlikely-character 同一个模型，门槛放低：大约每五处里有一处不是错字，只作提示，供终校时逐条看一遍。

    什么不看与 unlikely-character 相同；那条规则已报的不重复报。默认不开，用 --extend-select TY005 打开。
    """
    for doubt, severity in _graded(analysis):
        if severity is Severity.INFO:
            yield told(analysis, doubt)
