"""Which command a key stands for: one table of commands for each context, that is for each place where the keys can be.

Knows no framework: the list, the reader, a dialogue and the main screen bring their tables, whoever gets a key looks it
up, and bindings, line of keys, help, palette and the tables of the README are made from the same tables.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Concatenate, Generic, NamedTuple, Protocol, TypeVar

T = TypeVar("T")
"""What the commands of a table act on."""

_CHARACTERS = {
    "/": "slash", "?": "question_mark", "+": "plus", "-": "minus", "=": "equals_sign", "*": "asterisk", ":": "colon",
    ";": "semicolon", ",": "comma", ".": "full_stop", "!": "exclamation_mark", "#": "number_sign", "@": "at",
    "|": "vertical_line", "_": "underscore", "&": "ampersand", "%": "percent_sign", "$": "dollar_sign",
    "\\": "backslash", '"': "quotation_mark", "'": "apostrophe", "`": "grave_accent", "~": "tilde",
    "^": "circumflex_accent", "<": "less_than_sign", ">": "greater_than_sign",
    "[": "left_square_bracket", "]": "right_square_bracket", "{": "left_curly_bracket", "}": "right_curly_bracket",
    "(": "left_parenthesis", ")": "right_parenthesis",
}  # fmt: skip
"""The names that key events have for signs; letters and digits are named by themselves."""

_LABELS = {
    "down": "↓", "up": "↑", "left": "←", "right": "→", "enter": "Enter", "escape": "Esc", "pagedown": "PgDn",
    "pageup": "PgUp", "home": "Home", "end": "End", "space": "Space", "tab": "Tab", "backspace": "⌫", "delete": "Del",
    **{name: character for character, name in _CHARACTERS.items()},
}  # fmt: skip

_MODIFIERS = {"ctrl": "Ctrl-", "alt": "Alt-", "shift": "Shift-"}


class Command(NamedTuple, Generic[T]):
    """Something that a key does, in the words of the line of keys and of the help."""

    name: str
    """What it is called in the code and in bindings; once in a table."""

    keys: str
    """The keys of which each does it, parted by blanks: signs as they are typed, others by their names (`ctrl+d`)."""

    help: str
    """What it does, for the help and the palette."""

    run: Callable[Concatenate[T, ...], object]
    """Does it; gets what the table acts on, then the arguments."""

    arguments: tuple[Any, ...] = ()

    footer: str = ""
    """The one or two words beside its key in the line of keys; without them it is not there."""

    footer_key: str = ""
    """How the line of keys shows its key, where that is not the first one."""

    after: str = ""
    """The pending state in which its keys are meant; empty: they are meant at any time but in such a state."""

    forbidden: str = ""
    """What is said in its place in the restricted mode (`nothing is exported`); empty: that mode has it, too."""

    also: str = ""
    """Further words by which people look for it, beside those of the help: `order` for sorting."""

    offered: bool = True
    """Whether the palette has it: a digit of a count means nothing there."""

    @property
    def key_names(self) -> tuple[str, ...]:
        """Its keys by the names that key events have for them."""
        return tuple(key_name(key) for key in self.keys.split())


class Keymap(Generic[T]):
    """The commands of one context, in the order of the help, found by key or by name.

    `leading_away` names those, parted by blanks, before which the user is at a place to come back to.

    Raises:
        ValueError: a name, or a key in one state, stands for two commands.
        KeyError: a command that leads away is none of them.
    """

    def __init__(
        self, context: str, commands: Iterable[Command[T]], *, first: Sequence[str] = (), leading_away: str = ""
    ) -> None:
        self.context = context
        """Where the keys are, in words: `In a conversation`."""
        self.first = first
        """The commands that the line of keys shows before all others, those of the parts around among them."""
        self.commands = tuple(commands)
        self._by_name = {command.name: command for command in self.commands}
        if len(self._by_name) < len(self.commands):
            raise ValueError(f"{context}: a name stands for two commands")
        self._by_key: dict[tuple[str, str], Command[T]] = {}
        for command in self.commands:
            for key in command.key_names:
                if self._by_key.setdefault((command.after, key), command) is not command:
                    raise ValueError(f"{context}: {key} stands for two commands")
        self._leading_away = {id(self._by_name[name]) for name in leading_away.split()}

    def joined(self, more: Iterable[Command[T]]) -> "Keymap[T]":
        """The same table with further commands.

        Raises:
            ValueError: a name, or a key in one state, stands for two commands.
        """
        leading_away = " ".join(command.name for command in self.commands if self.leads_away(command))
        return Keymap(self.context, (*self.commands, *more), first=self.first, leading_away=leading_away)

    def find(self, key: str, pending: str = "") -> Command[T] | None:
        """The command of a key, by the name that its event has for it, in a pending state or in none."""
        return self._by_key.get((pending, key))

    def knows(self, state: str) -> bool:
        """Whether it has commands of a pending state."""
        return any(command.after == state for command in self.commands)

    def leads_away(self, command: Command[Any]) -> bool:
        """Whether a command is one of those."""
        return id(command) in self._leading_away

    def __getitem__(self, name: str) -> Command[T]:
        """The command of a name.

        Raises:
            KeyError: there is none.
        """
        return self._by_name[name]


class Departures:
    """Notices the commands that lead away, of one table or of several, before they run.

    The same one again right behind leads no further away: three turns on are one step back.
    """

    def __init__(self) -> None:
        self.left: Callable[[], object] = lambda: None
        """Called before the user is led away."""
        self._last: Command[Any] | None = None

    def before(self, keymap: Keymap[Any], command: Command[Any]) -> None:
        """This command of a table is about to run."""
        again, self._last = command is self._last, command
        if not again and keymap.leads_away(command):
            self.left()


class TakesKeys(Protocol):
    """A part of the screen whose keys are commands of a table."""

    @property
    def keymap(self) -> Keymap[Any]:
        """Its commands."""

    def do(self, command: Command[Any]) -> object:
        """Run a command of its table, and paint or tell what came of it; awaited, if it can be, before the next key."""


class Choosing(Protocol):
    """What shows the choices of a pending state."""

    def close(self) -> None:
        """The state is over."""

    def refuse(self, key: str) -> None:
        """A key, by the name that its event has for it, is none of them."""


class Typed:
    """What has been typed of a sequence of keys: the one pending state there is, and what shows its choices."""

    def __init__(self) -> None:
        self.pending = ""
        self._shown: Choosing | None = None
        self._knowing: tuple[TakesKeys, ...] = ()

    def begin(self, state: str, shown: Choosing | None = None, knowing: Iterable[TakesKeys] = ()) -> None:
        """Look the next key up among the commands `after` this state.

        Those `knowing` them are asked wherever the focus is: a palette begins the states of all panes.
        """
        self.end()
        self.pending, self._shown, self._knowing = state, shown, tuple(knowing)

    def end(self) -> None:
        """Wait for no further key."""
        shown, self.pending, self._shown, self._knowing = self._shown, "", None, ()
        if shown is not None:
            shown.close()

    def find(self, parts: Iterable[TakesKeys], key: str) -> tuple[TakesKeys, Command[Any]] | None:
        """Who is to do what: the first of the parts, from the focus outwards, whose table knows the key in this state.

        A pending state ends with it; a key that none of them knows there means nothing, and the state stays.
        """
        for part in (*parts, *self._knowing):
            command = part.keymap.find(key, self.pending)
            if command is not None:
                self.end()
                return part, command
        if self._shown is not None:
            self._shown.refuse(key)
        return None


def key_name(key: str) -> str:
    """The name that key events have for a key written as in a table: `]` is `right_square_bracket`."""
    modifiers, plus, last = key.rpartition("+") if len(key) > 1 else ("", "", key)
    return f"{modifiers}{plus}{_CHARACTERS.get(last, last)}"


def key_label(name: str) -> str:
    """A key as people write it: `Ctrl-D`, `Enter`, `/`."""
    modifier, plus, last = name.partition("+")
    if plus and modifier in _MODIFIERS:
        label = key_label(last)
        return f"{_MODIFIERS[modifier]}{label.upper() if modifier == 'ctrl' else label}"
    return _LABELS.get(name, name if len(name) == 1 else name.capitalize())
