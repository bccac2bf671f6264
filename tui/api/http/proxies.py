"""The proxy that the environment names: whether httpx could use it, and which variable is wrong where it cannot."""

import os
from collections.abc import Sequence
from urllib.parse import urlsplit

from tui.api.errors import BadProxy
from tui.api.query import is_loopback
from tui.terminal.text.clean import clean_line

_PORTS = 2**16

VARIABLES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY")


def proxy_for(url: str) -> str:
    """The proxy that a request to an address goes through, without its password; "" for none."""
    from urllib.request import getproxies, proxy_bypass

    target = urlsplit(url)
    host = target.hostname or ""
    proxies = getproxies()
    named = proxies.get(target.scheme) or proxies.get("all")
    if not named or is_loopback(host) or proxy_bypass(host):
        return ""
    return _without_password(named).rpartition("://")[2]


def bad_proxy(names: Sequence[str] = VARIABLES) -> BadProxy | None:
    """What is wrong with the first of these variables that names no usable proxy; None where that is not the fault."""
    for name in (*names, *map(str.lower, names)):
        if (value := os.environ.get(name)) and (wrong := _wrong(value)):
            return BadProxy(f"{name} is {_without_password(value)}: {wrong}")
    return None


def _wrong(value: str) -> str:
    """What is wrong, in words that never hold a password, which may stand where something else is expected."""
    import httpx

    try:
        proxy = httpx.Proxy(value if "://" in value else f"http://{value}")
    except (httpx.InvalidURL, ValueError) as error:
        return "it is no address" if "@" in value else clean_line(str(error), 120)
    if not 0 < (proxy.url.port or 1) < _PORTS:
        return "there is no such port"
    return "" if proxy.url.host else "it names no host"


def _without_password(value: str) -> str:
    scheme, separator, rest = value.rpartition("://")
    if "@" in value:
        rest = f"…@{value.rpartition('@')[2]}"
    return clean_line(f"{scheme}{separator}{rest}" if "@" not in scheme else rest, 120)
