"""The lexicons of the typo rules, each looked up by the pairs of characters that a text holds.

One set of neighbouring pairs is made of a text; a lexicon entry is looked at only if its own pair is among them. The cost of
thousands of entries is so that of looking for these pairs; they are read and parsed, and their patterns compiled, only when their literal
stands there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Set
from functools import lru_cache, reduce
from operator import add, or_

from reportlint.files import beside
from reportlint.finding import Severity
from reportlint.patterns import compiled, near
from reportlint.record import NamedTuple, cached_property
from reportlint.span import Span
from reportlint.tables import table_with_data
from reportlint_rules.typos.shelf import Rows, Shelf, bundled, shelved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reportlint.analysis import Analysis

#: Shorter phrases have too little left intact by a slip.
_LEAST = 4
#: So far on either side of a wrong form reaches its guard.
GUARDED = 64
#: Modes of phrases of which only a slip counts that sounds or looks like the right form.
LENIENT = frozenset(("sound", "idiom"))
_SEVERITY = {"error": Severity.ERROR, "warning": Severity.WARNING, "info": Severity.INFO}


class Confusable(NamedTuple):
    """A wrong form, what it stands for, the guard that tells it from innocent neighbours, and those neighbours."""

    wrong: str
    right: str
    pattern: str
    severity: Severity
    good: tuple[str, ...]


class Phrase(NamedTuple):
    """A set phrase, its lawful variants, wrong forms further off, and how much of a deviation counts."""

    phrase: str
    variants: tuple[str, ...]
    wrong: tuple[str, ...]
    mode: str


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)


def _rows(path: str) -> Iterator[list[str]]:
    """The rows below the header."""
    import csv  # only where the file has changed

    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        yield from rows


_FIELD, _ENTRY = "\t", "\n"
#: What a pair may be to set phrases: their first two characters, their third and fourth, telling of a form that is none.
BEGUN, INNER, FORM = 1, 2, 4
#: Of which kind the texts of a pair are.
_KINDS = (BEGUN, BEGUN, INNER, FORM, FORM, FORM)


def split(bundle: str) -> list[str]:
    """The entries of a bundle."""
    return bundle.split(_ENTRY)


def _build_confusables(path: str) -> tuple[Rows, bytes]:
    rows = [row[:5] for row in _rows(path)]
    common = Counter(pair for wrong, right, *_ in rows for word in (wrong, right) for pair in _pairs(word))
    # The pair that nobody writes is the best to look for: 幅射 in 幅射安全, not 安全.
    telling = (min(_pairs(wrong), key=lambda pair: (pair in right, common[pair])) for wrong, right, *_ in rows)
    bundles = bundled(zip(telling, map(_FIELD.join, rows), strict=True), _ENTRY)
    return shelved({pair: (0, (bundle,)) for pair, bundle in bundles.items()})


def _build_phrases(path: str) -> tuple[tuple[Rows, int, int, int, frozenset[str]], bytes]:
    """The shelf of bundles, where it, the lines of phrases and those of lawful forms end in the data, and which phrases are strict."""
    short: list[tuple[str, str]] = []
    begun: list[tuple[str, str]] = []
    inner: list[tuple[str, str]] = []
    split: list[tuple[str, str]] = []
    turned: list[tuple[str, str]] = []
    wrongs: list[tuple[str, str]] = []
    strict: set[str] = set()
    about: list[str] = []
    lawful: set[str] = set()
    for phrase, variants, wrong, mode, _ in _rows(path):
        about.append(_FIELD.join((phrase, variants, wrong, mode)))
        lawful.update((phrase, *_split(variants)))
        wrongs += [(form[:2], f"{form}{_FIELD}{phrase}") for form in _split(wrong)]
        if mode not in LENIENT:
            strict.add(phrase)
        if mode == "literal" or len(phrase) < _LEAST:
            continue
        one, two, three = tuple(phrase[:3])
        (begun if len(phrase) > _LEAST or mode not in LENIENT else short).append((one + two, phrase[2:]))
        inner.append((phrase[2:4], one + two + phrase[4:]))
        if len(phrase) > _LEAST and two != three:
            turned.append((three + two, f"{one}{three}{two}{phrase[3:]}{_FIELD}{phrase}"))
        if mode not in LENIENT:
            split.append((two + three, phrase))
            turned.append((one + three, f"{one}{phrase[2:]}{_FIELD}{phrase}"))
    every = [bundled(each, _ENTRY) for each in (short, begun, inner, split, turned, wrongs)]
    rows, data = shelved(
        {
            pair: (
                reduce(or_, (kind for kind, bundles in zip(_KINDS, every, strict=True) if pair in bundles)),
                tuple(bundles.get(pair, "") for bundles in every),
            )
            for pair in set().union(*every)
        }
    )
    first, second = _lines(about), _lines(sorted(lawful))
    ends = len(data) + len(first), len(data) + len(first) + len(second)
    return (rows, len(data), *ends, frozenset(strict)), data + first + second


def _lines(words: Iterable[str]) -> bytes:
    """Every word between line ends; few are ever looked for, and so they are not even decoded."""
    return _ENTRY.join(("", *words, "")).encode()


def _pairs(word: str) -> list[str]:
    return list(map(add, word, word[1:]))


@lru_cache(maxsize=1)
def _confusables() -> Shelf:
    return Shelf(*table_with_data(beside(__file__, "confusables.csv"), _build_confusables, layout=3), 1)


def misspelt(pairs: Collection[str]) -> Iterator[str]:
    """Those of ``pairs`` that tell of wrong forms."""
    return _confusables().among(pairs)


def confusables(text: str, pairs: Set[str], grams: Set[str]) -> Iterator[Confusable]:
    """The entries told by ``pairs`` whose wrong form stands in ``text``, which holds the pairs of characters ``grams``."""
    shelf = _confusables()
    for pair in sorted(shelf.among(pairs)):
        for entry in split(*shelf[pair]):
            wrong, right, guard, severity, good = entry.split(_FIELD)
            if _may_stand(wrong, grams) and wrong in text:
                yield Confusable(wrong, right, guard, _SEVERITY[severity], _split(good))


class _Following(dict[str, str]):
    """What bundles say of the first two characters of phrases, run together."""

    def __init__(self, bundles: Shelf) -> None:
        super().__init__()
        self._bundles = bundles

    def __missing__(self, pair: str) -> str:
        found = self[pair] = "".join(self._bundles[pair][:2])
        return found


class Phrases:
    """The set phrases by pairs of their characters, and their wrong forms; of the phrases ``strict`` any slip counts, of the others one that
    nobody makes on purpose.
    """

    def __init__(
        self, data: bytes | memoryview, rows: Rows, first: int, second: int, third: int, strict: frozenset[str]
    ) -> None:
        """``data`` holds up to ``first`` the bundles of ``rows``, up to ``second`` what is said of each phrase, up to ``third`` all lawful forms."""
        self._bundles = Shelf(rows, data[:first], len(_KINDS))
        self._about_lines, self._lawful_lines = data[first:second], data[second:third]
        self.strict = strict
        #: For the first two characters of phrases all characters that follow them in any; as far as it was asked for.
        self.following = _Following(self._bundles)
        #: Those of some pairs that mean something to phrases, each with what: see :data:`BEGUN`.
        self.told = self._bundles.told

    @cached_property
    def _about(self) -> bytes:
        return bytes(self._about_lines)

    @cached_property
    def _lawful(self) -> bytes:
        return bytes(self._lawful_lines)

    def __getitem__(self, phrase: str) -> Phrase:
        """What the lexicon says of ``phrase``."""
        start = self._about.index(f"{_ENTRY}{phrase}{_FIELD}".encode()) + 1
        _, variants, wrong, mode = self._about[start : self._about.index(_ENTRY.encode(), start)].decode().split(_FIELD)
        return Phrase(phrase, _split(variants), _split(wrong), mode)

    def lawful(self, words: str) -> bool:
        """Whether ``words`` are a phrase, or a variant of one."""
        return f"{_ENTRY}{words}{_ENTRY}".encode("utf-8", "surrogatepass") in self._lawful

    def lawful_forms(self) -> Iterator[str]:
        """All that is right as it stands."""
        yield from self._lawful.decode().split(_ENTRY)[1:-1]

    def begun(self, pair: str) -> tuple[str, str]:
        """What follows the two characters ``pair`` in phrases that begin with them, as bundles: in those of four characters that are not
        strict, and in the others.
        """
        short, longer, *_ = self._bundles[pair]
        return short, longer

    def inner(self, pair: str) -> str:
        """Of the phrases with the third and fourth character ``pair`` the first two and what follows, as a bundle."""
        return self._bundles[pair][2]

    def split(self, pair: str) -> str:
        """The strict phrases with the second and third character ``pair``, as a bundle."""
        return self._bundles[pair][3]

    def turned(self, pairs: Set[str], grams: Set[str]) -> Iterator[tuple[str, str]]:
        """The forms with the second character after the third, or without it, that hold a telling one of ``pairs``, each with its phrase; of a
        text with the pairs ``grams``.
        """
        return self._forms(4, pairs, grams)

    def wrong(self, pairs: Set[str], grams: Set[str]) -> Iterator[tuple[str, str]]:
        """The listed wrong forms that begin with one of ``pairs``, each with its phrase; of a text with the pairs ``grams``."""
        return self._forms(5, pairs, grams)

    def _forms(self, kind: int, pairs: Set[str], grams: Set[str]) -> Iterator[tuple[str, str]]:
        for pair in sorted(pairs):
            for entry in filter(None, split(self._bundles[pair][kind])):
                form, phrase = entry.split(_FIELD)
                if _may_stand(form, grams):
                    yield form, phrase


def _may_stand(words: str, grams: Set[str]) -> bool:
    """Whether the first and the last pair of ``words`` are among ``grams``: no text is gone through for others."""
    return words[:2] in grams and words[-2:] in grams


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    """The index of set phrases."""
    found, data = table_with_data(beside(__file__, "phrases.csv"), _build_phrases, layout=9)
    return Phrases(data, *found)


def occurrences(text: str, literal: str) -> Iterator[int]:
    """Where ``literal`` stands in ``text``."""
    at = text.find(literal)
    while at >= 0:
        yield at
        at = text.find(literal, at + 1)


def places(analysis: Analysis, entry: Confusable) -> Iterator[Span]:
    """Where ``entry`` really is a slip: its guard lets it, and no innocent neighbour covers it."""
    text = analysis.reading.text
    if not entry.pattern:
        starts = list(occurrences(text, entry.wrong))
    else:
        guard, size = compiled(entry.pattern), len(entry.wrong)
        literal = ((at, at + size) for at in occurrences(text, entry.wrong)) if analysis.may_match(guard) else ()
        starts = [match.start() + match[0].index(entry.wrong) for match in near(guard, literal, text, GUARDED, GUARDED)]
    for start in starts:
        span = Span(start, start + len(entry.wrong))
        # 朔源市: two characters before the name of a kind of place are a place.
        named = span.size == 2 and text[span.end : span.end + 1] in tuple("市县镇乡村")
        if not named and not any(covers(text, span, good) for good in entry.good):
            yield span


def covers(text: str, span: Span, whole: str) -> bool:
    """Whether ``whole`` stands in ``text`` around ``span``, wherever in it the span lies."""
    size = span.size
    return any(
        span.start >= offset and text.startswith(whole, span.start - offset) for offset in range(len(whole) - size + 1)
    )
