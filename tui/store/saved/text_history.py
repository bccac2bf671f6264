"""The texts that were searched for, the newest last."""

MOST = 200
_LIMIT = 500


def remember(texts: tuple[str, ...], text: str) -> tuple[str, ...]:
    """With this text as the newest; once, and not when it is empty."""
    text = text.strip()
    if not text or len(text) > _LIMIT or not text.isprintable():
        return texts
    return (*(other for other in texts if other != text), text)[-MOST:]


def history_from(content: object) -> tuple[str, ...]:
    """What was saved; entries that make no sense are left out."""
    texts: tuple[str, ...] = ()
    for text in content[-MOST:] if isinstance(content, list) else []:
        if isinstance(text, str):
            texts = remember(texts, text)
    return texts
