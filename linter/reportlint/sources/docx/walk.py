"""From the XML of a document to its text: what a reader sees, in the order in which it is read.

Tracked insertions are in, deletions out; of fields the result is in, of alternatives the first; hidden text is out; numbering is
shown as it is printed. Notes follow the body, headers and footers come last.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from reportlint.document import Block, BlockKind
from reportlint.errors import ReadError
from reportlint.limits import READ_BEFORE, Limits
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.sources.docx.container import Container
from reportlint.sources.docx.names import (
    SPACE,
    Element,
    attribute,
    child,
    children,
    name,
    number,
    path,
    relation,
    switched,
)
from reportlint.sources.docx.numbering import Numbering
from reportlint.sources.docx.styles import Styles
from reportlint.sources.docx.symbols import symbol
from reportlint.sources.docx.textmap import Kind, Story, TextMap
from reportlint.span import Span

#: Whose comments are ours: they are no directives, and a new run replaces them.
AUTHOR = "reportlint"

_LINE = compiled(r"[^\n]+")
_DIRECTIVE = compiled(r"\s*reportlint\b", re.IGNORECASE)
#: Characters that would break a line or are none; in XML they are only ever white space of the file.
_BLANKS = str.maketrans("\r\n\t", "   ")
#: Wrappers that hold what they hold as if they were not there.
_THROUGH = frozenset(
    ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "sdtContent", "dir", "bdo", "rubyBase")
)
#: What would be a heading in the middle of the text is a paragraph that somebody made look like one.
_LONGEST_HEADING = 60
_MOST_COLUMNS = 63
_INNER_END = compiled(r"[。！？；]\s*\S")


class Place(NamedTuple):
    """A cell: table, row and column from 0."""

    table: int
    row: int
    column: int


class Note(NamedTuple):
    """A reference to a footnote or endnote, and where a comment about the note has its place."""

    kind: str
    identifier: str
    anchor: Element


class Package:
    """A container with the parts that reading needs, each parsed once."""

    def __init__(self, data: bytes, limits: Limits = READ_BEFORE) -> None:
        self.container = Container(data, limits)
        self.roots: dict[str, Element] = {}
        self.main = self.container.main
        self.body: Element = child(self.root(self.main), "body")
        if self.body is None:
            raise ReadError("文档里没有正文：请在 Word 或 WPS 中打开并另存为 .docx 后再检查")
        self.styles = Styles(self.optional("styles"))
        self.relationships = self.container.relationships(self.main)

    def root(self, part: str) -> Element:
        """The root of a part."""
        if part not in self.roots:
            self.roots[part] = self.container.xml(part)
        return self.roots[part]

    def optional(self, kind: str) -> Element | None:
        """The root of the part of that kind, if the document has one."""
        part = self.container.related(kind)
        return None if part is None else self.root(part)


def extract(package: Package) -> TextMap:
    """The text of a document with the way back. Raises :class:`ReadError`."""
    return _Walk(package).all()


class _Walk:
    """One pass over the stories of a document."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.styles = package.styles
        self.numbering = Numbering(package.optional("numbering"), self.styles)
        self.map = TextMap()
        self.story = Story(package.main)
        self.directives = _directives(package.optional("comments"))
        self.notes: list[Note] = []
        self.sections: list[Element] = []
        self.tables = 0
        self.boxes = 0
        self.paragraphs = 0
        self.fields: list[str] = []
        self.unclosed: set[Element] = set()
        self.cell: Place | None = None
        #: What the paragraph at hand is: set while it is read.
        self.paragraph: Element | None = None
        self.style: str | None = None
        self.start = 0
        self.number: str | None = None
        self.pending: str = ""
        self.blanks: list[tuple[str, Element, Element, int, Kind]] = []
        self.open = False
        self.waiting: list[Callable[[], None]] = []

    def all(self) -> TextMap:
        """Every story, the body first."""
        for called, body in children(self.package.root(self.package.main)):
            if called == "body":  # one, but for what joins files by hand
                self.read(body, self.story)
        self.noted()
        self.margins()
        return self.map

    def read(self, container: Element, story: Story) -> None:
        """The blocks of ``container`` as ``story``."""
        before = (self.story, self.fields, self.unclosed, self.cell)
        self.story, self.fields, self.unclosed, self.cell = story, [], _unclosed(container), None
        self.blocks(container)
        self.close()
        self.story, self.fields, self.unclosed, self.cell = before

    # Blocks

    def blocks(self, container: Element) -> None:
        """Paragraphs and tables."""
        for called, one in children(container):
            match called:
                case "p":
                    self.read_paragraph(one)
                case "tbl":
                    self.close()
                    self.table(one)
                case "sdt":
                    content = child(one, "sdtContent")
                    if content is not None:
                        self.blocks(content)
                case "customXml" | "ins" | "moveTo":
                    self.blocks(one)
                case "mc:AlternateContent":
                    self.blocks(_chosen(one))
                case "sectPr":
                    self.sections.append(one)
                case "altChunk":
                    raise ReadError("文档里嵌有没有合并进来的另一份文件：请在 Word 中打开，另存为 .docx 后再检查")

    def table(self, table: Element) -> None:
        """Rows and cells; columns are those of the table's grid, so that merged cells do not shift what follows them."""
        identifier, row = self.tables, 0
        self.tables += 1
        outer = self.cell
        for line in _members(table, "tr"):
            properties = child(line, "trPr")
            if child(properties, "del") is not None:
                continue
            column = _columns(child(properties, "gridBefore"), 0)
            for cell in _members(line, "tc"):
                about = child(cell, "tcPr")
                merged = (child(about, "vMerge"), child(about, "hMerge"))
                covered = any(one is not None and attribute(one) != "restart" for one in merged)
                if child(about, "cellDel") is not None:
                    continue
                if not covered:
                    self.cell = Place(identifier, row, column)
                    self.blocks(cell)
                    self.close()
                column += _columns(child(about, "gridSpan"), 1)
            row += 1
        self.cell = outer

    # Paragraphs

    def read_paragraph(self, paragraph: Element) -> None:
        """A paragraph, or what is left of one whose mark is deleted: then the next goes on with it."""
        properties = child(paragraph, "pPr")
        if not self.open:
            self.open = True
            self.start = self.map.length
            self.number = self.numbering.next(child(_last(paragraph), "pPr"))
            self.pending = self.number or ""
        self.paragraph, self.style = paragraph, self.styles.of_paragraph(properties)
        self.inline(paragraph)
        section = child(properties, "sectPr")
        if section is not None:
            self.sections.append(section)
        if not _joined(properties):
            self.close()

    def close(self) -> None:
        """End the paragraph at hand: its blocks, its line break, what waits for its end."""
        if not self.open:
            return
        self.open = False
        self.unhold()
        text = "".join(self.map.parts[self.map.number_at(self.start) :]) if self.map.length > self.start else ""
        properties = child(self.paragraph, "pPr")
        kind, level = self.kind(text, properties)
        counted = 0
        if not self.story.label and self.cell is None and text.strip():
            self.paragraphs += 1
            counted = self.paragraphs
        block = Block(Span(0, 0), kind, level, part=self.story.label, paragraph=counted)
        if self.cell is not None:
            block = block._replace(table=self.cell.table, row=self.cell.row, column=self.cell.column)
        for line in _LINE.finditer(text):
            if not line[0].isspace():
                span = Span(self.start + line.start(), self.start + line.end())
                self.map.blocks.append(block._replace(span=span))
        waiting, self.waiting = self.waiting, []
        paragraph, story = self.paragraph, self.story
        boxes = [one for one in waiting if not isinstance(one, _Comment)]
        for one in waiting:
            if isinstance(one, _Comment):
                one()
        self.map.put("\n", story, paragraph)
        for box in boxes:
            box()

    def kind(self, text: str, properties: Element | None) -> tuple[BlockKind, int]:
        """What the paragraph at hand is. A paragraph of which the format says nothing is a line: wording tells more."""
        if self.cell is not None:
            return BlockKind.CELL, 0
        if self.styles.contents(properties):
            return BlockKind.META, 0
        level = self.styles.heading(properties)
        words = text.strip()
        if level and len(words) <= _LONGEST_HEADING and not _INNER_END.search(words):
            return BlockKind.HEADING, level
        if self.number == "":
            return BlockKind.ITEM, 0
        return (BlockKind.PARAGRAPH if self.story.label else BlockKind.LINE), 0

    # What stands in a paragraph

    def inline(self, container: Element) -> None:
        """Runs, and what wraps them."""
        for called, one in children(container):
            if called == "r":
                self.run(one)
            elif called in _THROUGH:
                self.inline(one)
            elif called == "sdt":
                content = child(one, "sdtContent")
                if content is not None:
                    self.inline(content)
            elif called == "mc:AlternateContent":
                self.inline(_chosen(one))
            elif called in ("m:oMath", "m:oMathPara"):
                self.put("".join(t.text or "" for t in one.iter() if name(t) == "m:t"), one, kind=Kind.WHOLE)
            elif called == "subDoc":
                raise ReadError("文档里链接着没有合并进来的子文档：请在 Word 中打开，合并后另存为 .docx 再检查")

    def run(self, run: Element) -> None:
        """A run: characters of one format."""
        self.contents(run, self.styles.hidden(child(run, "rPr"), self.style))

    def contents(self, container: Element, hidden: bool) -> None:
        """What stands in a run."""
        for called, one in children(container):
            match called:
                case "fldChar":
                    self.field(one)
                case "commentReference":
                    words = self.directives.get(attribute(one, "id") or "")
                    if words and not self.story.label:
                        self.waiting.append(_Comment(self, words))
                case "footnoteReference" | "endnoteReference" if not hidden:
                    anchor = self.story.anchor if self.story.anchor is not None else one
                    self.notes.append(Note(called[: -len("Reference")], attribute(one, "id") or "", anchor))
                case "drawing" | "pict" | "object" if not hidden:
                    self.box(one)
                case "mc:AlternateContent" if (words := _plain(one)) is not None:
                    if not hidden and "instruction" not in self.fields:
                        self.put(words, one)
                case "mc:AlternateContent":
                    self.contents(_chosen(one), hidden)
                case _ if not hidden and "instruction" not in self.fields:
                    self.character(called, one)

    def character(self, called: str, element: Element) -> None:
        """An element that stands for text."""
        match called:
            case "t":
                text = (element.text or "").translate(_BLANKS)
                index = 0
                if element.get(SPACE) != "preserve":
                    index = len(text) - len(text.lstrip(" "))
                    text = text.strip(" ")
                self.put(text, element, index, Kind.TEXT)
            case "tab" | "ptab":
                self.put("\t", element, kind=Kind.WHOLE)
            case "br" | "cr":
                self.put("\n", element, kind=Kind.WHOLE)
            case "noBreakHyphen":
                self.put("-", element, kind=Kind.WHOLE)
            case "sym":
                self.put(
                    symbol(attribute(element, "font") or "", attribute(element, "char") or ""), element, kind=Kind.WHOLE
                )
            case "ruby":
                base = child(element, "rubyBase")
                words = "".join(t.text or "" for t in base.iter() if name(t) == "t") if base is not None else ""
                self.put(words.translate(_BLANKS), element, kind=Kind.WHOLE)

    def put(self, text: str, node: Element, index: int = 0, kind: Kind = Kind.WHOLE) -> None:
        """Add text of the paragraph at hand, before the first of it the number that is shown there."""
        if self.pending and not text.strip():
            self.blanks.append((text, self.paragraph, node, index, kind))  # the number stands before them
            return
        if self.pending:
            gap = " " if self.pending[-1].isascii() else ""
            shown = self.pending
            if shown[-1] in ".．" and text.lstrip()[:1].isdigit():
                # “2.” before “3辆” would read 2.3: what is set apart by its place on the page is set apart by 、 here.
                shown, gap = shown[:-1] + "、", ""
            self.map.put(shown + gap, self.story, self.paragraph)
            self.unhold()
        self.map.put(text, self.story, self.paragraph, node, index, kind)

    def unhold(self) -> None:
        """Put the blanks that waited for words, or for the end of the paragraph."""
        self.pending = ""
        for text, paragraph, node, index, kind in self.blanks:
            self.map.put(text, self.story, paragraph, node, index, kind)
        self.blanks.clear()

    def field(self, mark: Element) -> None:
        """Begin, separator or end of a field: what stands between the first two is an instruction, not text."""
        if mark in self.unclosed:
            return
        match attribute(mark, "fldCharType"):
            case "begin":
                self.fields.append("instruction")
            case "separate" if self.fields:
                self.fields[-1] = "result"
            case "end" if self.fields:
                self.fields.pop()

    def box(self, drawing: Element) -> None:
        """The text boxes in a drawing; they are read when the paragraph that holds it has ended."""
        for content in _boxes(drawing):
            self.waiting.append(lambda content=content: self.read_box(content, drawing))  # type: ignore[misc]

    def read_box(self, content: Element, drawing: Element) -> None:
        """The text of a box as a story of its own, called after the story that holds it."""
        holder = self.story
        if holder.label:
            self.read(content, Story(holder.part, f"{holder.label}的文本框", holder.anchor))
            return
        self.boxes += 1
        self.read(content, Story(holder.part, f"文本框 {self.boxes}", drawing))

    # Other stories

    def noted(self) -> None:
        """Footnotes and endnotes, numbered in the order of their references."""
        for kind, label in (("footnote", "脚注"), ("endnote", "尾注")):
            part = self.package.container.related(f"{kind}s")
            if part is None:
                continue
            texts = {attribute(one, "id"): one for called, one in children(self.package.root(part)) if called == kind}
            seen: set[str] = set()
            for note in self.notes:
                if note.kind == kind and note.identifier in texts and note.identifier not in seen:
                    seen.add(note.identifier)
                    self.read(texts[note.identifier], Story(part, f"{label} {len(seen)}", note.anchor))

    def margins(self) -> None:
        """Headers and footers that are shown, each wording once."""
        uneven = bool(switched(child(self.package.optional("settings"), "evenAndOddHeaders")))
        seen: set[str] = set()
        for kind, label in (("headerReference", "页眉"), ("footerReference", "页脚")):
            for section in self.sections:
                first = bool(switched(child(section, "titlePg")))
                for called, one in children(section):
                    shown = {"first": first, "even": uneven}.get(attribute(one, "type") or "default", True)
                    target = self.package.relationships.get(relation(one) or "") if called == kind and shown else None
                    if target is None or target.target in seen or not self.package.container.has(target.target):
                        continue
                    seen.add(target.target)
                    self.margin(target.target, label, seen)

    def margin(self, part: str, label: str, seen: set[str]) -> None:
        """One header or footer, unless another with the same words was read."""
        pieces, parts, blocks, length, tables = (
            len(self.map.pieces),
            len(self.map.parts),
            len(self.map.blocks),
            self.map.length,
            self.tables,
        )
        self.read(self.package.root(part), Story(part, label))
        words = f"{label}:{''.join(self.map.parts[parts:]).strip()}"
        if words in seen:
            del self.map.pieces[pieces:], self.map.parts[parts:], self.map.blocks[blocks:]
            self.map.length, self.tables = length, tables
        seen.add(words)


