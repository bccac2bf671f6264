"""Looks for new conversations by itself, with one small request at a time, and moves nothing."""

from tui.api.errors import ApiError
from tui.screens.browse.list_control import ListControl
from tui.store.project import Project
from tui.widgets.lists.conversation_list import ConversationList


class Watching:
    """Looks every so many seconds; what it finds is told below the rows, and stays until somebody refreshes."""

    def __init__(self, wiring: ListControl, project: Project, conversations: ConversationList) -> None:
        self._wiring = wiring
        self._project = project
        self._conversations = conversations

    def start(self, seconds: float) -> None:
        """Begin to look."""
        self._conversations.set_interval(seconds, self._look)

    def _look(self) -> None:
        project = self._project
        if project.window.count is not None and not project.window.is_loading:
            self._conversations.run_worker(self._ask, group="watch", exclusive=True, exit_on_error=False)  # type: ignore[arg-type]  # Textual leaves the result open

    async def _ask(self) -> None:
        window = self._project.window
        before = window.fetched_at
        try:
            told = await self._project.total()
        except ApiError as error:
            self._wiring.watched(None, error)
            return
        if window is self._project.window and window.fetched_at == before:
            self._wiring.watched(told, None)
