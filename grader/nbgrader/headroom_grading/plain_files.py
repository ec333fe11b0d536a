"""Copies what strangers left in a folder, without following where it may lead."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

MOST_FILES = 100
MOST_BYTES = 20_000_000
DEEPEST = 5

OPEN_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
OPEN_FOLDER = OPEN_FILE | os.O_DIRECTORY


def copy_plain_files(source: str, target: str) -> "list[str]":
    """Copies a folder's plain files and folders, and returns in words what was left out.

    Links are not followed, anywhere on the way below `source`; pipes and devices are not opened for reading. At
    most 100 files and 20 MB go over. Raises OSError where `source` itself is no folder that can be read.
    """
    left_out: list[str] = []
    room = {"files": MOST_FILES, "bytes": MOST_BYTES}
    folder = os.open(source, OPEN_FOLDER)
    try:
        copy_folder(folder, Path(target), "", room, left_out, DEEPEST)
    finally:
        os.close(folder)
    return left_out


def copy_folder(folder: int, target: Path, shown: str, room, left_out, depth: int) -> None:
    """Copies an open folder's content; `shown` is its path in what is told."""
    target.mkdir(parents=True, exist_ok=True)
    for name in sorted(os.listdir(folder)):
        place = shown + printable(name)
        try:
            complaint = copy_entry(folder, name, target, place, room, left_out, depth)
        except OSError as error:
            complaint = error.strerror or "can't be read"
        if complaint:
            left_out.append(f"{place}: {complaint}")


def copy_entry(folder: int, name: str, target: Path, place: str, room, left_out, depth: int) -> "str | None":
    """Copies one file or folder; returns why it was left out."""
    kind = os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode
    if stat.S_ISDIR(kind):
        if depth == 0:
            return "too deep"
        inner = os.open(name, OPEN_FOLDER, dir_fd=folder)
        try:
            copy_folder(inner, target / name, f"{place}/", room, left_out, depth - 1)
        finally:
            os.close(inner)
        return None
    if not stat.S_ISREG(kind):
        return "a link" if stat.S_ISLNK(kind) else "not a plain file"
    opened = os.open(name, OPEN_FILE, dir_fd=folder)
    try:
        return copy_file(opened, target / name, room)
    finally:
        os.close(opened)


def copy_file(opened: int, target: Path, room) -> "str | None":
    """Copies an open file within the room that is left; returns why it was left out."""
    about = os.fstat(opened)
    if not stat.S_ISREG(about.st_mode):
        return "not a plain file"
    if room["files"] == 0:
        return f"more than {MOST_FILES} files"
    if about.st_size > room["bytes"]:
        return f"more than {MOST_BYTES // 1_000_000} MB in all"
    room["files"] -= 1
    with open(target, "wb") as copy:
        for part in parts_of(opened, room["bytes"]):
            room["bytes"] -= len(part)
            copy.write(part)
    return None


def parts_of(opened: int, most: int) -> "Iterator[bytes]":
    """A file's content in parts, never more than `most` bytes: it may still be growing."""
    while most > 0:
        part = os.read(opened, min(most, 1 << 16))
        if not part:
            return
        most -= len(part)
        yield part


def read_small_file(folder: str, name: str, most: int) -> "bytes | None":
    """A plain file's content; None for anything else, and for more than `most` bytes."""
    try:
        opened = os.open(os.path.join(folder, name), OPEN_FILE)
    except OSError:
        return None
    try:
        about = os.fstat(opened)
        if not stat.S_ISREG(about.st_mode) or about.st_size > most:
            return None
        return os.read(opened, most)
    finally:
        os.close(opened)


def printable(name: str) -> str:
    """A file's name as it may go into a log."""
    return "".join(character if character.isprintable() else "�" for character in name)