class _Comment:
    """A comment that speaks to us: shown at the end of its paragraph as Markdown would have it."""

    def __init__(self, walk: _Walk, words: str) -> None:
        self.walk, self.words = walk, words

    def __call__(self) -> None:
        walk = self.walk
        walk.map.put(" ", walk.story, walk.paragraph)
        start = walk.map.length
        walk.map.put(f"<!-- {self.words} -->", walk.story, walk.paragraph)
        walk.map.blocks.append(Block(Span(start, walk.map.length), BlockKind.COMMENT))


def _directives(comments: Element | None) -> dict[str, str]:
    """The comments addressed to us, on one line each, by identifier; not those that we wrote."""
    found: dict[str, str] = {}
    for called, one in children(comments) if comments is not None else ():
        if called != "comment" or attribute(one, "author") == AUTHOR:
            continue
        words = " ".join(
            "".join(t.text or "" for t in p.iter() if name(t) == "t") for p in one.iter() if name(p) == "p"
        )
        if _DIRECTIVE.match(words):
            found[attribute(one, "id") or ""] = " ".join(words.replace("-->", "").split())
    return found


def _unclosed(container: Element) -> set[Element]:
    """The beginnings of fields that never end: taken for what they are, they would swallow the rest of the text."""
    begun: list[Element] = []
    for mark in container.iter():
        if name(mark) == "fldChar":
            kind = attribute(mark, "fldCharType")
            if kind == "begin":
                begun.append(mark)
            elif kind == "end" and begun:
                begun.pop()
    return set(begun)


