"""The text of a document and where each of its characters stands in the XML."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import Enum
from operator import attrgetter

from reportlint.document import Block
from reportlint.record import NamedTuple
from reportlint.sources.docx.names import Element


class Story(NamedTuple):
    """A stretch of text of its own: the body, a header, a note, a text box.

    ``label`` is what a person calls it, empty for the body; ``anchor`` is the element of the body that refers to it or holds it,
    ``None`` for headers and footers, which have none.
    """

    part: str
    label: str = ""
    anchor: Element | None = None


class Kind(Enum):
    """How a piece of text is held: characters of ``w:t``, an element that stands for them as a whole, or not at all."""

    TEXT = "text"
    WHOLE = "whole"
    SYNTHETIC = "synthetic"


@dataclass(slots=True)
class Piece:
    """``start`` to ``end`` of the text, held by ``node`` from its character ``index`` on, in a paragraph of a story.

    What is synthetic has no node.
    """

    start: int
    end: int
    kind: Kind
    node: Element
    index: int
    paragraph: Element
    story: Story


@dataclass(slots=True)
class TextMap:
    """The text that a reader of the document reads, its blocks, and its pieces in ascending order without gaps."""

    parts: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    length: int = 0

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self.parts)

    def put(
        self,
        text: str,
        story: Story,
        paragraph: Element | None = None,
        node: Element | None = None,
        index: int = 0,
        kind: Kind = Kind.SYNTHETIC,
    ) -> None:
        """Add ``text`` at the end."""
        if text:
            self.pieces.append(Piece(self.length, self.length + len(text), kind, node, index, paragraph, story))
            self.parts.append(text)
            self.length += len(text)

    def number_at(self, offset: int) -> int:
        """The number of the piece that holds the character at ``offset``; the last one for the end of the text."""
        return max(0, bisect_right(self.pieces, offset, key=attrgetter("start")) - 1)
