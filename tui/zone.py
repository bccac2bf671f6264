"""The time zone in which times are shown and typed days begin: the machine's, UTC, or another one by its name.

It is chosen once, at the start, for the whole process, as that of the machine is.
"""

from datetime import UTC, datetime, tzinfo

LOCAL = "local"
"""The name of the machine's own zone."""


class ShownZone:
    """The zone that was chosen; nothing was as long as `chosen` is empty, and then it is the machine's."""

    def __init__(self) -> None:
        self.chosen = ""
        self._zone: tzinfo | None = None

    def choose(self, name: str | None) -> None:
        """Show times in this zone from here on: `local`, `UTC` or a name such as `Europe/Berlin`; None: as at first.

        Raises:
            ValueError: there is no such zone.
        """
        self._zone, self.chosen = zone_of(name) if name else None, name or ""

    def place(self, moment: datetime) -> datetime:
        """The moment in the zone; one at the edge of the calendar stays as it is."""
        try:
            return moment.astimezone(self._zone)
        except (OverflowError, OSError, ValueError):
            return moment

    def now(self) -> datetime:
        """The present, from which typed days count; without a zone where that is the machine's, whose rules hold."""
        return datetime.now(self._zone)

    def name_at(self, moment: datetime) -> str:
        """What the zone is called at a moment: `CET`, `UTC`, `UTC+04`."""
        name = self.place(moment).tzname() or ""
        return f"UTC{name}" if name[:1] in ("+", "-") else name

    @property
    def for_files(self) -> "ShownZone":
        """The zone of what others read: the chosen one, else UTC, whatever the machine has."""
        return self if self.chosen else _UTC


def zone_of(name: str) -> tzinfo | None:
    """The zone of a name; None is the machine's.

    Raises:
        ValueError: there is no such zone.
    """
    if name.lower() == LOCAL:
        return None
    if name.upper() in ("UTC", "Z"):
        return UTC
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, OSError) as error:  # a folder of zones is no zone either
        raise ValueError(f"no time zone {name}") from error


ZONE = ShownZone()
"""That of this process."""

_UTC = ShownZone()
_UTC.choose("UTC")