def _plain(alternatives: Element) -> str | None:
    """The character of a symbol that newer programs name by font and number and older ones by itself; ``None`` for other things."""
    fallback = child(alternatives, "mc:Fallback")
    if fallback is None or not any(str(one.tag).endswith("}symEx") for one in alternatives.iter()):
        return None
    return "".join(one.text or "" for called, one in children(fallback) if called == "t").translate(_BLANKS)


def _chosen(alternatives: Element) -> Element:
    """Of several forms of the same thing the first: the one that programs of today show."""
    found = child(alternatives, "mc:Choice")
    if found is None:
        found = child(alternatives, "mc:Fallback")
    return alternatives if found is None else found


def _columns(element: Element | None, default: int) -> int:
    """How many columns ``element`` says that a cell takes, or that a row leaves: as many as a table of Word may have."""
    said = number(element)
    return default if said is None else min(_MOST_COLUMNS, max(default, said))


def _members(container: Element, wanted: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, also those inside controls and marks of revision."""
    for called, one in children(container):
        if called == wanted:
            yield one
        elif called in ("customXml", "sdtContent", "ins", "moveTo", "sdt"):
            yield from _members(one, wanted)


def _boxes(element: Element) -> Iterator[Element]:
    """The contents of text boxes below ``element``, not those inside another."""
    for called, one in children(element):
        if called == "txbxContent":
            yield one
        elif called == "mc:AlternateContent":
            yield from _boxes(_chosen(one))
        else:
            yield from _boxes(one)


def _last(paragraph: Element) -> Element:
    """The paragraph whose mark ends what begins with ``paragraph``: its properties are those of the whole."""
    while _joined(child(paragraph, "pPr")):
        after = paragraph.getnext()
        if after is None or name(after) != "p":
            break
        paragraph = after
    return paragraph


def _joined(properties: Element | None) -> bool:
    """Whether the mark that ends the paragraph is deleted or hidden, so that the next paragraph goes on with it."""
    mark = child(properties, "rPr")
    return (
        child(mark, "del") is not None
        or child(mark, "moveFrom") is not None
        or bool(switched(child(mark, "vanish")))
        or path(properties, "rPr", "specVanish") is not None
    )
