"""What can be done about a finding: mend it, mend everything that is certain, ignore it here, ignore the rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from lsprotocol import types

from reportlint.document import Document
from reportlint.finding import Applicability, Diagnostic, Replacement
from reportlint.fix import MOST_PASSES, choose, spliced
from reportlint.lint import Result
from reportlint.lsp.checking import Checked
from reportlint.lsp.diagnostics import Client, diagnostic
from reportlint.lsp.ignoring import comment, named
from reportlint.record import NamedTuple
from reportlint.reporters.style import Style
from reportlint.sources import from_text, suffix_of
from reportlint.span import Span

#: The editor's “fix all”, which some run whenever a file is saved.
FIX_ALL = "source.fixAll.reportlint"
IGNORE_FINDING = "reportlint.ignoreFinding"
IGNORE_RULE = "reportlint.ignoreRule"
_KINDS = (types.CodeActionKind.QuickFix, FIX_ALL)


class Asked(NamedTuple):
    """For what an editor wants actions: a document in a version, a stretch of it, kinds (none: any)."""

    uri: str
    version: int | None
    saved: bool
    span: Span
    only: Sequence[str] = ()

    def wants(self, kind: str) -> bool:
        """Whether actions of that kind are wanted."""
        return (
            not self.only
            or any(kind == one or kind.startswith(f"{one}.") for one in self.only if one)
            or "" in self.only
        )


def wanted(only: Sequence[str]) -> bool:
    """Whether any action of ours is of one of the kinds ``only``."""
    asked = Asked("", None, False, Span(0, 0), only)
    return any(asked.wants(kind) for kind in _KINDS)


def actions(checked: Checked, asked: Asked, client: Client, style: Style) -> Iterator[types.CodeAction]:
    """Everything that can be done; fixes first, what ignores last, so that each stays where the hand expects it."""
    touched = [one for one in checked.diagnostics if _touches(one.span, asked.span)]
    if asked.wants(types.CodeActionKind.QuickFix):
        for one in touched:
            yield from _fix(checked, one, asked, client, style)
    if asked.wants(FIX_ALL) and any(choose(checked.document, checked.diagnostics, Applicability.SAFE)):
        title = style.either("修正全部有把握的问题", "Fix everything that is certain")
        yield types.CodeAction(title, FIX_ALL, data={"uri": asked.uri, "revision": checked.revision})
    if asked.wants(types.CodeActionKind.QuickFix):
        for one in touched:
            yield from _ignore(checked, one, asked, client, style)
        for one in {one.rule.code: one for one in touched}.values():
            if one.rule.family != "RL":
                title = style.either(
                    f"不再查 {one.rule.code} {one.rule.title.rstrip('。')}（写进配置）",
                    f"Ignore rule {one.rule.code} (in the configuration)",
                )
                yield _command(checked, one, asked, client, style, title, IGNORE_RULE, [asked.uri, one.rule.code])


def _touches(one: Span, other: Span) -> bool:
    """Whether the two share a character or a border: a caret is at one."""
    return one.start <= other.end and other.start <= one.end


def _fix(checked: Checked, one: Diagnostic, asked: Asked, client: Client, style: Style) -> Iterator[types.CodeAction]:
    """The fix of a finding; of one that a person must judge the title says so, and no editor applies it unasked."""
    fix = one.finding.fix
    chosen = next(iter(choose(checked.document, [one], Applicability.UNSAFE)), None)
    if fix is None or chosen is None:
        return
    safe = fix.applicability is Applicability.SAFE
    title = fix.title if safe else style.either(f"{fix.title}（请核对）", f"{fix.title} (check it)")
    yield types.CodeAction(
        title,
        types.CodeActionKind.QuickFix,
        [diagnostic(asked.uri, checked, one, client, style)],
        is_preferred=safe or None,
        edit=edit(checked, asked.uri, asked.version, chosen, client),
    )


def _ignore(
    checked: Checked, one: Diagnostic, asked: Asked, client: Client, style: Style
) -> Iterator[types.CodeAction]:
    """Ignore this finding alone: by a comment where the format has comments, else in the configuration."""
    if one.rule.family == "RL":
        return
    place = comment(checked.document, one)
    words = named(checked.document, one.span)
    short = words if len(words) <= 12 else f"{words[:12]}…"
    if place is not None:
        at, text = place
        title = style.either(f"忽略这一处 {one.rule.code}“{short}”（写注释）", f"Ignore {one.rule.code} here (comment)")
        yield types.CodeAction(
            title,
            types.CodeActionKind.QuickFix,
            [diagnostic(asked.uri, checked, one, client, style)],
            edit=edit(checked, asked.uri, asked.version, [Replacement(Span(at, at), text)], client),
        )
    elif asked.saved and words:
        title = style.either(
            f"忽略这一处 {one.rule.code}“{short}”（写进配置）", f"Ignore {one.rule.code} here (in the configuration)"
        )
        arguments = [asked.uri, one.rule.code, words]
        yield _command(checked, one, asked, client, style, title, IGNORE_FINDING, arguments)


def _command(
    checked: Checked,
    one: Diagnostic,
    asked: Asked,
    client: Client,
    style: Style,
    title: str,
    command: str,
    arguments: list[str],
) -> types.CodeAction:
    return types.CodeAction(
        title,
        types.CodeActionKind.QuickFix,
        [diagnostic(asked.uri, checked, one, client, style)],
        command=types.Command(title, command, arguments=list(arguments)),
    )


def edit(
    checked: Checked, uri: str, version: int | None, replacements: Iterable[Replacement], client: Client
) -> types.WorkspaceEdit:
    """``replacements`` as an edit; where the editor can tell, for that version of the document only."""
    edits = [types.TextEdit(checked.positions.range(one.span), one.text) for one in sorted(replacements)]
    if not client.documents:
        return types.WorkspaceEdit(changes={uri: edits})
    document = types.OptionalVersionedTextDocumentIdentifier(uri, version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, list(edits))])


def mended(checked: Checked, look: Callable[[Document], Result]) -> tuple[Replacement, ...]:
    """What fixes everything that is certain, also what only a first fix brings to light."""
    document = checked.document
    found: Sequence[Diagnostic] = checked.diagnostics
    first: tuple[Replacement, ...] = ()
    for passes in range(MOST_PASSES):
        chosen = [one for fix in choose(document, found, Applicability.SAFE) for one in fix]
        if not chosen:
            break
        if not passes:
            first = tuple(chosen)
        document = from_text(spliced(document.text, chosen), document.path, suffix_of(document.path))
        found = look(document).diagnostics
    if document.text == spliced(checked.document.text, first):
        return first
    return tuple(_changes(checked.document, document))


def _changes(before: Document, after: Document) -> Iterator[Replacement]:
    """The lines that differ."""
    old, new = (
        [one.text[start:end] for start, end in zip(one.line_starts, (*one.line_starts[1:], len(one.text)), strict=True)]
        for one in (before, after)
    )
    starts = (*before.line_starts, len(before.text))
    for kind, first, last, new_first, new_last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield Replacement(Span(starts[first], starts[last]), "".join(new[new_first:new_last]))
