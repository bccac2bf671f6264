"""The filter pane by itself."""

from textual.app import App, ComposeResult

from tui.store.filter.list_filter import ListFilter
from tui.widgets.filter_pane import FilterPane


class _PaneApp(App[None]):
    def compose(self) -> ComposeResult:
        pane = FilterPane(ListFilter())
        pane.show_tags(("billing", "review"), "", "")
        yield pane


async def test_tags_that_come_before_there_is_a_line_complete_it_all_the_same() -> None:
    app = _PaneApp()
    async with app.run_test():
        pane = app.query_one(FilterPane)
        await pane._filled.wait()
        assert pane._line is not None
        assert pane._line._complete("tag:re", 6).texts == ("review",)
