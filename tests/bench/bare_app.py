"""The least that Textual can do: one Static; a key changes its text. What everything is compared with."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class BareApp(App[None]):
    """One line of text."""

    def compose(self) -> ComposeResult:
        yield Static("Ready 0", markup=False)

    def on_key(self) -> None:
        static = self.query_one(Static)
        static.update(f"Ready {int(str(static.content).split()[1]) + 1}")


if __name__ == "__main__":
    BareApp().run()
