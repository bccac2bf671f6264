"""A filter as JSON for the state file, and as a line of command-line flags for a colleague."""

from tui.store.filter.list_filter import ListFilter
from tui.store.saved.state_file import Content

_TEXT_LIMIT = 2_000
_TAGS_LIMIT = 100


def filter_content(query: ListFilter) -> Content:
    """The filter as it is saved."""
    content: Content = {"text": query.text, "tags": list(query.tags)}
    content |= {"untagged": query.untagged, "archived": query.archived}
    return content | {"rest": query.rest} if query.rest else content


def filter_from(content: object) -> ListFilter:
    """The filter that was saved; parts that make no sense are left out."""
    if not isinstance(content, dict):
        return ListFilter()
    tags = content.get("tags")
    words = [word for tag in tags if (word := _text(tag))] if isinstance(tags, list) else []
    return ListFilter(
        text=_text(content.get("text")),
        tags=tuple(dict.fromkeys(words))[:_TAGS_LIMIT],
        untagged=content.get("untagged") is True,
        archived=content.get("archived") is True,
        rest=_readable(_text(content.get("rest"))),
    )


def _readable(line: str) -> str:
    """Terms that can be read; empty for others."""
    if not line:
        return ""
    from tui.store.filter.list_filter import filter_of
    from tui.store.filter.scanner import UnreadableLine

    try:
        return filter_of(line).rest
    except UnreadableLine:
        return ""


def _text(value: object) -> str:
    """Text that can be sent; empty for anything else."""
    return value if isinstance(value, str) and len(value) <= _TEXT_LIMIT and value.isprintable() else ""


def as_flags(query: ListFilter) -> str:
    """The flags that start the program with this filter, quoted for a shell; empty for no filter."""
    import shlex

    words = [f"--text={query.text}"] if query.text.startswith("-") else ["--text", query.text] if query.text else []
    for tag in query.tags:
        words += [f"--tag={tag}"] if tag.startswith("-") else ["--tag", tag]
    if query.untagged:
        words.append("--untagged")
    if query.archived:
        words.append("--archived")
    if query.rest:
        words += [f"--filter={query.rest}"]
    return shlex.join(words)
