"""The library: check a text, or a file, and get what was found."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from reportlint.analysis import Analysis, Context
from reportlint.lint import examine
from reportlint.registry import rules
from reportlint.result import Result
from reportlint.settings import Settings
from reportlint.sources import from_bytes, from_text, read, suffix_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from reportlint.beyond import Beside
    from reportlint.document import Document
    from reportlint.fact import Fact
    from reportlint.rule import Rule


def check_text(text: str, path: str = "<text>", *, settings: Settings | None = None, **options: Any) -> Result:
    """What is wrong in ``text``. The suffix of ``path`` says whether it is Markdown; no file is read.

    ``options`` are those of the command line (``select``, ``extend_select``, ``ignore``: lists of codes, prefixes or names;
    ``severity``: the least level; ``terms``: words that are right as they stand), on top of ``settings``.

    >>> [d.rule.name for d in check_text("共26项，已完成29项。", select=["count-exceeds-total"]).diagnostics]
    ['count-exceeds-total']
    """
    suffix = suffix_of(path)
    document = from_text(text, path, suffix)
    return check_document(document, path, (settings or Settings()).overridden(**options))


def check_file(
    path: str | os.PathLike[str], *, shown: str | None = None, settings: Settings | None = None, **options: Any
) -> Result:
    """What is wrong in the file at ``path``, with the configuration found upward from it unless ``settings`` are given.

    ``shown`` is what the document's path will be; ``options`` are as for :func:`check_text`. Raises :class:`ReadError` for a
    file that cannot be read as a report, and :class:`SettingsError`.
    """
    from pathlib import Path

    path = Path(path)
    if settings is None:
        from reportlint.configuration import Configuration

        settings = Configuration().for_file(path)
    document = read(path, path.as_posix() if shown is None else shown, settings.limits)
    return check_document(document, path, settings.overridden(**options))


def check_bytes(
    data: bytes,
    name: str,
    *,
    settings: Settings | None = None,
    beside: Beside | None = None,
    watch: Callable[[Sequence[Rule]], Iterable[Rule]] = iter,
    **options: Any,
) -> Result:
    """What is wrong in ``data``, the content of a file called ``name``, whose suffix says its format. No file is read or written.

    ``beside`` is what it is compared with besides; ``watch`` goes through the rules (see :func:`~reportlint.lint.lint`); ``options`` are as for
    :func:`check_text`. Raises :class:`ReadError` as reading does.

    >>> [d.rule.code for d in check_bytes("共26项，已完成29项。".encode("gb18030"), "总结.txt", select=["NM101"]).diagnostics]
    ['NM101']
    """
    settings = (settings or Settings()).overridden(**options)
    document = from_bytes(data, name, suffix_of(name), settings.limits)
    return check_document(document, name, settings, beside=beside, watch=watch)


def check_document(
    document: Document,
    path: str | os.PathLike[str],
    settings: Settings,
    *,
    beside: Beside | None = None,
    watch: Callable[[Sequence[Rule]], Iterable[Rule]] = iter,
    share: bool = False,
) -> Result:
    """What is wrong in ``document``, which lies at ``path``, as far as ``settings`` want to know; the rest as for :func:`check_bytes`.

    ``share`` says that an idle processor may take some of the rules, as :func:`~reportlint.lint.examine` says.
    """
    return _checked(document, path, settings, beside, watch, share=share)[0]


def check_with_facts(
    document: Document, path: str | os.PathLike[str], settings: Settings
) -> tuple[Result, tuple[Fact, ...]]:
    """What :func:`check_document` and :func:`facts` say, for the price of one analysis."""
    result, analysis = _checked(document, path, settings)
    return result, _stated(analysis)


def _checked(
    document: Document,
    path: str | os.PathLike[str],
    settings: Settings,
    beside: Beside | None = None,
    watch: Callable[[Sequence[Rule]], Iterable[Rule]] = iter,
    *,
    share: bool = False,
) -> tuple[Result, Analysis]:
    context = context_of(settings)
    if settings.ledger or settings.previous or settings.together:
        from pathlib import Path

        from reportlint.beyond import with_others

        context = with_others(context, settings, Path(path))
    if beside is not None:
        context = beside.joined(context)
    analysis = Analysis(document, context)
    result = examine(analysis, _chosen(settings), settings.directives(path), watch, share=share)
    result = result._replace(settings=settings)
    if settings.severity:
        shown = tuple(one for one in result.diagnostics if one.severity >= settings.severity)
        result = result._replace(diagnostics=shown)
    return result, analysis


def context_of(settings: Settings) -> Context:
    """What the user brings to every text: terms, wrong forms, indicators."""
    from reportlint.reading import folded

    terms = frozenset(map(folded, settings.terms))
    return Context(terms, settings.confusions, settings.indicators, settings.only_own_indicators)


def facts(document: Document, *, settings: Settings | None = None) -> tuple[Fact, ...]:
    """What the figures of ``document`` state, in reading order: subject, area, scope, quantity, period, role, comparison.

    Figures whose subject the words do not say are among them, with :attr:`~reportlint.fact.Fact.unbound` telling why. Names, ordinals and
    numbering state nothing and are left out.

    >>> from reportlint.sources import from_text
    >>> [(f.subject, f.quantity.text, f.role.value) for f in facts(from_text("督察反馈问题26项，已完成整改21项。"))]
    [('督察反馈问题', '26项', 'total'), ('督察反馈问题', '21项', 'done')]
    """
    return _stated(Analysis(document, context_of(settings) if settings else Context()))


def _stated(analysis: Analysis) -> tuple[Fact, ...]:
    from reportlint.registry import catalogue

    context = analysis.context
    return analysis.facts(catalogue(context.indicators, only_own=context.only_own))


@lru_cache(maxsize=32)
def _chosen(settings: Settings) -> tuple[Rule, ...]:
    """The rules that run; the same for thousands of files."""
    return settings.chosen(rules())
