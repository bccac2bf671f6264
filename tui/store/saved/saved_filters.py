"""Filters with a name, in the order of their digits; frozen, each change gives the next ones."""

from msgspec import Struct
from msgspec.structs import replace

from tui.store.filter.list_filter import ListFilter
from tui.store.saved.filter_codec import filter_content, filter_from
from tui.store.saved.state_file import Content

NAME_LIMIT = 60
MOST = 100
"""Saved filters at most; only the first nine have a digit."""

DIGITS = 9


class SavedFilter(Struct, frozen=True):
    """A filter and what it is called."""

    name: str
    query: ListFilter


class SavedFilters(Struct, frozen=True):
    """All saved filters of a profile; names are told apart without regard to case."""

    entries: tuple[SavedFilter, ...] = ()
    default: str | None = None
    """The name of the filter that a start without another one begins with."""

    def find(self, name: str) -> SavedFilter | None:
        """The filter of that name."""
        return next((entry for entry in self.entries if _same(entry.name, name)), None)

    def at(self, digit: int) -> SavedFilter | None:
        """The filter of a digit from 1 to 9."""
        return self.entries[digit - 1] if 1 <= digit <= min(DIGITS, len(self.entries)) else None

    @property
    def default_entry(self) -> SavedFilter | None:
        """The default filter."""
        return self.find(self.default) if self.default is not None else None

    def save(self, name: str, query: ListFilter) -> "SavedFilters":
        """With this filter: in the place of the one of that name, else as the last one if there is room."""
        entry = SavedFilter(_tidy(name), query)
        if not entry.name:
            return self
        if self.find(name) is not None:
            return replace(self, entries=tuple(entry if _same(one.name, name) else one for one in self.entries))
        return replace(self, entries=(*self.entries, entry)[:MOST])

    def rename(self, name: str, new: str) -> "SavedFilters":
        """With another name for one; a name that another filter has stays that one's."""
        tidy, taken = _tidy(new), self.find(new)
        if not tidy or (taken is not None and not _same(taken.name, name)):
            return self
        entries = tuple(SavedFilter(tidy, one.query) if _same(one.name, name) else one for one in self.entries)
        default = tidy if self.default is not None and _same(self.default, name) else self.default
        return SavedFilters(entries, default)

    def delete(self, name: str) -> "SavedFilters":
        """Without the one of that name."""
        default = None if self.default is not None and _same(self.default, name) else self.default
        return SavedFilters(tuple(one for one in self.entries if not _same(one.name, name)), default)

    def start_with(self, name: str | None) -> "SavedFilters":
        """With that one as the default, or with none."""
        entry = self.find(name) if name is not None else None
        return self if name is not None and entry is None else replace(self, default=entry.name if entry else None)

    def move(self, name: str, by: int) -> "SavedFilters":
        """With one further up or down, which gives it another digit."""
        entries = list(self.entries)
        at = next((index for index, one in enumerate(entries) if _same(one.name, name)), None)
        if at is None or not 0 <= at + by < len(entries):
            return self
        entries.insert(at + by, entries.pop(at))
        return replace(self, entries=tuple(entries))

    def content(self) -> Content:
        """As it is saved."""
        entries = [{"name": entry.name, **filter_content(entry.query)} for entry in self.entries]
        return {"entries": entries, "default": self.default}


def saved_filters_from(content: object) -> SavedFilters:
    """What was saved; entries that make no sense are left out."""
    if not isinstance(content, dict):
        return SavedFilters()
    found = SavedFilters()
    entries = content.get("entries")
    for entry in entries if isinstance(entries, list) else []:
        if len(found.entries) == MOST:
            break
        name = entry.get("name") if isinstance(entry, dict) else None
        if isinstance(name, str) and found.find(name) is None:
            found = found.save(name, filter_from(entry))
    default = content.get("default")
    return replace(found, default=default) if isinstance(default, str) and found.find(default) else found


def _tidy(name: str) -> str:
    return "".join(character if character.isprintable() else " " for character in name).strip()[:NAME_LIMIT].strip()


def _same(one: str, other: str) -> bool:
    return _tidy(one).casefold() == _tidy(other).casefold()
