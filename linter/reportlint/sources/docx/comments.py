"""Findings as comments of a Word document, on exactly the characters that they are about.

The least that the standard asks for is written: ``comments.xml`` and three marks for each comment. All other parts stay as they are, and
so does every comment of people; those that an earlier run wrote are replaced, unless somebody has answered or resolved them.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from lxml import etree

from reportlint.errors import ReadError
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.sources.docx.container import relationships_part, serialized, typed
from reportlint.sources.docx.names import (
    RELATIONSHIPS,
    STRICT,
    Element,
    attribute,
    children,
    name,
    tag,
)
from reportlint.sources.docx.runs import Fresh, cut, drop, ending, holder, made, starting, unfielded, within
from reportlint.sources.docx.textmap import Kind, Piece
from reportlint.sources.docx.walk import AUTHOR, Package, extract
from reportlint.span import Span

if TYPE_CHECKING:
    from reportlint.annotation import Note

#: What XML cannot hold.
_ILLEGAL = compiled(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_STRICT_KIND = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
#: The parts in which newer programs keep what they know of comments, by the paragraphs of these.
_COMPANIONS = ("commentsExtended", "commentsIds", "commentsExtensible")
#: How much of a paragraph is marked where the finding is about what the file does not hold, such as its number.
_GLIMPSE = 20
_MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference")


def annotate(data: bytes, text: str, notes: Iterable[Note], *, date: datetime | None = None) -> bytes:
    """``data``, a docx file whose text is ``text``, with ``notes`` as comments by reportlint.

    Raises :class:`ReadError` where the file cannot be read or holds another text.
    """
    return _Annotation(Package(data)).made(text, list(notes), date or datetime.now().astimezone())


class _Place(NamedTuple):
    """Where a comment stands: around characters, around an element, or in a paragraph that has neither."""

    span: Span | None = None
    node: Element = None
    paragraph: Element = None


class _Annotation:
    """One document on its way to its comments."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.main = package.root(package.main)
        self.part = package.container.related("comments")
        self.comments = None if self.part is None else package.root(self.part)
        self.changes: dict[str, bytes] = {}
        self.kept: list[str] = []
        self.removed = self.remove()
        self.map = extract(package)
        self.fresh = Fresh(self.main)

    def made(self, text: str, notes: Sequence[Note], date: datetime) -> bytes:
        """The file with its comments."""
        if self.map.text != text:
            raise ReadError("文档在检查之后改动过，请重新检查")
        wanted = [note for note in notes if not self.answered(note)]
        if not wanted and not self.removed:
            return self.package.container.data
        part, comments = self.home()
        places = [self.place(note.span) for note in wanted]  # all of them before the first run is cut
        for number, (note, place) in enumerate(zip(wanted, places, strict=True), self.first_number(comments)):
            comments.append(self.comment(comments, number, note, date))
            self.mark(place, number)
        self.changes[part] = serialized(comments)
        self.changes[self.package.main] = serialized(self.main)
        return self.package.container.saved(self.changes)

    # What an earlier run wrote

    def remove(self) -> bool:
        """Take our own comments out, but those that people have answered or resolved."""
        if self.comments is None:
            return False
        settled = self.settled()
        gone: set[str | None] = set()
        paragraphs: set[str] = set()
        for called, one in list(children(self.comments)):
            if called != "comment" or attribute(one, "author") != AUTHOR:
                continue
            identifiers = {value for key, value in _paragraph_ids(one)}
            if identifiers & settled:
                self.kept.append(_words(one))
                continue
            gone.add(attribute(one, "id"))
            paragraphs |= identifiers
            drop(one)
        if gone:
            self.unmark(gone)
            self.forget(paragraphs)
        return bool(gone)

    def settled(self) -> set[str]:
        """The paragraphs of comments that have an answer or are resolved."""
        found: set[str] = set()
        extended = self.package.optional("commentsExtended")
        for one in extended if extended is not None else ():
            about = {key.rpartition("}")[2]: value for key, value in one.attrib.items()}
            if "paraIdParent" in about:
                found.add(about["paraIdParent"])
            if about.get("done") in ("1", "true"):
                found.add(about.get("paraId", ""))
        return found

    def unmark(self, gone: set[str | None]) -> None:
        """Take the marks of those comments out of the body."""
        for one in list(self.main.iter()):
            called = name(one)
            if called not in _MARKS or attribute(one, "id") not in gone:
                continue
            run = one.getparent()
            drop(one)
            if called == "commentReference" and all(name(left) in ("rPr", "annotationRef") for left in run):
                drop(run)

    def forget(self, paragraphs: set[str]) -> None:
        """Take what newer programs know of those comments out of the parts that they keep for it."""
        known = set(paragraphs)
        for kind in _COMPANIONS:
            part = self.package.container.related(kind)
            if part is None:
                continue
            root = self.package.root(part)
            before = len(root)
            for one in list(root):
                about = {key.rpartition("}")[2]: value for key, value in one.attrib.items()}
                if {about.get("paraId"), about.get("durableId")} & known:
                    known.update(about[key] for key in ("durableId",) if key in about)
                    drop(one)
            if len(root) != before:
                self.changes[part] = serialized(root)

    def answered(self, note: Note) -> bool:
        """Whether a comment of ours that says the same was kept; each answers for one."""
        words = "".join(_clean(line) for line in note.lines)
        if words in self.kept:
            self.kept.remove(words)
            return True
        return False

    # New comments

    def home(self) -> tuple[str, Element]:
        """The part for comments and its root; a document that has none gets one."""
        if self.part is not None and self.comments is not None:
            return self.part, self.comments
        container, folder = self.package.container, posixpath.dirname(self.package.main)
        number, part = 0, posixpath.join(folder, "comments.xml")
        while container.has(part):
            number += 1
            part = posixpath.join(folder, f"comments{number}.xml")
        types = container.xml("[Content_Types].xml")
        typed(types, part, _TYPE)
        self.changes[container.name("[Content_Types].xml")] = serialized(types)
        where = relationships_part(self.package.main)
        links = (
            container.xml(where)
            if container.has(where)
            else etree.Element(f"{{{RELATIONSHIPS}}}Relationships", nsmap={None: RELATIONSHIPS})
        )
        used = {one.get("Id") for one in links}
        identifier = next(f"rId{number}" for number in range(1, len(used) + 2) if f"rId{number}" not in used)
        kind = _STRICT_KIND if self.main.tag.startswith(f"{{{STRICT}}}") else _KIND
        etree.SubElement(
            links, f"{{{RELATIONSHIPS}}}Relationship", Id=identifier, Type=kind, Target=posixpath.basename(part)
        )
        self.changes[container.name(where)] = serialized(links)
        return part, made(self.main, "comments")

    def first_number(self, comments: Element) -> int:
        """The first number that no comment and no mark uses."""
        used = [-1]
        for root in (comments, self.main):
            for one in root.iter():
                if name(one) in ("comment", *_MARKS) and (attribute(one, "id") or "").isdigit():
                    used.append(int(attribute(one, "id") or 0))
        return max(used) + 1

    def comment(self, comments: Element, number: int, note: Note, date: datetime) -> Element:
        """The comment itself."""
        # Word writes local time and marks it as universal; so do we, or the hour shown would be another.
        written = date.strftime("%Y-%m-%dT%H:%M:%SZ")
        comment = made(comments, "comment", id=number, author=AUTHOR, date=written, initials="RL")
        style = self.package.styles.named("annotation text")
        for index, line in enumerate(note.lines):
            paragraph = etree.SubElement(comment, tag(comment, "p"))
            paragraph.append(self.paragraph_format(comment, style))
            if index == 0:
                mark = etree.SubElement(paragraph, tag(comment, "r"))
                self.reference_format(mark)
                mark.append(made(comment, "annotationRef"))
            run = etree.SubElement(paragraph, tag(comment, "r"))
            if style is None:
                run.append(made(comment, "rPr"))
                run[0].append(made(comment, "sz", val=20))
            text = etree.SubElement(run, tag(comment, "t"))
            text.text = _clean(line)
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        return comment

    def paragraph_format(self, like: Element, style: str | None) -> Element:
        """The document's own style for comments, or what keeps the format of its text out of them."""
        properties = made(like, "pPr")
        if style is not None:
            properties.append(made(like, "pStyle", val=style))
        else:
            properties.append(made(like, "spacing", before=0, after=0, line=240, lineRule="auto"))
            properties.append(made(like, "ind", firstLineChars=0, firstLine=0))
            properties.append(made(like, "jc", val="left"))
        return properties

    def reference_format(self, run: Element) -> None:
        """The document's own style for the mark of a comment, if it has one."""
        style = self.package.styles.named("annotation reference")
        if style is not None:
            run.append(made(run, "rPr"))
            run[0].append(made(run, "rStyle", val=style))

    # Marks in the body

    def mark(self, place: _Place, number: int) -> None:
        """Put the three marks of a comment around ``place``."""
        start, end = made(self.main, "commentRangeStart", id=number), made(self.main, "commentRangeEnd", id=number)
        reference = made(self.main, "r")
        self.reference_format(reference)
        reference.append(made(self.main, "commentReference", id=number))
        if place.span is not None:
            first, last = self.runs(place.span)
        elif place.node is not None:
            first = last = holder(place.node)
        else:
            for one in (start, end, reference):
                place.paragraph.append(one)
            return
        # Inside a field some programs lose a comment, and all of them do when the field is updated.
        first, last = unfielded(first)[0], unfielded(last)[1]
        first.addprevious(start)
        last.addnext(end)
        end.addnext(reference)

    def runs(self, span: Span) -> tuple[Element, Element]:
        """The runs from the first to the last of ``span``, cut where it begins and ends."""
        cut(self.map, span.start)
        cut(self.map, span.end)
        inside = [piece for piece in within(self.map, *span) if piece.kind is not Kind.SYNTHETIC]
        first, last = inside[0].node, inside[-1].node
        # The end first: dividing a run at its beginning moves what follows, and the last run with it.
        ending(last, self.fresh)
        return starting(first, self.fresh), holder(last)

    def place(self, span: Span) -> _Place:
        """Where a comment on ``span`` stands.

        It must not stand in a header, a footer, a note or a text box: there the element of the body is taken that refers to it, or the
        first paragraph of the body.
        """
        pieces = within(self.map, span.start, max(span.end, span.start + 1)) or self.map.pieces[-1:]
        if not pieces:
            return _Place(paragraph=self.some_paragraph())
        story = pieces[0].story
        if story.label:
            return self.around(self.first_paragraph()) if story.anchor is None else _Place(node=story.anchor)
        held = [piece for piece in pieces if piece.kind is not Kind.SYNTHETIC and not piece.story.label]
        if not held:
            return self.around([one for one in self.map.pieces if one.paragraph is pieces[0].paragraph])
        home = held[0].paragraph.getparent()
        held = [piece for piece in held if piece.paragraph.getparent() is home]
        start = max(span.start, held[0].start)
        return _Place(Span(start, min(max(span.end, start + 1), held[-1].end)))

    def around(self, pieces: Sequence[Piece]) -> _Place:
        """The beginning of a paragraph, for what is not in its runs."""
        held = [piece for piece in pieces if piece.kind is not Kind.SYNTHETIC]
        if not held:
            return _Place(paragraph=pieces[0].paragraph if pieces else self.some_paragraph())
        return _Place(Span(held[0].start, min(held[0].start + _GLIMPSE, held[0].end)))

    def first_paragraph(self) -> list[Piece]:
        """The pieces of the first paragraph of the body that has words."""
        for piece in self.map.pieces:
            if not piece.story.label and piece.kind is Kind.TEXT and not self.text_of(piece).isspace():
                return [one for one in self.map.pieces if one.paragraph is piece.paragraph]
        return []

    def text_of(self, piece: Piece) -> str:
        """The words of a piece."""
        return self.map.parts[self.map.number_at(piece.start)]

    def some_paragraph(self) -> Element:
        """A paragraph of the body for what has no better place; one is added where there is none."""
        for one in self.package.body.iter():
            if name(one) == "p":
                return one
        paragraph = made(self.main, "p")
        self.package.body.insert(0, paragraph)
        return paragraph


def _paragraph_ids(comment: Element) -> Iterable[tuple[str, str]]:
    for one in comment.iter():
        if name(one) == "p":
            for key, value in one.attrib.items():
                if key.endswith("}paraId"):
                    yield key, value


def _words(comment: Element) -> str:
    return "".join(one.text or "" for one in comment.iter() if name(one) == "t")


def _clean(line: str) -> str:
    return _ILLEGAL.sub(" ", line)
