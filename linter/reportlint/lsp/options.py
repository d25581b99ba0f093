"""What a person sets in the editor; everything about checking itself stands in the configuration, where the command line finds it too."""

from __future__ import annotations

from typing import Any

from reportlint.record import NamedTuple

#: Milliseconds without a key before a text is checked.
DELAY = 250


class Options(NamedTuple):
    """``facts`` shows behind each figure what was understood of it; ``lang`` is the language of messages, empty for that of the configuration."""

    facts: bool = False
    lang: str = ""
    delay: int = DELAY

    def changed(self, given: Any) -> Options:
        """These options with what an editor sends on top; a value of the wrong kind changes nothing."""
        if isinstance(given, dict) and isinstance(given.get("reportlint"), dict):
            given = given["reportlint"]
        if not isinstance(given, dict):
            return self
        changes: dict[str, Any] = {}
        if isinstance(given.get("facts"), bool):
            changes["facts"] = given["facts"]
        if given.get("lang") in ("", "zh", "en"):
            changes["lang"] = given["lang"]
        delay = given.get("delay")
        if isinstance(delay, int) and not isinstance(delay, bool):
            changes["delay"] = min(max(delay, 0), 10_000)
        return self._replace(**changes)
