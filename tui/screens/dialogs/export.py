"""Exports conversations to a file: what, as what, where to; then how far it is."""

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Label
from textual.worker import Worker, get_current_worker

from tui.api.errors import ApiError
from tui.errors import ClarifeyeError
from tui.screens.painting import paint_parts
from tui.store.export.export import ExportProgress, Format, Outcome, Source, export
from tui.store.export.file_names import safe_name
from tui.store.export.whole_file import TargetExists
from tui.terminal.adapter.screen import PaintedScreen
from tui.terminal.text.clean import clean_line
from tui.views.export.words import MARKED, OF_CONVERSATIONS, OF_ROWS, SCOPE_KEYS, Formats, Scope, progress_line
from tui.views.text.ink import Line, Span
from tui.widgets.bars.banner import Banner
from tui.widgets.inputs.filter_input import FilterInput
from tui.widgets.lists.menu_list import Item, MenuList

_FIELDS = ("folder", "name")
_REPLACE, _RENAME = "r", "n"
_LETTERS = (*SCOPE_KEYS, *dict.fromkeys((*OF_CONVERSATIONS.suffixes, *OF_ROWS.suffixes)), _REPLACE, _RENAME)
_REPAINT = 0.1
"""Seconds between two paintings of the progress at least."""

_LOW = 14
"""Lines of a screen below which each format cannot have a row."""

_ROOMY = 20
"""Lines of a screen from which there is room for empty ones."""

_WORDS_LIMIT = 600
_SAID_LIMIT = 250
"""Characters of what a server says: the keys that help come after it."""
_KEYS = "Enter exports · Tab folder and name · Esc closes"


