"""Which certificates are trusted: those shipped with certifi, those of the system, and SSL_CERT_FILE."""

import ssl
import threading

_lock = threading.Lock()
_made: list[ssl.SSLContext] = []


def trust() -> ssl.SSLContext:
    """The one context of the program; making it takes some 30 ms, so it is made once and when first needed."""
    import certifi

    with _lock:
        if not _made:
            context = ssl.create_default_context(cafile=certifi.where())
            context.load_default_certs()
            _made.append(context)
        return _made[0]
