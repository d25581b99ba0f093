"""A finding as a card: what is wrong and why, the other places, and what a person may do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlint.annotation import place
from reportlint.finding import Diagnostic
from reportlint.reporters.marked import ICONS, shown
from reportlint.reporters.style import Style
from reportlint.reporters.words import LEVELS
from reportlint.span import Span
from reportlint.web.review import Review, State

if TYPE_CHECKING:
    from reportlint.document import Document

#: Characters of the sentence before and behind a place.
_BEFORE, _BEHIND, _LONGEST = 18, 14, 40


def card(review: Review, number: int, style: Style) -> str:
    """The card of finding ``number``. All states are written; which is shown follows ``data-state``."""
    diagnostic, decision = review.diagnostics[number - 1], review.decision(number)
    finding, rule, level = diagnostic.finding, diagnostic.rule, diagnostic.severity
    say, document = style.either, review.document
    parts = [
        f'<li class="card {level.label}" id="c{number}" data-n="{number}" data-level="{level.label}" data-family="{shown(rule.family)}" '
        f'data-state="{decision.state.value}" data-seen="{int(decision.seen)}" tabindex="-1">',
        f'<p class="head"><b class="no">{number}</b> <span class="level {level.label}">{ICONS[level]} {style.say(LEVELS[level])}</span> '
        f'<span class="where">{shown(place_of(document, finding.span.start, style))}</span> '
        f'<span class="eye" title="{say("已看", "seen")}">✓<span class="unseen">{say("已看", "seen")}</span></span></p>',
        f'<p class="words">{shown(style.say(finding.message))}</p>',
        f'<p class="context">{around(document, finding.span)}</p>',
        _places(review, diagnostic, style),
        _actions(review, number, style),
        f'<p class="foot"><button type="button" class="plain code" data-rule="{shown(rule.code)}" '
        f'aria-label="{say("规则说明", "About the rule")} {shown(rule.code)}">{shown(rule.code)} {shown(rule.title.rstrip("。"))}</button></p>',
        "</li>\n",
    ]
    return "".join(parts)


def place_of(document: Document, offset: int, style: Style) -> str:
    """Where ``offset`` lies, as short as it can be said."""
    return place(document, offset, style).replace("原文第", "第").replace(" of the text", "")


def around(document: Document, span: Span) -> str:
    """The words of ``span`` marked, with some of those about them."""
    text = document.text
    before = text[max(0, span.start - _BEFORE) : span.start].replace("\r", "\n").rpartition("\n")[2]
    behind = text[span.end : span.end + _BEHIND].replace("\r", "\n").partition("\n")[0]
    words = " ".join(document.slice(span).split())
    if len(words) > _LONGEST:
        words = f"{words[:_LONGEST]}……"
    return f"{'…' if span.start > _BEFORE else ''}{shown(before)}<mark>{shown(words)}</mark>{shown(behind)}…"


def _places(review: Review, diagnostic: Diagnostic, style: Style) -> str:
    """The other places, in this report and in others."""
    document = review.document
    items = []
    for one in diagnostic.finding.related:
        line = document.position(one.span.start).line
        words = " ".join(document.slice(one.span).split())
        words = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}……"
        items.append(
            f'<li>{shown(style.label(one.message, one.en))} <a href="#t-l{line}" data-start="{one.span.start}">{shown(place_of(document, one.span.start, style))}</a> <q>{shown(words)}</q></li>'
        )
    for number, other in enumerate(diagnostic.finding.elsewhere):
        line = other.document.position(other.span.start).line
        where = shown(place_of(other.document, other.span.start, style))
        at = (
            f'<a href="#p-l{line}" data-elsewhere="{number}">{where}</a>'
            if other.document is review.beside.previous
            else where
        )
        items.append(
            f'<li>{shown(style.label(other.message, other.en))} {shown(other.document.path)} {at}：<span class="context">{around(other.document, other.span)}</span></li>'
        )
    return f'<ul class="places">{"".join(items)}</ul>' if items else ""


def _actions(review: Review, number: int, style: Style) -> str:
    """What a person may do, and what was decided."""
    finding, decision, say = review.diagnostics[number - 1].finding, review.decision(number), style.either
    buttons = []
    if review.changes[number - 1]:
        title = finding.fix.title if finding.fix is not None else ""
        shown_title = shown(title) if style.lang == "zh" else f"Accept: {shown(title)}"
        buttons.append(f'<button type="button" class="main" data-act="accept">{shown_title}</button>')
    elif finding.suggestion:
        words = say("建议：", "Use: ")
        buttons.append(f'<span class="advice">{words}<b>{shown(finding.suggestion)}</b></span>')
    buttons.append(f'<button type="button" data-act="ignore">{say("忽略…", "Ignore …")}</button>')
    reason = decision.reason if decision.state is State.IGNORED else ""
    return (
        f'<p class="actions">{" ".join(buttons)}</p>'
        f'<p class="decided"><span class="accepted">{say("已采用修改", "Fix accepted")}</span>'
        f'<span class="ignored">{say("已忽略：", "Ignored: ")}<span class="reason">{shown(reason)}</span></span> '
        f'<button type="button" class="plain" data-act="reopen">{say("撤销", "Undo")}</button></p>'
    )
