"""The state file on a real disk: private, whole, shared by several instances, and never in the way."""

import json
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.config.secret import Secret
from tui.store.filter.list_filter import ListFilter
from tui.store.saved.place import Place
from tui.store.saved.saver import Change, Saver
from tui.store.saved.session import Session
from tui.store.saved.state_file import LARGEST, StateFile, StateNotSaved, state_file


@pytest.fixture
def file(tmp_path: Path) -> StateFile:
    return StateFile(tmp_path / "made" / "here" / "state.json")


def permissions(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_nothing_saved_yet_is_nothing_and_no_news(file: StateFile) -> None:
    assert file.read() == ({}, "")
    assert not file.path.parent.exists(), "reading makes no folder"


def test_file_and_folder_are_private(file: StateFile) -> None:
    previous = os.umask(0)
    try:
        file.update(lambda content: content.update(a=1))
    finally:
        os.umask(previous)
    assert permissions(file.path) == 0o600
    assert permissions(file.path.parent) == 0o700


def test_a_token_that_was_pasted_where_a_text_is_searched_for_is_not_kept(file: StateFile) -> None:
    token = Secret("a-token-that-nobody-may-see")
    session = Session(file)
    session.remember_text(f"x {token.reveal()}")
    session.remember_place(Place(query=ListFilter(text=token.reveal(), tags=(token.reveal(),))))
    session.close()
    assert "(the token)" in file.path.read_text()
    assert token.reveal() not in file.path.read_text()


def test_an_open_folder_is_made_private(file: StateFile) -> None:
    file.path.parent.mkdir(parents=True, mode=0o755)
    file.update(lambda content: content.update(a=1))
    assert permissions(file.path.parent) == 0o700


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[1]", b"null", b"\xff\xfe", b'"' + b"x" * LARGEST + b'"', b"[" * 200_000, b"{}\0", b"\x00" * 100],
)
def test_a_damaged_file_is_set_aside_with_a_notice_and_replaced(file: StateFile, damage: bytes) -> None:
    file.path.parent.mkdir(parents=True)
    file.path.write_bytes(damage)
    content, notice = file.read()
    assert content == {}
    aside = file.path.with_name("state.json.damaged")
    assert str(aside) in notice
    assert aside.read_bytes() == damage
    file.update(lambda content: content.update(a=1))
    assert file.read() == ({"a": 1}, "")


def test_what_another_instance_wrote_meanwhile_is_kept(file: StateFile) -> None:
    other = StateFile(file.path)
    file.update(lambda content: content.update(mine=1))
    other.update(lambda content: content.update(theirs=2))
    file.update(lambda content: content.update(mine=3))
    assert file.read()[0] == {"mine": 3, "theirs": 2}


_ADD_MANY = """
import sys
from pathlib import Path
from tui.store.saved.state_file import StateFile
file = StateFile(Path(sys.argv[1]))
for number in range(25):
    file.update(lambda content: content.update({f"{sys.argv[2]}-{number}": number}))
"""


def test_two_instances_at_once_lose_nothing(file: StateFile) -> None:
    command = [sys.executable, "-c", _ADD_MANY, str(file.path)]
    processes = [subprocess.Popen([*command, name]) for name in ("one", "two")]
    assert [process.wait() for process in processes] == [0, 0]
    assert len(file.read()[0]) == 50


def test_a_change_that_fails_leaves_the_old_file_and_no_litter(file: StateFile) -> None:
    file.update(lambda content: content.update(a=1))
    with pytest.raises(StateNotSaved, match="too large"):
        file.update(lambda content: content.update(b="x" * LARGEST))
    assert file.read() == ({"a": 1}, "")
    assert {entry.name for entry in file.path.parent.iterdir()} == {"state.json", "state.json.lock"}


def test_nothing_is_written_when_nothing_has_changed(file: StateFile) -> None:
    file.update(lambda content: content.update(a=1))
    before = file.path.stat().st_ino
    file.update(lambda content: content.update(a=1))
    assert file.path.stat().st_ino == before


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file stands where the folder should be")
    with pytest.raises(StateNotSaved) as caught:
        StateFile(tmp_path / "taken" / "state.json").update(lambda content: content.update(a=1))
    assert "not kept" in caught.value.title
    assert "taken" in caught.value.hint


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_disk_is_said_and_the_old_file_stays(file: StateFile, monkeypatch: pytest.MonkeyPatch) -> None:
    file.update(lambda content: content.update(a=1))
    made = file.path.parent / "made.new"

    def on_full_disk(**_options: object) -> tuple[int, str]:
        made.touch()
        return os.open("/dev/full", os.O_WRONLY), str(made)

    monkeypatch.setattr("tempfile.mkstemp", on_full_disk)
    with pytest.raises(StateNotSaved, match="No space left"):
        file.update(lambda content: content.update(a=2))
    assert not made.exists()
    assert file.read() == ({"a": 1}, "")


def test_a_link_in_place_of_the_file_is_not_followed(file: StateFile, tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_text("{}")
    file.path.parent.mkdir(parents=True)
    file.path.symlink_to(target)
    assert file.read()[0] == {}
    file.update(lambda content: content.update(a=1))
    assert target.read_text() == "{}"
    assert file.read()[0] == {"a": 1}


@given(st.text(), st.text(min_size=1))
def test_the_name_of_the_file_is_harmless_and_the_same_every_time(label: str, identity: str) -> None:
    folder = Path("/somewhere")
    file = state_file(folder, label, identity)
    assert file.path.parent == folder
    assert file.path.name.isascii()
    assert file.path.name.isprintable()
    assert len(file.path.name) < 80
    assert file.path == state_file(folder, label, identity).path
    assert file.path != state_file(folder, label, identity + "x").path


def _placed(number: int) -> Change:
    return lambda content: content.update(place=number)


def _numbered(number: int) -> Change:
    return lambda content: content.update({f"number {number}": number})


def test_the_saver_writes_the_newest_of_a_name_and_everything_that_was_added(file: StateFile) -> None:
    saver = Saver(file, lambda _words: None)
    for number in range(100):
        saver.set("place", _placed(number))
        saver.add(_numbered(number))
    assert saver.flush(5)
    content = json.loads(file.path.read_text())
    assert content == {"place": 99, **{f"number {number}": number for number in range(100)}}


def test_the_saver_writes_by_itself_after_a_rest(file: StateFile) -> None:
    written = threading.Event()
    saver = Saver(file, lambda _words: None, rest=0.01)
    saver.set("place", lambda content: content.update(place=1))
    saver.add(lambda _content: written.set())
    assert written.wait(5)


def test_no_thread_is_left_behind_once_all_is_written(file: StateFile) -> None:
    for number in range(3):
        saver = Saver(file, lambda _words: None, rest=0.01)
        saver.set("place", _placed(number))
        writers = [thread for thread in threading.enumerate() if thread.name == "save-state"]
        assert saver.flush(5)
        for writer in writers:
            writer.join(20)
            assert not writer.is_alive()
        saver.set("place", _placed(number + 7))
        assert saver.flush(5)
    assert json.loads(file.path.read_text()) == {"place": 9}


def test_a_disk_that_does_not_take_it_is_said_once(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    said: list[str] = []
    saver = Saver(StateFile(tmp_path / "taken" / "state.json"), said.append)
    for _ in range(3):
        saver.set("place", lambda content: content.update(place=1))
        assert saver.flush(5)
    assert len(said) == 1
    assert "not kept" in said[0]
