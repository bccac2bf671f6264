"""What the first frame does not show is imported after it."""

import subprocess
import sys

_LATER = (
    "pydantic", "httpx", "markdown_it", "tui.api.decode", "tui.api.models", "tui.views.transcript.document",
    "tui.views.transcript.viewport", "tui.views.markdown", "tui.views.jsontree", "tui.views.code.highlight",
    "tui.views.transcript.search", "tui.views.export.markdown", "tui.store.export", "tui.screens.dialogs.help",
    "tui.store.filter.parser", "tui.store.filter.expression", "sqlite3", "tui.store.facts.conditions.where",
)  # fmt: skip


def test_neither_the_readers_body_nor_models_nor_the_network_come_before_the_first_frame() -> None:
    script = f"""
import sys
import tui.app
from tui.views import transcript
transcript.NoticeBlock  # "Nothing to read yet"
print([name for name in sys.modules if name.startswith({_LATER!r})])
"""
    found = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert found.stdout.strip() == "[]"


def test_what_paints_the_first_rows_needs_neither_the_framework_nor_an_event_loop() -> None:
    script = """
import sys
import tui.screens.first.early, tui.api.rows
print([name for name in sys.modules if name.split(".")[0] in {"textual", "asyncio", "pydantic", "httpx"}])
"""
    found = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert found.stdout.strip() == "[]"


def test_the_first_thing_on_the_screen_needs_little() -> None:
    script = """
import os, sys
import tui.cli, tui.opening
from tui.terminal.paint.skeleton import paint_skeleton
paint_skeleton("clarifeye-tui · acme", os.open(os.devnull, os.O_WRONLY), -1)
print([name for name in ("tui.terminal.text.clean", "msgspec", "pathlib", "urllib.parse") if name in sys.modules])
"""
    found = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert found.stdout.strip() == "[]"


def test_the_first_request_asks_no_library_for_proxies_where_no_variable_names_one() -> None:
    script = """
import os, sys, threading
for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
    del os.environ[name]
from tui.api.http.first_page import FirstPage
from tui.api.query import ConversationFilter
from tui.config.secret import Secret
from tui.config.settings import Connection
known = threading.Event()
where = Connection("http://nobody.invalid/api/v1", "00000000-0000-0000-0000-000000000000", Secret("x"))
FirstPage(where, ConversationFilter()).start().take(lambda _: known.set())
print(known.wait(10), "urllib.request" in sys.modules)
"""
    found = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert found.stdout.strip() == f"True {sys.platform == 'darwin'}"
