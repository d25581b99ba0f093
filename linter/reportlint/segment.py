"""Word segmentation of short windows, with jieba.

Loading a dictionary costs more than all the rest of a run, so nothing is imported before a window has to be cut; ``rjieba`` (the extra
``fast``) gives the same words without that cost and is taken where it is installed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from reportlint.span import Span

_PAIRS = Path(__file__).with_name("data") / "pairs.txt"


@lru_cache(maxsize=1)
def _cutter() -> Callable[[str, bool], list[str]]:
    try:
        import rjieba

        return lambda text, guess: list(rjieba.cut(text, guess))
    except ImportError:
        pass
    import logging
    import warnings

    import platformdirs

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba

    # jieba keeps its cache under a predictable name in the shared temporary folder, where anybody may have put one before us.
    jieba.setLogLevel(logging.ERROR)
    jieba.dt.tmp_dir = platformdirs.user_cache_dir("reportlint", ensure_exists=True)
    return lambda text, guess: list(jieba.cut(text, HMM=guess))


def words(text: str, *, guess: bool = True) -> Iterator[Span]:
    """The words of ``text`` as spans, in order, without gaps; unless ``guess``, only those of the dictionary and single characters."""
    at = 0
    for word in _cutter()(text, guess):
        yield Span(at, at + len(word))
        at += len(word)


def straddles(text: str, at: Span) -> bool:
    """Whether ``at`` is cut by a word that begins or ends inside it and reaches out of it: 征对 in 特征|对.

    Only the clause around is segmented; ``text`` may be long.
    """
    start, end = max(0, at.start - 12), min(len(text), at.end + 12)
    inside = Span(at.start - start, at.end - start)
    for word in words(text[start:end]):
        if word.meets(inside) and not inside.holds(word) and not word.holds(inside):
            return True
    return False


@lru_cache(maxsize=1)
def _pairs() -> str:
    return _PAIRS.read_text("utf-8")


def common(pair: str) -> bool:
    """Whether two characters are a word in common use, told without the segmenter's dictionary.

    >>> common("质量"), common("可质")
    (True, False)
    """
    return len(pair) == 2 and f"\n{pair}\n" in _pairs()


def stands_alone(text: str, place: int) -> bool:
    """Whether the character at ``place`` is a word by itself, seen in the clause around.

    Words that the segmenter only guesses do not count: it makes one of 批平, too.
    """
    if common(text[place : place + 2]) or (place and common(text[place - 1 : place + 1])):
        return False
    start = max(0, place - 12)
    inside = Span(place - start, place - start + 1)
    return any(word == inside for word in words(text[start : place + 13], guess=False))
