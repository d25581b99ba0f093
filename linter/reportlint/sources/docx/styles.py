"""Styles: what a paragraph or a run inherits, as far as reading needs it."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.record import NamedTuple
from reportlint.sources.docx.names import Element, attribute, child, children, number, path, switched


class Style(NamedTuple):
    """A style's own properties; ``None`` where it leaves them to the one it is based on."""

    name: str
    kind: str
    based_on: str | None
    outline: int | None
    list_id: int | None
    list_level: int | None
    vanish: bool | None


class Styles:
    """The styles of a document, by identifier."""

    def __init__(self, root: Element | None) -> None:
        self.by_id: dict[str, Style] = {}
        self.default: str | None = None
        for called, one in children(root) if root is not None else ():
            identifier = attribute(one, "styleId")
            if called != "style" or identifier is None:
                continue
            style = _style(one)
            self.by_id[identifier] = style
            if style.kind == "paragraph" and attribute(one, "default") in ("1", "true", "on"):
                self.default = identifier

    def chain(self, identifier: str | None) -> Iterator[tuple[str, Style]]:
        """A style and those it is based on; a circle ends where it closes."""
        seen: set[str] = set()
        while identifier is not None and identifier not in seen and identifier in self.by_id:
            seen.add(identifier)
            style = self.by_id[identifier]
            yield identifier, style
            identifier = style.based_on

    def of_paragraph(self, properties: Element | None) -> str | None:
        """The identifier of a paragraph's style."""
        given = attribute(child(properties, "pStyle"))
        return given if given in self.by_id else self.default

    def heading(self, properties: Element | None) -> int:
        """The depth of a heading from 1, or 0 for text: by outline level, else by the name of the style."""
        level = number(child(properties, "outlineLvl"))
        if level is None:
            for _, style in self.chain(self.of_paragraph(properties)):
                called = style.name.lower()
                if style.outline is not None:
                    level = style.outline
                elif called in ("title", "标题"):
                    level = 0
                elif called.startswith(("heading ", "标题 ")) and called[-1].isdigit():
                    level = int(called[-1]) - 1
                if level is not None:
                    break
        return level + 1 if level is not None and 0 <= level < 9 else 0

    def contents(self, properties: Element | None) -> bool:
        """Whether the paragraph is a line of a table of contents."""
        return any(
            style.name.lower().startswith(("toc ", "table of figures", "目录 "))
            for _, style in self.chain(self.of_paragraph(properties))
        )

    def list_of(self, properties: Element | None) -> tuple[int, int | None, str | None] | None:
        """The list that a paragraph belongs to: its number, its level if given, and the style that says so."""
        own = child(properties, "numPr")
        given, level = number(child(own, "numId")), number(child(own, "ilvl"))
        if given is not None:
            return (given, level or 0, None) if given else None
        for identifier, style in self.chain(self.of_paragraph(properties)):
            if style.list_id is not None:
                return (
                    (style.list_id, level if level is not None else style.list_level, identifier)
                    if style.list_id
                    else None
                )
        return None

    def hidden(self, properties: Element | None, paragraph_style: str | None) -> bool:
        """Whether a run with those properties is hidden text.

        A toggle: styles of paragraph and run together cancel each other, what the run itself says decides.
        """
        own = switched(child(properties, "vanish"))
        if own is not None:
            return own
        run_style = attribute(child(properties, "rStyle")) if properties is not None else None
        return self._vanish(paragraph_style) != self._vanish(run_style)

    def _vanish(self, identifier: str | None) -> bool:
        return next((style.vanish for _, style in self.chain(identifier) if style.vanish is not None), False)

    def named(self, *names: str) -> str | None:
        """The identifier of the first style that has one of those names."""
        return next((key for key, style in self.by_id.items() if style.name.lower() in names), None)


def _style(element: Element) -> Style:
    properties = child(element, "pPr")
    listed = child(properties, "numPr")
    return Style(
        attribute(child(element, "name")) or "",
        attribute(element, "type") or "",
        attribute(child(element, "basedOn")),
        number(child(properties, "outlineLvl")),
        number(child(listed, "numId")),
        number(child(listed, "ilvl")),
        switched(path(element, "rPr", "vanish")),
    )
