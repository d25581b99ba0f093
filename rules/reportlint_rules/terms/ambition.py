"""Another place's name in what a place is to become: 平安临川 in the report of 青岚县."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.patterns import compiled
from reportlint.segment import common
from reportlint.span import Span

#: 建设更高水平的平安临川: what a place is to become, with its name.
_AMBITION = compiled(
    r"(?:建设|打造|谱写|推动|推进|深化|共建|创建)(?:更高水平的?|更加[一-龥]{2}的?|新时代的?|高水平的?|一个)?(?:平安|法治|美丽|健康|幸福|文明|清廉|富强|活力|和谐|宜居|数字|智慧|绿色)(?P<place>[一-龥]{2})(?=作出|做出|贡献|而|，|。|；|、|不断|提供|保驾|奠定|建设[，。])"
)


def of_others(text: str, title: Span, county: str) -> Iterator[tuple[Span, str]]:
    """A place's name where the writers' own belongs, and nothing else of that place in the text; and what it stands in."""
    own = county[:-1]
    for match in _AMBITION.finditer(text, title.end):
        place = match["place"]
        if place == own[-2:] or place in text[slice(*title)] or common(place):
            continue
        # The city above is told of elsewhere too; 平安油|区 is another word.
        if text.count(place) == 1 and not common(place[1] + text[match.end() : match.end() + 1]):
            yield Span(*match.span("place")), match[0]
