"""Which part of a page is its text: where the prose is, and the title above it."""

from __future__ import annotations

from reportlint.patterns import compiled
from reportlint.sources.html.page import UNSEEN, Element, Words

#: What stands around a text, by its element, its role, or what its class and id call it.
_AROUND = frozenset(["nav", "footer", "header", "aside", "form", "menu"])
_ROLES = frozenset(["navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar"])
_CALLED = compiled(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|foot\w*|head(?:er)?|top(?:bar|nav)?|side\w*|bread\w*|crumbs?|position|location|dqwz|share\w*|bdshare\w*"
    r"|related\w*|recommend\w*|xgxx|copyright|toolbar|tools?|print|search\w*|login|qr\w*|ewm|links?|friend\w*|ad|ads|banner|pages?|pagination|fontsize|function)(?=$|[\s_-])"
)
_HIDDEN = compiled(r"display\s*:\s*none|visibility\s*:\s*hidden")
_PROSE = compiled(r"[，。；]")
_TITLE = compiled(r"(?:^|[\s_-])(?:\w{0,40}title\w{0,40}|tit|bt|biaoti|headline)(?=$|[\s_-])")
_BLOCKS = frozenset(
    [
        "#root",
        "html",
        "body",
        "div",
        "article",
        "main",
        "section",
        "td",
        "center",
        "form",
        "table",
        "tbody",
        "tr",
        "blockquote",
    ]
)
#: The part of a page's prose that its main element holds.
_MOST = 0.8
_LONGEST_TITLE = 80
_FEWEST = 20


def hidden(element: Element) -> bool:
    """Whether a reader does not see the element."""
    return (
        element.tag in UNSEEN
        or "hidden" in element.attributes
        or element.attributes.get("aria-hidden") == "true"
        or _HIDDEN.search(element.attributes.get("style", "")) is not None
    )


def _around(element: Element) -> bool:
    return (
        element.tag in _AROUND
        or element.attributes.get("role", "") in _ROLES
        or (element.tag not in ("html", "body") and _CALLED.search(element.marks) is not None)
    )


def main_text(page: Element) -> list[Element]:
    """The elements to read, in order: the title, where it stands above the text, and the text."""
    scores: dict[int, int] = {}
    whole = _score(page, scores)
    if not whole:
        body = next((one for one in page.elements() if one.tag == "body"), page)
        return [body] if not any(True for one in page.elements() if one.tag == "script") or body.text else []
    main = _deepest(page, scores, whole)
    title = _title(page, main)
    return [main] if title is None else [title, main]


def _score(page: Element, scores: dict[int, int]) -> int:
    """How much prose each element holds: characters outside links, where there is punctuation or a table."""
    order: list[tuple[Element, bool]] = [(page, False)]
    while order:
        element, done = order.pop()
        if done:
            own = 0
            text = "".join(child.text for child in element.children if isinstance(child, Words)).strip()
            if text and (_PROSE.search(text) or element.tag in ("td", "th", "p", "span", "font")):
                own = len(text)
            scores[id(element)] = own + sum(
                scores.get(id(child), 0) for child in element.children if isinstance(child, Element)
            )
            continue
        if hidden(element) or _around(element) or element.tag == "a":
            continue
        order.append((element, True))
        order.extend((child, False) for child in element.children if isinstance(child, Element))
    return scores.get(id(page), 0)


def _deepest(page: Element, scores: dict[int, int], whole: int) -> Element:
    """The innermost element that holds most of the prose."""
    main = page
    while True:
        inner = [child for child in main.children if isinstance(child, Element) and child.tag in _BLOCKS]
        best = max(inner, key=lambda child: scores.get(id(child), 0), default=None)
        if best is None or scores.get(id(best), 0) < _MOST * whole:
            break
        if best.tag in ("table", "tbody", "tr") and not any(
            scores.get(id(cell), 0) >= _MOST * whole for cell in best.elements() if cell.tag == "td"
        ):
            break  # a table of data is part of the text, one that lays out the page holds it
        main = best
    return main


def _title(page: Element, main: Element) -> Element | None:
    """The heading above ``main``: a first-level one, or what is called a title and says what the page's own title says."""
    named = _of_head(page)
    inside = {id(one) for one in main.elements()}
    found: Element | None = None
    for element in page.elements():
        if element is main:
            break
        words = (
            "" if id(element) in inside or hidden(element) or element.tag in ("html", "body", "#root") else element.text
        )
        if not 4 <= len(words) <= _LONGEST_TITLE or _PROSE.search(words):
            continue
        if element.tag == "h1" or ((element.tag in ("h2", "h3") or _TITLE.search(element.marks)) and words in named):
            found = element
    if found is None or found.text in main.text[: 4 * _LONGEST_TITLE]:
        return None
    return Element("h1", {}, [found])


def _of_head(page: Element) -> str:
    """The text of ``<title>``, which the head hides."""
    for element in page.elements():
        if element.tag == "title":
            return "".join("".join(child.text for child in element.children if isinstance(child, Words)).split())
    return ""
