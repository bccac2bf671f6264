"""What Linux tells about a running process and its children: memory, processor time, threads."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Sample:
    """A look at a process and its children."""

    resident_mb: float
    peak_mb: float
    cpu_ms: float
    threads: int
    processes: int
    descriptors: int


def family(pid: int) -> list[int]:
    """The process and all that it started, as far as they live."""
    waiting, found = [pid], []
    while waiting:
        found.append(waiting.pop())
        with suppress(OSError):
            for children in (_PROC / str(found[-1]) / "task").glob("*/children"):
                waiting += [int(child) for child in children.read_text().split()]
    return found


def cpu_ms(pid: int) -> float:
    """Milliseconds on a processor, of the threads that live; finer than the ticks of `times`."""
    total = 0
    for member in family(pid):
        with suppress(OSError):
            for statistics in (_PROC / str(member) / "task").glob("*/schedstat"):
                with suppress(OSError, ValueError, IndexError):
                    total += int(statistics.read_text().split()[0])
    return total / 1e6


def is_running(pid: int) -> bool:
    """Whether one of its threads, or of those of its children, is on a processor or waits for one."""
    for member in family(pid):
        with suppress(OSError):
            for statistics in (_PROC / str(member) / "task").glob("*/stat"):
                with suppress(OSError):
                    if statistics.read_text().rpartition(")")[2].split()[0] == "R":
                        return True
    return False


def sample(pid: int) -> Sample:
    """Memory and threads now."""
    members = family(pid)
    status = [dict(_status(member)) for member in members]
    kilobytes = [sum(fields.get(name, 0) for fields in status) for name in ("VmRSS", "VmHWM")]
    descriptors = 0
    for member in members:
        with suppress(OSError):
            descriptors += sum(1 for _ in (_PROC / str(member) / "fd").iterdir())
    threads = sum(fields.get("Threads", 0) for fields in status)
    return Sample(kilobytes[0] / 1024, kilobytes[1] / 1024, cpu_ms(pid), threads, len(members), descriptors)


def _status(pid: int) -> Iterator[tuple[str, int]]:
    with suppress(OSError):
        for line in (_PROC / str(pid) / "status").read_text().splitlines():
            name, _, value = line.partition(":")
            if name in {"VmRSS", "VmHWM", "Threads"}:
                yield name, int(value.split()[0])
