"""The page of a rule where the mouse rests: on a finding, or on a code in one of our comments; else what a figure was taken for."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from reportlint.analysis import Analysis
from reportlint.finding import Diagnostic
from reportlint.lsp.checking import Checked
from reportlint.lsp.diagnostics import Client
from reportlint.lsp.hints import facts, told
from reportlint.registry import rules
from reportlint.reporters.style import Style
from reportlint.reporters.words import LEVELS, described
from reportlint.rule import Rule
from reportlint.selection import matches
from reportlint.span import Span
from reportlint.suppression import directives

#: Rules of one selector in a comment whose pages are shown; “NM” means dozens.
_MOST = 3


def hover(checked: Checked, offset: int, client: Client, style: Style, *, figures: bool) -> types.Hover | None:
    """What to show at ``offset``; ``figures`` tells whether figures without a finding explain themselves."""
    found = [one for one in checked.diagnostics if _at(one.span, offset)]
    if found:
        parts = [_finding(checked, one, client, style) for one in found]
        return _hover(parts, checked, found[0].span, client)
    for order in directives(Analysis(checked.document)) if "reportlint" in checked.document.text else ():
        if order.span is not None and _at(order.span, offset):
            pages = [page(rule, client, style) for rule in rules() if matches(order.code, rule)][:_MOST]
            return _hover(pages, checked, order.span, client) if pages else None
    for fact in facts(checked) if figures else ():
        if _at(fact.span, offset):
            return _hover([told(checked, fact, style)], checked, fact.span, client)
    return None


def _at(span: Span, offset: int) -> bool:
    return span.start <= offset <= span.end


def _hover(parts: list[str], checked: Checked, span: Span, client: Client) -> types.Hover:
    kind = types.MarkupKind.Markdown if client.markdown else types.MarkupKind.PlainText
    between = "\n\n---\n\n" if client.markdown else "\n\n"
    return types.Hover(types.MarkupContent(kind, between.join(parts)), checked.positions.range(span))


def _finding(checked: Checked, one: Diagnostic, client: Client, style: Style) -> str:
    words = described(checked.document, one, style)
    return "\n\n".join((_plain(words) if client.markdown else words, page(one.rule, client, style, one)))


def page(rule: Rule, client: Client, style: Style, found: Diagnostic | None = None) -> str:
    """The page of ``rule``: what ``reportlint rule`` prints."""
    level = style.say(LEVELS[rule.severity if found is None else found.severity])
    lists = (
        (style.either("会报（⟦ ⟧ 内是报出的位置）", "Reported (the place in ⟦ ⟧)"), rule.bad),
        (style.either("不报", "Not reported"), rule.good),
    )
    return "\n\n".join(_lines(rule, level, lists, client, style))


def _lines(
    rule: Rule, level: str, lists: tuple[tuple[str, tuple[str, ...]], ...], client: Client, style: Style
) -> Iterator[str]:
    if not client.markdown:
        yield f"{rule.code} {rule.name}  {level}\n{rule.doc}"
        for title, examples in lists:
            yield "\n".join((f"{title}：", *(f"· {example}" for example in examples)))
        return
    url = style.page(rule)
    head = f"**{rule.code}** `{rule.name}` {level}"
    yield f"{head} · [{style.either('网页', 'page')}]({url})" if url else head
    yield _plain(rule.doc)
    for title, examples in lists:
        fence = "```"
        while any(fence in example for example in examples):
            fence += "`"
        yield f"{title}：\n\n{fence}text\n" + "\n".join(examples) + f"\n{fence}"


def _plain(words: str) -> str:
    """``words`` as Markdown that shows them as they are."""
    return "".join(f"\\{one}" if one in r"\`*_{}[]<>#|~" else one for one in words)
