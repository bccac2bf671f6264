"""What reviewers said, shown at its turns and below the name of the conversation."""

from tui.views import transcript
from tui.views.reader.reader import Reader


def show_verdicts(reader: Reader) -> None:
    """Other things are said of conversations than before."""
    viewport = reader.viewport
    if viewport is not None:
        with viewport.held():
            transcript.show_in(viewport.document, reader.verdicts_of(viewport.document.conversation))
        reader.repaint(everything=True)
