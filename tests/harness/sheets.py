"""Style sheets are read once for all apps of a run: each would read the same ones again, a tenth of its start."""

from typing import Any

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet


def read_once() -> None:
    """Share what was read of a sheet between all apps that have the same colours."""
    known: dict[Any, list[RuleSet]] = {}
    read = Stylesheet._parse_rules

    def shared(sheet: Stylesheet, css: str, *places: Any, **more: Any) -> list[RuleSet]:
        key = (css, places, *more.items(), frozenset(sheet._variables.items()))
        if key not in known:
            known[key] = read(sheet, css, *places, **more)
        return known[key]

    Stylesheet._parse_rules = shared  # type: ignore[method-assign,assignment]
