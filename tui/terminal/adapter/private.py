"""Every inner name of other libraries that is used here, with the shape that is expected of it.

It is looked at before anything needs one of them: where one is missing or another than expected, nothing that leans on
them is used, and Textual reads, paints and reports by itself. Nothing outside this folder uses inner names.
"""

import inspect
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple


class Inner(NamedTuple):
    """A function with these parameters, or something that a module, a class or its objects have."""

    module: str
    path: str
    parameters: str = ""


_APP, _PUMP, _SCREEN, _WIDGET = "textual.app", "textual.message_pump", "textual.screen", "textual.widget"
_LINUX, _COMPOSITOR, _TOAST = "textual.drivers.linux_driver", "textual._compositor", "textual.widgets._toast"

INNER = (
    # The painter: what the compositor makes comes here, and whether it may be shown.
    Inner(_APP, "App._display", "self screen renderable"),
    Inner(_APP, "App._check_resize", "self"),
    Inner(_APP, "App._background_screens"),
    Inner(_APP, "App._batch_count"),
    Inner(_APP, "App._driver"),
    Inner(_APP, "App._sync_available"),
    Inner(_PUMP, "MessagePump._running"),
    Inner(_PUMP, "MessagePump._closed"),
    Inner("textual.strip", "Strip._segments"),
    # The compositor.
    Inner(_COMPOSITOR, "Compositor.render_update", "self full screen_stack simplify"),
    Inner(_COMPOSITOR, "Compositor.update_widgets", "self widgets"),
    Inner(_COMPOSITOR, "Compositor.visible_widgets"),
    Inner(_COMPOSITOR, "Compositor.widgets"),
    Inner(_COMPOSITOR, "Compositor.root"),
    Inner(_COMPOSITOR, "Compositor.size"),
    Inner(_COMPOSITOR, "Compositor._dirty_regions"),
    Inner(_COMPOSITOR, "Compositor.full_map"),
    Inner(_COMPOSITOR, "Compositor._full_map"),
    Inner(_COMPOSITOR, "Compositor._full_map_invalidated"),
    Inner(_COMPOSITOR, "Compositor._visible_map"),
    Inner("textual._context", "active_app"),
    Inner("textual._context", "visible_screen_stack"),
    # Screens: how one takes a size, lays out and paints, and how a widget asks for it.
    Inner(_SCREEN, "Screen._compositor"),
    Inner(_SCREEN, "Screen._compositor_refresh", "self"),
    Inner(_SCREEN, "Screen._dirty_widgets"),
    Inner(_SCREEN, "Screen._on_timer_update", "self"),
    Inner(_SCREEN, "Screen._refresh_layout", "self size scroll"),
    Inner(_SCREEN, "Screen._screen_resized", "self size"),
    Inner(_SCREEN, "Screen._update_auto_focus", "self"),
    Inner(_WIDGET, "Widget._clear_arrangement_cache", "self"),
    Inner(_WIDGET, "Widget._layout_required"),
    Inner(_WIDGET, "Widget._repaint_required"),
    Inner(_WIDGET, "Widget._scroll_required"),
    Inner("textual._styles_cache", "StylesCache.get_inner_outer"),
    # The driver.
    Inner("textual.driver", "Driver._app"),
    Inner("textual.driver", "Driver._debug"),
    Inner("textual.driver", "Driver._loop"),
    Inner("textual.driver", "Driver._mouse"),
    Inner("textual.driver", "Driver._size"),
    Inner(_LINUX, "LinuxDriver._disable_mouse_support", "self"),
    Inner(_LINUX, "LinuxDriver._enable_mouse_support", "self"),
    Inner(_LINUX, "LinuxDriver._file"),
    Inner(_LINUX, "LinuxDriver._get_terminal_size", "self"),
    Inner(_LINUX, "LinuxDriver._query_in_band_window_resize", "self"),
    Inner(_LINUX, "LinuxDriver._run_input_thread", "self"),
    Inner(_LINUX, "LinuxDriver._writer_thread"),
    Inner("textual.events", "MouseEvent._screen_x"),
    Inner("textual.events", "MouseEvent._screen_y"),
    Inner("textual.events", "MouseEvent._x"),
    Inner("textual.events", "MouseEvent._y"),
    Inner("textual._xterm_parser", "XTermParser._timeout_time"),
    # The style sheets: with which colours they were read.
    Inner("textual.css.stylesheet", "Stylesheet._variables"),
    # Faults.
    Inner(_APP, "App._close_messages_no_wait", "self"),
    Inner(_APP, "App._context", "self"),
    Inner(_APP, "App._exit"),
    Inner(_APP, "App._fatal_error", "self"),
    Inner(_APP, "App._handle_exception", "self error"),
    Inner("textual._context", "active_message_pump"),
    # What a command tells.
    Inner("textual._callback", "count_parameters", "func"),
    Inner("textual.message", "Message._stop_propagation"),
    Inner(_PUMP, "MessagePump._get_dispatch_methods", "self method_name message"),
    # Notices.
    Inner(_APP, "App._notifications"),
    Inner(_APP, "App._refresh_notifications", "self"),
    Inner(_APP, "App._unnotify", "self notification refresh"),
    Inner(_TOAST, "ToastHolder"),
    Inner(_TOAST, "ToastRack._toast_id", "notification"),
)


@cache
def missing() -> tuple[str, ...]:
    """What is not there as it is expected, in words."""
    return tuple(f"{inner.module}:{inner.path}" for inner in INNER if not _is_there(inner))


def fits() -> bool:
    """Whether everything is there."""
    return not missing()


def _is_there(inner: Inner) -> bool:
    *path, name = inner.path.split(".")
    try:
        owner: Any = import_module(inner.module)
        for part in path:
            owner = getattr(owner, part)
    except (ImportError, AttributeError):
        return False
    found = getattr(owner, name, None)
    if found is None:
        return _is_set_by(owner, name)
    return not inner.parameters or _parameters(found) == inner.parameters.split()


def _is_set_by(owner: Any, name: str) -> bool:
    """Whether a class gives its objects this attribute when it makes them."""
    makers = (vars(base).get("__init__") for base in getattr(owner, "__mro__", ()))
    return any(name in maker.__code__.co_names for maker in makers if hasattr(maker, "__code__"))


def _parameters(function: Any) -> list[str]:
    code = getattr(inspect.unwrap(function), "__code__", None)
    return list(code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]) if code is not None else []
