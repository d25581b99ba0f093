"""Names of WordprocessingML, the same for its transitional and its strict namespace."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

#: An element of lxml, which has no types of its own.
Element = Any

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_OFFICE = ("http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/")
_PREFIXES = {
    TRANSITIONAL: "",
    STRICT: "",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
    "http://schemas.microsoft.com/office/word/2012/wordml": "w15:",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14:",
}
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@lru_cache(maxsize=4096)
def _short(tag: str) -> str:
    namespace, _, local = tag[1:].partition("}")
    prefix = _PREFIXES.get(namespace)
    return tag if prefix is None else prefix + local


def name(element: Element) -> str:
    """What the element is called: ``p`` for ``w:p``, ``mc:Choice``, and the whole tag for what is of no interest here."""
    tag = element.tag
    return _short(tag) if isinstance(tag, str) else ""  # comments and instructions have a function there


def children(element: Element) -> Iterator[tuple[str, Element]]:
    """The child elements with their names."""
    for child in element:
        yield name(child), child


def child(element: Element | None, wanted: str) -> Element | None:
    """The first child of that name."""
    if element is not None:
        for called, one in children(element):
            if called == wanted:
                return one
    return None


def path(element: Element | None, *wanted: str) -> Element | None:
    """The element reached by first children of those names."""
    for one in wanted:
        element = child(element, one)
    return element


def tag(like: Element, local: str) -> str:
    """The tag ``w:local`` in the namespace of ``like``, an element or a tag of WordprocessingML."""
    full: str = like.tag
    return full[: full.find("}") + 1] + local  # an element in no namespace has attributes in none


def attribute(element: Element | None, key: str = "val") -> str | None:
    """The attribute ``w:key``."""
    if element is None:
        return None
    found: str | None = element.get(tag(element, key))
    return found


def number(element: Element | None, key: str = "val") -> int | None:
    """The attribute ``w:key`` as a whole number, ``None`` where it is missing or is none."""
    value = attribute(element, key)
    try:
        return None if value is None else int(value)
    except ValueError:
        return None


def switched(element: Element | None) -> bool | None:
    """A switch such as ``w:vanish``: on unless it says otherwise; ``None`` where it is missing."""
    return None if element is None else attribute(element) not in ("0", "false", "off")


def relation(element: Element) -> str | None:
    """The attribute ``r:id``."""
    for namespace in _OFFICE:
        found: str | None = element.get(f"{{{namespace}relationships}}id")
        if found is not None:
            return found
    return None
