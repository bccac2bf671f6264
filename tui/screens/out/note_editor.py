"""Lends the terminal to the user's editor for a note."""

from tui.screens.out.outside import failures_said, lend_terminal
from tui.screens.out.stage import ReadingStage
from tui.store.verdicts.project_verdicts import LONGEST_NOTE
from tui.terminal.process.programs import temporary_folder


def write_note(context: ReadingStage, present: str) -> str | None:
    """What the user made of a note; None where that is not to be had."""
    with failures_said(context, _not_written), temporary_folder() as folder:
        path = folder / "note.md"
        path.write_text(f"{present}\n" if present else "", encoding="utf-8")
        lend_terminal(context.app, path, editor=True)
        with path.open("rb") as file:
            content = file.read(4 * LONGEST_NOTE + 1)
        return content.decode("utf-8", "replace").strip()
    return None


def _not_written(error: OSError) -> str:
    return f"The note cannot be read or written: {error.strerror or error}. Nothing has changed."
