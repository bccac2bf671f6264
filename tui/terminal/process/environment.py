"""What the program was started in, as far as other programs and files of ours need to know it."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct, field

TOKEN_VARIABLE = "CLARIFEYE_TOKEN"


class Surroundings(Struct, frozen=True):
    """The environment for programs that we start, the private folder of our state, and where exports go at first."""

    environment: Mapping[str, str] = field(default_factory=dict)
    state_folder: Path = Path("/nonexistent")
    folder: Path = Path()
    data_folder: Path | None = None
    """Where what the user has made is kept, such as verdicts; None: nowhere."""
    restricted: bool = False
    """Whether no file may be written on behalf of the person."""

    def __repr__(self) -> str:
        """Without the environment, which is long and nobody else's: tracebacks and logs call this."""
        return f"Surroundings({str(self.state_folder)!r}, {str(self.folder)!r}, restricted={self.restricted})"


def surroundings(environ: Mapping[str, str], secrets: Iterable[str], state_folder: Path, folder: Path) -> Surroundings:
    """The surroundings without secrets: neither the token under its name nor any other variable that holds one."""
    hidden = [secret for secret in secrets if secret]

    def holds_one(value: str) -> bool:
        return any(secret in value for secret in hidden)

    kept = {name: value for name, value in environ.items() if name != TOKEN_VARIABLE and not holds_one(value)}
    return Surroundings(kept, state_folder, folder)
