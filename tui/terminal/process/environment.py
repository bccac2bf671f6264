"""What the program was started in, as far as other programs and files of ours need to know it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

TOKEN_VARIABLE = "CLARIFEYE_TOKEN"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The environment for programs that we start, the private folder of our state, and where exports go at first."""

    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    state_folder: Path = Path("/nonexistent")
    folder: Path = Path()
    restricted: bool = False
    """Whether no file may be written on behalf of the person."""


def surroundings(environ: Mapping[str, str], secrets: Iterable[str], state_folder: Path, folder: Path) -> Surroundings:
    """The surroundings without secrets: neither the token under its name nor any other variable that holds one."""
    hidden = [secret for secret in secrets if secret]

    def holds_one(value: str) -> bool:
        return any(secret in value for secret in hidden)

    kept = {name: value for name, value in environ.items() if name != TOKEN_VARIABLE and not holds_one(value)}
    return Surroundings(kept, state_folder, folder)
