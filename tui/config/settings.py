"""What the program was told: one value that never changes, made once at the start.

The values here are named tuples: before the first thing is on the screen, dataclasses would take 10 ms.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, NamedTuple

from tui.config.secret import Secret

if TYPE_CHECKING:
    from tui.config.token import Token

PROGRAM = "clarifeye-tui"
TOKEN_VARIABLE = "CLARIFEYE_TOKEN"


class Connection(NamedTuple):
    """Where to ask and as whom."""

    base_url: str
    """With the path `/api/v1`, without a trailing slash."""
    project_id: str
    token: Secret
    scheme: Literal["Bearer", "Token"] = "Bearer"
    impersonate: str | None = None
    """The e-mail sent as X-Impersonate-Email; the service never confirms it."""
    name: str = ""
    """What the title bar calls it: the profile, or "demo"."""
    region: str = ""
    """"eu", "us", or the host of a custom base URL."""
    token_from: str = ""
    """What names or holds the token: `CLARIFEYE_TOKEN`, `token_file in profile 'acme'`; "" where that is not known."""
    token_renews: bool = False
    """Whether that can be read again: a file or a command, never a variable."""


class ComesBack(NamedTuple):
    """How a command line chooses this project again, for the line that is printed at the end."""

    by: tuple[str, ...] = ()
    """The flags that it needs."""
    without: tuple[str, ...] = ()
    """The environment variables that would lead elsewhere, or send another token."""


class AskedFilter(NamedTuple):
    """The filter that the command line asks for."""

    text: str | None = None
    tags: tuple[str, ...] = ()
    untagged: bool = False
    archived: bool = False
    line: str | None = None
    """Words and terms, joined to the others by and."""


class FactsFlags(NamedTuple):
    """What the command line says of facts."""

    keep: str | None = None
    read_on_below: str | None = None


class FactsSettings(NamedTuple):
    """What is done with what histories tell."""

    kept: bool = False
    """Whether it is kept for the next start."""
    read_on_below: int = 20_000_000
    """Bytes below which what is missing of a list is read without being asked for."""
    failure_patterns: tuple[str, ...] = ()
    """Regular expressions of the profile that tell failed tool calls."""


class ReviewKey(NamedTuple):
    """A label that a reviewer gives, or a reason for one."""

    letter: str
    """The key for it."""
    name: str


class ReviewSettings(NamedTuple):
    """How conversations are judged."""

    name: str = ""
    """Who judges; empty where the reviewer is asked."""
    labels: tuple[ReviewKey, ...] = (ReviewKey("p", "pass"), ReviewKey("f", "fail"), ReviewKey("s", "skip"))
    reasons: tuple[ReviewKey, ...] = (
        ReviewKey("1", "tool"),
        ReviewKey("2", "policy"),
        ReviewKey("3", "wrong fact"),
        ReviewKey("4", "tone"),
    )
    no_reasons: tuple[str, ...] = ("pass",)
    """The labels for which no reason is asked."""
    skip: str = "skip"
    """The label of what is put off: it comes again at the end; empty for none."""

    def wants_reason(self, label: str) -> bool:
        """Whether a reason is asked for a label."""
        return bool(self.reasons) and label not in self.no_reasons


class PaintingFlags(NamedTuple):
    """What the command line says of how times are shown, and of how much is sent."""

    time_zone: str | None = None
    low_bandwidth: bool = False


class Flags(NamedTuple):
    """The command line, as typed: nothing is checked yet."""

    base_url: str | None = None
    region: str | None = None
    project: str | None = None
    profile: str | None = None
    impersonate: str | None = None
    asked: AskedFilter = AskedFilter()
    demo: bool = False
    config: str | None = None
    log_file: str | None = None
    allow_http: bool = False
    restricted: bool = False
    fresh: bool = False
    watch: str | None = None
    theme: str | None = None
    painting: PaintingFlags = PaintingFlags()
    facts: FactsFlags = FactsFlags()
    conversation: str | None = None
    """What the command `open` names: an id, perhaps with `#` and a turn; for `verdicts` the form or the file."""
    clipboard: bool = False
    """Whether `doctor` tries the routes to the clipboard."""


class Settings(NamedTuple):
    """Everything the program needs to know before the screen opens."""

    connection: Connection
    profile: str | None = None
    asked: AskedFilter = AskedFilter()
    demo: bool = False
    log_file: str | None = None
    fresh: bool = False
    """Whether to start clean, not where the last run was left."""
    watch: float | None = None
    """Seconds between two looks for new conversations; None: nobody looks."""
    theme: str | None = None
    time_zone: str | None = None
    """In which times are shown: `local`, `UTC` or a name such as `Europe/Berlin`; None: nothing says."""
    low_bandwidth: bool = False
    restricted: bool = False
    """Whether nothing inside may lead to a shell, another program or a file."""
    open_id: str | None = None
    """The conversation to open, whatever the list shows."""
    open_turn: int | None = None
    comes_back: ComesBack = ComesBack()
    facts: FactsSettings = FactsSettings()
    review: ReviewSettings = ReviewSettings()
    warnings: tuple[str, ...] = ()
    """What a person should know and is no error, such as a token file that others can read."""
    token_source: "Callable[[], Token] | None" = None
    """Reads the token again, where another one may be there by now; raises ConfigError."""

    @property
    def identity(self) -> str:
        """What tells this profile and project from all others; without any secret."""
        if self.demo:
            return "demo"
        connection = self.connection
        return "\n".join((connection.base_url, connection.project_id, self.profile or "", connection.impersonate or ""))
