"""A reader without a screen: keys go in as they are typed, and what is read then comes out as text."""

from collections.abc import Iterable
from typing import Any

from tests.views.transcript.histories import body, conversation
from tui.terminal.input.keymap import key_name
from tui.views.reader import searching
from tui.views.reader.commands import READER, SEARCH
from tui.views.reader.news import News
from tui.views.reader.reader import Reader
from tui.views.reader.work import Work
from tui.views.text.wrap import plain
from tui.views.transcript.blocks.turns import TurnBlock
from tui.views.transcript.modes import Look

PEOPLE = {"u": "me@example.com"}

_NAMED = {name for keymap in (READER, SEARCH) for command in keymap.commands for name in command.key_names}


class Reading:
    """A conversation in a pane of a size, with all of the work done that waits."""

    def __init__(self, history: list[Any] | None, *, width: int = 80, height: int = 24, grown: bool = True) -> None:
        self.reader = Reader()
        self.work = Work()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.reader.resize(width, height)
        if history is not None:
            self.show(history, grown=grown)

    def show(self, history: list[Any], *, grown: bool = True, **fields: Any) -> None:
        """A conversation arrives."""
        self.reader.show(conversation(**{"created_by": "u", **fields}), body(history), PEOPLE)
        if grown:
            self.rest()

    def press(self, *keys: str) -> "Reading":
        """Type keys one after the other: each word is one key by its name, or else each of its characters is one."""
        for word in " ".join(keys).split():
            for key in [word] if word in _NAMED else list(word):
                self._take(key_name(key))
        return self

    def _take(self, key: str) -> None:
        command = (SEARCH if self.reader.finder.is_typing else READER).find(key)
        assert command is not None, f"{key} does nothing here"
        command.run(self.reader, *command.arguments)
        self.take_news()

    def type(self, text: str) -> "Reading":
        """Type into the line of a search, all of it at once."""
        searching.typed(self.reader, self.reader.finder.text + text)
        return self.rest()

    def rest(self) -> "Reading":
        """Do all the work there is."""
        while self.work.step(self.reader, 1.0) is not None:
            pass
        self.take_news()
        return self

    def take_news(self) -> News:
        """What has come of the commands; words are kept, and what was asked for."""
        news, self.reader.news = self.reader.news, News()
        self.said += news.words
        self.asked += [f"step {step}" for step in news.steps]
        self.asked += [f"failed {step}" for step in news.failed_steps]
        self.asked += ["left"] * news.leaves
        return news

    @property
    def screen(self) -> list[str]:
        """The rows as text: what is read, then the line of a search."""
        return [*(line.rstrip() for line in self._rows()), *map(plain, searching.lines(self.reader, focused=True))]

    def _rows(self) -> Iterable[str]:
        viewport = self.reader.viewport
        if viewport is None:
            look, notice = Look(self.reader.width), self.reader.notice
            return [plain(notice.line(row, look)) for row in range(notice.lay_out(look))] if notice is not None else []
        document = viewport.document
        rows = [plain(document.line(*place)) for place in viewport.rows()]
        if viewport.first_row and viewport.sticky is not None:
            turn = document.blocks[viewport.sticky]
            assert isinstance(turn, TurnBlock)
            rows[0] = plain(turn.headline(document.look.width, dated=True))
        return rows

    @property
    def text(self) -> str:
        """All of the screen."""
        return "\n".join(self.screen)

    @property
    def row(self) -> int | None:
        """The row of the cursor."""
        viewport = self.reader.viewport
        assert viewport is not None
        return viewport.row_of(viewport.cursor)

    @property
    def line(self) -> str:
        """The line under the cursor."""
        assert self.row is not None
        return self.screen[self.row].strip()

    def height_of(self, kind: str, number: int) -> int:
        """The lines of a block of a kind."""
        document = self.reader.document
        assert document is not None
        return document.height(document.places[kind][number])