class ExportScreen(PaintedScreen[Outcome | None]):
    """Gives back what was exported, or None."""

    IS_DIALOGUE = True
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "close"),
        Binding("enter", "start", "export"),
        *(Binding(letter, f"choose('{letter}')", show=False) for letter in _LETTERS),
    ]

    def __init__(
        self,
        scopes: Sequence[Scope],
        source: Callable[[Scope], Source[Any]],
        form: Callable[[str, Scope], Format[Any]],
        folder: Path,
        last: Path | None = None,
        formats: Formats = OF_CONVERSATIONS,
    ) -> None:
        """`form` makes a format of its letter; `last` is offered, else `folder`, which relative folders are in."""
        super().__init__()
        self._scopes = {scope.key: scope for scope in scopes}
        self._scope = next((scope for scope in scopes if scope.kind == MARKED), scopes[0])
        self._source = source
        self._form = form
        self._folder = folder
        self._offered = last or folder
        self._formats = formats
        self._letter = next(iter(formats.suffixes))
        self._worker: Worker[None] | None = None
        self._asked_of: Path | None = None
        """The file that is there already, as long as nobody has said what becomes of it."""
        self._painted = 0.0

    def compose(self) -> ComposeResult:
        """The choices, the place, and a line for news."""
        with Vertical(id="export") as box:
            box.border_title = "Export"
            yield MenuList(id="export-what")
            yield MenuList(id="export-format")
            for which in _FIELDS:
                with Horizontal():
                    yield Label(which, id=f"export-{which}-label")
                    yield FilterInput(which, id=f"export-{which}")
            yield Banner(id="export-news")

    def on_mount(self) -> None:
        """Begin with what is marked, else this conversation, as Markdown, in the folder of the export before."""
        paint_parts(self)
        for which in _FIELDS:
            self.watch(self._input(which), "scroll_x", self._mark_cuts)
        self._fill("folder", _with_tilde(self._offered))
        self._fit()
        self._show()

    def on_resize(self) -> None:
        """Keep to the room that there is."""
        self._fit()
        self.call_after_refresh(self._show_ends)

    def _fit(self) -> None:
        """Empty lines, and a row for each format, only where there is room for them."""
        self.set_class(self.app.size.height >= _ROOMY, "-high")
        self._show_formats()

    def _show_ends(self) -> None:
        """The end of what is filled in tells the most: the suffix, and the innermost folder."""
        for line in self.query(FilterInput):
            if not line.has_focus:
                line.action_home()
                line.action_end()

    def _mark_cuts(self) -> None:
        """An ellipsis before a line says that it does not begin where it seems to."""
        for which in _FIELDS:
            cut = self._input(which).scroll_x > 0
            self.query_one(f"#export-{which}-label", Label).update(f"{which:<7}{'…' if cut else ' '}")

    # -- choosing --------------------------------------------------------------------------------------------------

    def action_choose(self, letter: str) -> None:
        """Choose what, or the format, or answer the question about a file that is there."""
        self._choose(letter)

    @on(MenuList.Chosen)
    def _clicked(self, event: MenuList.Chosen) -> None:
        self._choose(event.letter)

    def _choose(self, letter: str) -> None:
        if self._worker is not None:
            return
        if self._asked_of is not None:
            self._answer(letter)
        elif letter in self._scopes:
            self._scope = self._scopes[letter]
            self._show()
        elif letter in self._formats.suffixes:
            self._letter = letter
            self._show()

    def _answer(self, letter: str) -> None:
        if letter == _REPLACE:
            self._begin(replace=self._asked_of)
        elif letter == _RENAME:
            self._asked_of = None
            self._say([Span(_KEYS, "muted")])
            self._input("name").focus()

    def _show(self) -> None:
        """Show what is chosen; a name that nobody has typed follows the choice."""
        self.query_one("#export-what", MenuList).show_items(
            [Item(scope.key, scope.words, on=scope is self._scope) for scope in self._scopes.values()]
        )
        self._show_formats()
        name = self._input("name")
        stem = self._stem(name.value)
        if not stem or stem in {
            self._stem(safe_name(scope.stem, self._formats.suffixes[self._letter])) for scope in self._scopes.values()
        }:
            stem = self._scope.stem
        self._fill("name", safe_name(stem, self._formats.suffixes[self._letter]))
        self._say([Span(_KEYS, "muted")])

    def _show_formats(self) -> None:
        rows = self._formats.rows(self._letter, self.app.size.height < _LOW)
        items = [Item(letter, words, on=letter == self._letter) for letter, words in rows]
        self.query_one("#export-format", MenuList).show_items(items)

    # -- exporting -------------------------------------------------------------------------------------------------

    @on(FilterInput.Submitted)
    def action_start(self) -> None:
        """Export, unless that is under way."""
        if self._worker is None:
            self._begin()

    def _begin(self, *, replace: Path | None = None) -> None:
        """`replace` is the file that was asked about: by now another name may stand there."""
        self._asked_of = None
        self.set_focus(None)
        name = self._input("name")
        self._fill("name", safe_name(self._stem(name.value), self._formats.suffixes[self._letter]))
        folder = self._folder / os.path.expanduser(self._input("folder").value.strip())
        self._say([Span("Beginning…", "muted")])
        path = folder / name.value
        work = self._export(path, replace=path == replace)
        self._worker = self.run_worker(work, group="export", exclusive=True, exit_on_error=False)

    async def _export(self, path: Path, *, replace: bool) -> None:
        source, form = self._source(self._scope), self._form(self._letter, self._scope)
        try:
            outcome = await export(source, form, path, replace=replace, progress=self._progress)
        except TargetExists as error:
            self._asked_of = path
            self._say(
                [Span(f"{clean_line(error.title)}: ", "warning"), Span("r replaces it · n another name · Esc closes")]
            )
        except ApiError as error:
            said = f" ({clean_line(error.detail, _SAID_LIMIT)})" if error.detail else ""
            words = f"{error.title}{said}. {error.advice} Nothing was left behind; Enter tries again."
            self._say([Span(clean_line(" ".join(words.split()), _WORDS_LIMIT), "failed")])
        except ClarifeyeError as error:
            self._say([Span(clean_line(f"{error} Nothing was left behind.", _WORDS_LIMIT), "failed")])
        else:
            self.dismiss(outcome)
        finally:
            if self._worker is get_current_worker():
                self._worker = None

    def _progress(self, progress: ExportProgress) -> None:
        now = time.monotonic()
        if now - self._painted >= _REPAINT:
            self._painted = now
            width = self.query_one(Banner).size.width
            self._say([*progress_line(progress, width - 14), Span(" · Esc cancels", "muted")])

    def action_leave(self) -> None:
        """Cancel what is under way, or close."""
        if self._worker is not None:
            self._worker.cancel()
            self._worker = None
            self._say([Span("Cancelled: nothing was left behind.", "warning")])
        elif self._asked_of is not None:
            self._asked_of = None
            self._say([Span(_KEYS, "muted")])
        else:
            self.dismiss(None)

    @on(FilterInput.Left)
    def _left_input(self, event: FilterInput.Left) -> None:
        if event.direction == 0:
            self.set_focus(None)
        else:
            (self.focus_next if event.direction > 0 else self.focus_previous)()

    def _fill(self, which: str, value: str) -> None:
        line = self._input(which)
        line.value = value
        line.cursor_position = len(value)

    def _stem(self, name: str) -> str:
        suffix = next((one for one in self._formats.suffixes.values() if name.endswith(one)), "")
        return name.removesuffix(suffix)

    def _input(self, which: str) -> FilterInput:
        return self.query_one(f"#export-{which}", FilterInput)

    def _say(self, line: Line) -> None:
        self.query_one(Banner).show_line(line)


def _with_tilde(folder: Path) -> str:
    home = os.path.expanduser("~")
    text = str(folder)
    return "~" + text[len(home) :] if text == home or text.startswith(home + os.sep) else text
