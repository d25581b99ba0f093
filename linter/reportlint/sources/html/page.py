"""A page as a tree of elements and pieces of text, each with its place in the source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from reportlint.errors import ReadError
from reportlint.limits import DEFAULT, Limits
from reportlint.record import NamedTuple

#: How many elements and pieces of text there may be.
MOST_NODES = 400_000

_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "frame",
        "bgsound",
        "keygen",
        "command",
    ]
)
#: An element that starts ends these that are open and whose end tag may be left out.
_ENDS: dict[str, frozenset[str]] = {
    "li": frozenset({"li"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "tbody": frozenset({"thead", "tbody", "tfoot", "tr", "td", "th"}),
    "tfoot": frozenset({"thead", "tbody", "tfoot", "tr", "td", "th"}),
    "option": frozenset({"option"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
}
#: What an element with an end tag left out does not reach beyond.
_WALLS = frozenset({"table", "ul", "ol", "dl", "select", "body", "html", "td", "th"})
#: A paragraph ends where one of these starts.
_ENDS_PARAGRAPH = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "div",
        "dl",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "ul",
    ]
)
#: What a reader never sees.
UNSEEN = frozenset(
    [
        "head",
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "svg",
        "math",
        "select",
        "textarea",
        "button",
        "audio",
        "video",
        "canvas",
    ]
)


class Words(NamedTuple):
    """A piece of text: what it shows, where it starts in the source, and whether it stands there just so (an entity does not)."""

    text: str
    at: int
    kept: bool = True


@dataclass(slots=True)
class Element:
    """An element with what is in it, in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | Words] = field(default_factory=list)

    def elements(self) -> Iterator[Element]:
        """This element and all those in it, in order."""
        pending: list[Element] = [self]
        while pending:
            one = pending.pop()
            yield one
            pending.extend(child for child in reversed(one.children) if isinstance(child, Element))

    def words(self) -> Iterator[Words]:
        """The text in it, in order."""
        pending: list[Element | Words] = [self]
        while pending:
            one = pending.pop()
            if isinstance(one, Words):
                yield one
            elif one.tag not in UNSEEN:
                pending.extend(reversed(one.children))

    @property
    def text(self) -> str:
        """All its text, white space apart."""
        return "".join("".join(words.text for words in self.words()).split())

    @property
    def marks(self) -> str:
        """Its class and id, in lower case."""
        return f"{self.attributes.get('class', '')} {self.attributes.get('id', '')}".lower()


def parse(source: str, limits: Limits = DEFAULT) -> Element:
    """The tree of the page whose source is ``source``. Raises :class:`ReadError` for one that no person wrote."""
    builder = _Builder(source, limits)
    # What is left open at the end is no tag; the library's parser would look through all of it again from every “<”.
    end = source.rfind(">") + 1
    builder.feed(source[:end])
    builder.close()
    if source[end:]:
        builder.put(Words(source[end:], end))
    return builder.root


class _Builder(HTMLParser):
    def __init__(self, source: str, limits: Limits) -> None:
        super().__init__(convert_charrefs=False)
        self.limits = limits
        self.root = Element("#root")
        self.open = [self.root]
        self.starts = [0]
        for at, character in enumerate(source):
            if character == "\n":
                self.starts.append(at + 1)
        self.nodes = 0
        self.endless = len(source)

    @property
    def at(self) -> int:
        """Where in the source the parser is."""
        line, column = self.getpos()
        return self.starts[line - 1] + column

    def put(self, node: Element | Words) -> None:
        """``node`` into the innermost open element."""
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise ReadError("网页的标签过多，不会是一份报告，已拒绝打开：请把正文另存为纯文本（.txt，UTF-8）后再检查")
        self.open[-1].children.append(node)

    def parse_comment(self, i: int, report: bool = True) -> int:
        """Where the comment ends; that there is no end is found out once."""
        if i >= self.endless:
            return -1
        end = super().parse_comment(i, report)
        if end < 0:
            self.endless = i
        return end

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """Where ``<![…>`` ends, whatever stands in it: browsers take it for a comment, the library's parser for a mistake."""
        end = self.rawdata.find(">", i + 3)
        return end + 1 if end >= 0 else -1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        if tag in _ENDS_PARAGRAPH:
            self.leave(frozenset({"p"}))
        if tag in _ENDS:
            self.leave(_ENDS[tag])
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.put(element)
        if tag not in _VOID:
            if len(self.open) > self.limits.nesting:
                raise self.limits.exceeded("nesting", f"网页的标签嵌套超过 {self.limits.nesting} 层")
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that closes itself; in a page only void ones do."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """An element ends, and with it those inside that were left open; an end tag without a beginning is nothing."""
        for index in range(len(self.open) - 1, 0, -1):
            if self.open[index].tag == tag:
                del self.open[index:]
                return
            if self.open[index].tag in ("table", "td", "th") and tag not in (
                "table",
                "tr",
                "tbody",
                "thead",
                "body",
                "html",
            ):
                return

    def leave(self, tags: frozenset[str]) -> None:
        """End those of ``tags`` that are open, up to the nearest wall."""
        for index in range(len(self.open) - 1, 0, -1):
            tag = self.open[index].tag
            if tag in tags:
                del self.open[index:]
                tags = tags - {tag}
            elif tag in _WALLS:
                return

    def handle_data(self, data: str) -> None:
        """Text as it stands."""
        self.put(Words(data, self.at))

    def handle_entityref(self, name: str) -> None:
        """``&nbsp;`` and the like; what is none stays as it is."""
        self.entity(f"&{name}")

    def handle_charref(self, name: str) -> None:
        """``&#8220;`` and the like."""
        self.entity(f"&#{name}")

    def entity(self, written: str) -> None:
        """A character written as an entity, or what only looks like one."""
        at = self.at
        closed = self.rawdata[at + len(written) : at + len(written) + 1] == ";"
        shown = unescape(f"{written};" if closed else written)
        if shown.startswith("&") and len(shown) > 1:
            self.put(Words(f"{written};" if closed else written, at))
        else:
            self.put(Words(shown, at, kept=False))
