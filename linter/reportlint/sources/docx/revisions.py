"""Fixes put into a Word document: in the runs they are about, with their formatting, openly as tracked changes or in place.

All that a replacement does not name keeps its runs. New text looks like the first character that it stands for.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from reportlint.errors import ReadError, ReportlintError
from reportlint.sources.docx.container import serialized
from reportlint.sources.docx.names import Element, child, children, name, tag
from reportlint.sources.docx.runs import Fresh, copied, cut, drop, ending, holder, made, owned, starting, within, write
from reportlint.sources.docx.textmap import Kind, Piece
from reportlint.sources.docx.walk import AUTHOR, Package, extract

if TYPE_CHECKING:
    from reportlint.document import Document
    from reportlint.finding import Replacement

#: Between paragraphs that are joined nothing but these may stand.
_POINTS = frozenset(("bookmarkStart", "bookmarkEnd", "proofErr", "commentRangeStart", "commentRangeEnd"))
#: Marks of other people's revisions: what we put in does not belong inside.
_THEIRS = ("ins", "moveTo")


class UnfitError(ReportlintError):
    """A replacement that cannot be put into the file, because what it replaces is not held there as text."""


def apply(
    document: Document,
    data: bytes,
    replacements: Iterable[Replacement],
    *,
    tracked: bool,
    left: list[Replacement] | None = None,
    date: datetime | None = None,
) -> bytes:
    """``data``, the docx file that ``document`` was read from, with ``replacements``, which must not meet.

    ``tracked``: as insertions and deletions by reportlint, which a person accepts or rejects. Raises :class:`ReadError` where the file holds
    another text, and :class:`UnfitError`, unless there is a list ``left`` that takes what cannot be done: replacements of numbers that Word counts,
    of formulas, and of what lies in several cells or sections.
    """
    revision = _Revision(Package(data), tracked=tracked, date=date or datetime.now().astimezone())
    if revision.map.text != document.text:
        raise ReadError("文档在检查之后改动过，请重新检查")
    for one in sorted(replacements, reverse=True):
        try:
            revision.replace(one)
        except UnfitError:
            if left is None:
                raise
            left.append(one)
    return revision.done()


class _Revision:
    """One document on its way to its fixes; replacements come from the end, so that places before them stay right."""

    def __init__(self, package: Package, *, tracked: bool, date: datetime) -> None:
        self.package = package
        self.tracked = tracked
        self.date = date.strftime("%Y-%m-%dT%H:%M:%SZ")
        self.map = extract(package)
        self.fresh: dict[str, Fresh] = {}
        self.touched: set[str] = set()

    def done(self) -> bytes:
        """The file."""
        if not self.touched:
            return self.package.container.data
        return self.package.container.saved({part: serialized(self.package.root(part)) for part in self.touched})

    def ids(self, part: str) -> Fresh:
        """New identifiers for that part."""
        if part not in self.fresh:
            self.fresh[part] = Fresh(self.package.root(part))
        return self.fresh[part]

    def replace(self, replacement: Replacement) -> None:
        """One replacement."""
        (start, end), text = replacement
        pieces = within(self.map, start, end) if start < end else []
        held = [piece for piece in pieces if piece.kind is not Kind.SYNTHETIC]
        breaks = [piece for piece in pieces if piece.kind is Kind.SYNTHETIC]
        self.check(held, breaks)
        if held or text:
            beside = held or self.beside(start)
            self.touched.add(beside[0].story.part)
            fresh = self.ids(beside[0].story.part)
            if not held:
                self.insert(beside[0], start, text, fresh)
            elif not self.tracked and len(held) == 1 and held[0].kind is Kind.TEXT:
                self.exchange(held[0], max(start, held[0].start), min(end, held[0].end), text)
            else:
                self.swap(start, end, text, fresh)
        for piece in reversed(breaks):
            self.touched.add(piece.story.part)
            self.join(piece.paragraph, self.ids(piece.story.part))

    def check(self, held: list[Piece], breaks: list[Piece]) -> None:
        """Raise :class:`UnfitError` before anything is changed."""
        if len({piece.story for piece in (*held, *breaks)}) > 1:
            raise UnfitError("不能修正跨越正文与脚注、页眉的文字")
        for piece in held:
            if name(holder(piece.node)) != "r":
                raise UnfitError("不能修正公式里的文字")
        for piece in breaks:
            if self.map.parts[self.map.number_at(piece.start)] != "\n":
                raise UnfitError("不能修正自动编号，请在 Word 中改编号")
            if not self.joinable(piece.paragraph):
                raise UnfitError("不能把这两段连成一段")

    def beside(self, offset: int) -> list[Piece]:
        """The piece at which new text is put in: the one that ends there, else the one that begins there."""
        number = self.map.number_at(offset)
        around = self.map.pieces[max(0, number - 1) : number + 1]
        fit = [one for one in around if one.kind is not Kind.SYNTHETIC and one.start <= offset <= one.end]
        fit = [one for one in fit if name(holder(one.node)) == "r"]
        if not fit:
            raise UnfitError("这里没有可以修正的文字")
        return fit

    # Text

    def exchange(self, piece: Piece, start: int, end: int, text: str) -> None:
        """New characters in the very element that holds the old ones."""
        old = owned(piece)
        first, last = piece.index + start - piece.start, piece.index + end - piece.start
        if "\n" in text or "\t" in text:
            self.swap(start, end, text, self.ids(piece.story.part))
        elif old[:first] or text or old[last:]:
            write(piece.node, old[:first] + text + old[last:])
        else:
            self.take(piece.node)

    def insert(self, piece: Piece, offset: int, text: str, fresh: Fresh) -> None:
        """New text behind or before ``piece``."""
        if not self.tracked and piece.kind is Kind.TEXT and "\n" not in text and "\t" not in text:
            old = owned(piece)
            at = piece.index + offset - piece.start
            write(piece.node, old[:at] + text + old[at:])
            return
        cut(self.map, offset)
        run = self.run(holder(piece.node), text, fresh)
        if piece.start < offset:
            self.put(ending(piece.node, fresh), run, fresh)
        else:
            self.put(starting(piece.node, fresh), run, fresh, before=True)

    def swap(self, start: int, end: int, text: str, fresh: Fresh) -> None:
        """New text for whole runs, cut where it begins and ends."""
        cut(self.map, start)
        cut(self.map, end)
        runs: list[Element] = []
        for piece in within(self.map, start, end):
            if piece.kind is not Kind.SYNTHETIC:
                ending(piece.node, fresh)
                runs.append(starting(piece.node, fresh))
        new = self.run(runs[0], text, fresh) if text else None
        if not self.tracked:
            if new is not None:
                runs[0].addprevious(new)
            for run in runs:
                mark = run.getparent()
                drop(run)
                if name(mark) in _THEIRS and not len(mark):
                    drop(mark)
            return
        deletions: list[Element] = []
        for run in runs:
            self.delete(run, deletions, fresh)
        if new is not None:
            last = next(one for one in reversed(deletions) if one.getparent() is deletions[0].getparent())
            self.put(last, new, fresh)

    def take(self, node: Element) -> None:
        """Take an element out, and its run if nothing is left in it."""
        run = holder(node)
        drop(node)
        if all(called == "rPr" for called, _ in children(run)):
            drop(run)

    def run(self, like: Element, text: str, fresh: Fresh) -> Element:
        """A run of ``text`` that looks like another one."""
        run = made(like, "r")
        properties = child(like, "rPr")
        if properties is not None:
            run.append(copied(properties, fresh))
            changed = child(run[0], "rPrChange")
            if changed is not None:
                drop(changed)
        for row, line in enumerate(text.split("\n")):
            if row:
                run.append(made(like, "br"))
            for column, words in enumerate(line.split("\t")):
                if column:
                    run.append(made(like, "tab"))
                if words:
                    run.append(made(like, "t"))
                    write(run[-1], words)
        return run

    # Marks of revision

    def revision(self, local: str, like: Element, fresh: Fresh) -> Element:
        """An empty mark by us."""
        return made(like, local, id=fresh.next(), author=AUTHOR, date=self.date)

    def put(self, place: Element, run: Element, fresh: Fresh, *, before: bool = False) -> None:
        """A new run next to ``place``, outside what other people put in."""
        new = run
        if self.tracked:
            new = self.revision("ins", run, fresh)
            new.append(run)
            while name(place.getparent()) in _THEIRS:
                place = self.opened(place, before=before, fresh=fresh)
        if before:
            place.addprevious(new)
        else:
            place.addnext(new)

    def opened(self, place: Element, *, before: bool, fresh: Fresh) -> Element:
        """The half of somebody's mark that begins (or ends) with ``place``, divided if it holds more."""
        mark = place.getparent()
        moved = [place, *place.itersiblings()] if before else list(place.itersiblings())
        if before and moved[0] is mark[0] or not moved:
            return mark
        rest = mark.makeelement(mark.tag, mark.attrib, nsmap=mark.nsmap)
        rest.set(tag(mark, "id"), str(fresh.next()))
        mark.addnext(rest)
        for one in moved:
            rest.append(one)
        return rest if before else mark

    def delete(self, run: Element, deletions: list[Element], fresh: Fresh) -> None:
        """Mark a run as deleted, together with the one before it if that is ours too."""
        if deletions and run.getprevious() is deletions[-1]:
            deletions[-1].append(run)
        else:
            mark = self.revision("del", run, fresh)
            run.addprevious(mark)
            mark.append(run)
            deletions.append(mark)
        for called, one in list(children(run)):
            if called == "t":
                gone = made(run, "delText")
                write(gone, one.text or "")
                one.addprevious(gone)
                drop(one)

    # Paragraphs

    def joinable(self, paragraph: Element) -> bool:
        """Whether the paragraph that follows may be joined to this one."""
        after = self.following(paragraph)
        if after is None:
            return False
        return not any(child(child(one, "pPr"), "sectPr") is not None for one in (paragraph, after))

    def following(self, paragraph: Element) -> Element | None:
        """The next paragraph, if nothing stands between."""
        after = paragraph.getnext()
        while after is not None and name(after) in _POINTS:
            after = after.getnext()
        return after if after is not None and name(after) == "p" else None

    def join(self, paragraph: Element, fresh: Fresh) -> None:
        """Take the mark at the end of a paragraph out."""
        if self.tracked:
            properties = self.properties(paragraph)
            mark = child(properties, "rPr")
            if mark is None:
                mark = made(paragraph, "rPr")
                later = next((one for called, one in children(properties) if called in ("sectPr", "pPrChange")), None)
                if later is None:
                    properties.append(mark)
                else:
                    later.addprevious(mark)
            deletion = self.revision("del", paragraph, fresh)
            mark.insert(int(child(mark, "ins") is not None), deletion)
            return
        after = self.following(paragraph)
        if after is None:
            return
        if not any(name(one) != "pPr" for one in paragraph):
            # Nothing is left of the first: the look of the second is that of the whole.
            drop(paragraph)
            return
        for one in list(after):
            if name(one) != "pPr":
                paragraph.append(one)
        drop(after)

    def properties(self, paragraph: Element) -> Element:
        """The properties of a paragraph, which has some afterwards."""
        found = child(paragraph, "pPr")
        if found is None:
            found = made(paragraph, "pPr")
            paragraph.insert(0, found)
        return found
