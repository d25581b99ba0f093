"""Runs cut where a finding begins or ends, with their formatting, so that a mark or a change covers exactly what it is about."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from lxml import etree

from reportlint.sources.docx.names import SPACE, Element, attribute, child, name, tag
from reportlint.sources.docx.textmap import Kind, Piece, TextMap

_BLANKS = " \t\r\n"


def made(like: Element, local: str, **attributes: Any) -> Element:
    """A new element ``w:local`` in the namespace of ``like``."""
    full = tag(like, local)
    element = etree.Element(full, nsmap={"w": full[1 : full.index("}")]})
    for key, value in attributes.items():
        element.set(tag(element, key), str(value))
    return element


def write(node: Element, text: str) -> None:
    """Put ``text`` into a ``w:t``; blanks at its ends are kept."""
    node.text = text
    if text != text.strip(_BLANKS):
        node.set(SPACE, "preserve")


def drop(element: Element) -> None:
    """Take an element out and leave the white space behind it where it is."""
    parent, before = element.getparent(), element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def owned(piece: Piece) -> str:
    """The text of the element that holds a piece of text, without blanks that belong to the file and not to the text."""
    node = piece.node
    if node.get(SPACE) != "preserve" and (kept := (node.text or "").strip(_BLANKS)) != (node.text or ""):
        node.text, piece.index = kept, 0
    text: str = node.text or ""
    return text


def cut(found: TextMap, offset: int) -> None:
    """Make ``offset`` a joint between two pieces. A piece that stands for its text as a whole is not divided."""
    number = found.number_at(offset)
    piece = found.pieces[number]
    if piece.kind is not Kind.TEXT or not piece.start < offset < piece.end:
        return
    node, text = piece.node, owned(piece)
    at = piece.index + offset - piece.start
    rest = node.makeelement(node.tag, node.attrib, nsmap=node.nsmap)
    write(node, text[:at])
    write(rest, text[at:])
    node.addnext(rest)
    found.pieces.insert(number + 1, Piece(offset, piece.end, Kind.TEXT, rest, 0, piece.paragraph, piece.story))
    found.parts[number : number + 1] = [
        found.parts[number][: offset - piece.start],
        found.parts[number][offset - piece.start :],
    ]
    piece.end = offset


def within(found: TextMap, start: int, end: int) -> list[Piece]:
    """The pieces that share a character with ``start`` to ``end``."""
    number = found.number_at(start)
    pieces: list[Piece] = []
    while number < len(found.pieces) and found.pieces[number].start < end:
        if found.pieces[number].end > start:
            pieces.append(found.pieces[number])
        number += 1
    return pieces


def holder(node: Element) -> Element:
    """The run that holds ``node``, or ``node`` itself where it stands among runs, as formulas do."""
    while name(node) != "r":
        parent = node.getparent()
        if parent is None or name(parent) in ("p", "ins", "moveTo", "hyperlink", "sdtContent", "smartTag", "fldSimple"):
            return node
        node = parent
    return node


def starting(node: Element, fresh: Fresh) -> Element:
    """The run that begins with ``node``: what stands before it in its run becomes a run of its own."""
    run = holder(node)
    top = _under(run, node)
    if run is node or not any(name(one) != "rPr" for one in top.itersiblings(preceding=True)):
        return run
    return _divide(run, top, fresh)


def ending(node: Element, fresh: Fresh) -> Element:
    """The run that ends with ``node``: what stands behind it in its run becomes a run of its own."""
    run = holder(node)
    top = _under(run, node)
    after = None if run is node else top.getnext()
    if after is not None:
        _divide(run, after, fresh)
    return run


def unfielded(run: Element) -> tuple[Element, Element]:
    """The first and last element of the field in which ``run`` stands, as far as its paragraph holds all of it; else twice the run."""
    for above in run.iterancestors():
        if name(above) == "fldSimple":
            return unfielded(above)
        if name(above) == "p":
            return _field(run, above)
    return run, run


def _field(run: Element, paragraph: Element) -> tuple[Element, Element]:
    """The runs that begin and end the outermost field of ``paragraph`` around ``run``."""
    begun: list[Element] = []
    inside = False
    for one in paragraph.iter():
        called = name(one)
        inside = inside or one is run
        if called != "fldChar":
            continue
        kind = attribute(one, "fldCharType")
        if kind == "begin":
            begun.append(holder(one))
        elif kind == "end" and begun:
            first = begun.pop()
            if not begun:
                if inside and _precedes(first, run, paragraph):
                    return first, holder(one)
                inside = False
    return run, run


def _precedes(first: Element, run: Element, paragraph: Element) -> bool:
    """Whether ``first`` does not stand behind ``run``."""
    return next(one for one in paragraph.iter() if one is first or one is run) is first


class Fresh:
    """Identifiers that the part does not use yet, for marks of revision."""

    def __init__(self, root: Element) -> None:
        self.last = 0
        for one in root.iter():
            if isinstance(one.tag, str) and (name(one) and (given := _identifier(one)) is not None):
                self.last = max(self.last, given)

    def next(self) -> int:
        """The next identifier."""
        self.last += 1
        return self.last


def _identifier(element: Element) -> int | None:
    try:
        given = int(attribute(element, "id") or "")
    except ValueError:
        return None
    return given if 0 <= given < 2**31 - 2**20 else None


def _under(run: Element, node: Element) -> Element:
    """The child of ``run`` that is, or holds, ``node``."""
    while node is not run and node.getparent() is not run:
        node = node.getparent()
    return node


def _divide(run: Element, first: Element, fresh: Fresh) -> Element:
    """Move ``first`` and what follows it in ``run`` to a new run of the same formatting behind it."""
    moved = [first, *first.itersiblings()]
    rest = run.makeelement(run.tag, run.attrib, nsmap=run.nsmap)
    properties = child(run, "rPr")
    if properties is not None:
        rest.append(copied(properties, fresh))
    run.addnext(rest)
    for one in moved:
        rest.append(one)
    return rest


def copied(properties: Element, fresh: Fresh) -> Element:
    """Properties of a run for another one; a change of formatting that is tracked in them gets its own identifier."""
    copy = deepcopy(properties)
    copy.tail = None
    for one in copy.iter():
        if name(one) == "rPrChange":
            one.set(tag(one, "id"), str(fresh.next()))
    return copy
