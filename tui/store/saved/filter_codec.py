"""A filter as JSON for the state file, and as a line of command-line flags for a colleague."""

from tui.api.query import ConversationFilter
from tui.store.saved.state_file import Content

_TEXT_LIMIT = 2_000
_TAGS_LIMIT = 100


def filter_content(query: ConversationFilter) -> Content:
    """The filter as it is saved."""
    return {"text": query.text, "tags": list(query.tags), "untagged": query.untagged, "archived": query.archived}


def filter_from(content: object) -> ConversationFilter:
    """The filter that was saved; parts that make no sense are left out."""
    if not isinstance(content, dict):
        return ConversationFilter()
    tags = content.get("tags")
    words = [word for tag in tags if (word := _text(tag))] if isinstance(tags, list) else []
    return ConversationFilter(
        text=_text(content.get("text")),
        tags=tuple(dict.fromkeys(words))[:_TAGS_LIMIT],
        untagged=content.get("untagged") is True,
        archived=content.get("archived") is True,
    )


def _text(value: object) -> str:
    """Text that can be sent; empty for anything else."""
    return value if isinstance(value, str) and len(value) <= _TEXT_LIMIT and value.isprintable() else ""


def as_flags(query: ConversationFilter) -> str:
    """The flags that start the program with this filter, quoted for a shell; empty for no filter."""
    import shlex

    words = [f"--text={query.text}"] if query.text.startswith("-") else ["--text", query.text] if query.text else []
    for tag in query.tags:
        words += [f"--tag={tag}"] if tag.startswith("-") else ["--tag", tag]
    if query.untagged:
        words.append("--untagged")
    if query.archived:
        words.append("--archived")
    return shlex.join(words)
