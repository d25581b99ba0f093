"""Word documents (.docx): reading them, findings as their comments, fixes in their runs.

The text is taken from the XML by :mod:`~reportlint.sources.docx.walk`, which remembers for every character where it stands. Reading,
annotating (:mod:`~reportlint.sources.docx.comments`) and fixing (:mod:`~reportlint.sources.docx.revisions`) walk the same way, so that
an offset means the same to all three.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reportlint.document import Document
from reportlint.limits import DEFAULT, Limits
from reportlint.offsets import OffsetMap
from reportlint.sources.docx.textmap import Kind, TextMap
from reportlint.sources.docx.walk import Package, extract

if TYPE_CHECKING:
    from reportlint.finding import Replacement
    from reportlint.sources import Rewritten


def read(data: bytes, shown: str, limits: Limits = DEFAULT) -> Document:
    """The document of a .docx file; raises :class:`ReadError` where ``data`` is none that can be read safely."""
    found = extract(Package(data, limits))
    limits.reject_text(found.text)
    return Document(found.text, shown, tuple(found.blocks), "utf-8", "docx", _offsets(found))


def rewritten(data: bytes, document: Document, replacements: Sequence[Replacement], *, tracked: bool) -> Rewritten:
    """``data`` with ``replacements``, as tracked changes which a person accepts or rejects, or in place; and those that cannot be done."""
    from reportlint.sources.docx.revisions import apply

    left: list[Replacement] = []
    return apply(document, data, replacements, tracked=tracked, left=left), tuple(left)


def _offsets(found: TextMap) -> OffsetMap:
    """The way from the text to the characters that the file holds, counted through in the order of reading."""
    offsets = OffsetMap()
    held = 0
    for piece in found.pieces:
        kept = piece.kind is not Kind.SYNTHETIC
        offsets.add(piece.start, held, kept=kept)
        held += piece.end - piece.start if kept else 0
    return offsets
