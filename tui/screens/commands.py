"""The command palette: every action of the focused pane by its words, and the saved filters by their names."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from textual.command import DiscoveryHit, Hit, Hits, Provider

from tui.screens.keys import key_name
from tui.screens.saved_keys import SavedKeys
from tui.terminal.clean import clean_line
from tui.views.chips import filter_words


class Commands(Provider):
    """Made from the bindings that are really there, so that it lists what works here and now."""

    async def discover(self) -> Hits:
        """Everything, before anything is typed."""
        for words, keys, run in self._commands():
            yield DiscoveryHit(words, run, help=keys)

    async def search(self, query: str) -> Hits:
        """What matches, best first."""
        matcher = self.matcher(query)
        for words, keys, run in self._commands():
            score = matcher.match(words)
            if score > 0:
                yield Hit(score, matcher.highlight(words), run, text=words, help=keys)

    def _commands(self) -> Iterator[tuple[str, str, Callable[[], Any]]]:
        found: dict[str, tuple[str, list[str], Callable[[], Any]]] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if (
                binding.system
                or not active.enabled
                or binding.action.startswith(("apply_saved", "app.command_palette"))
            ):
                continue
            words = binding.tooltip or binding.description
            run = partial(self.app.run_action, binding.action, active.node)
            found.setdefault(binding.action, (words[:1].upper() + words[1:], [], run))[1].append(key_name(binding.key))
        for words, names, action in found.values():
            yield words, " ".join(dict.fromkeys(names)), action
        yield from self._saved()
        yield "Theme", "choose another one", self.app.search_themes

    def _saved(self) -> Iterator[tuple[str, str, Callable[[], Any]]]:
        screen = self.screen
        if isinstance(screen, SavedKeys):
            for entry in screen.session.filters.entries:
                # What a person typed is no markup: the palette would read brackets as such.
                name = clean_line(entry.name).replace("[", "(").replace("]", ")")
                words = filter_words(entry.query).replace("[", "(").replace("]", ")")
                yield f"Saved filter: {name}", words, partial(screen.apply_filter, entry.query)
