"""Keep what was built from the knowledge on disk, so that a fresh process answers at once."""

import contextlib
import gc
import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

T = TypeVar("T")
_NAME = "house.pickle"
_CODE = Path(__file__).resolve().parent.parent


def cached(folder: Path, knowledge: Path, build: Callable[[], T]) -> T:
    """Return what `build` returned for this very knowledge and program, or build it now.

    The file in `folder` is only a copy: a missing, broken, older or unwritable one is passed
    over. It is a pickle of our own objects, so `folder` must be writable by nobody else.
    """
    wanted = _fingerprint(knowledge)
    file = folder / _NAME
    with contextlib.suppress(Exception), file.open("rb") as opened:  # any fault: build anew
        if opened.read(len(wanted)) == wanted and file.stat().st_uid == os.getuid():
            kept: T = _read(opened)
            return kept
    built = build()
    with contextlib.suppress(OSError, pickle.PicklingError):
        _write(file, wanted, built)
    return built


def _read(opened: BinaryIO) -> Any:
    """Unpickle without the collector, which would walk a million new objects again and again."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        return pickle.load(opened)
    finally:
        if collecting:
            gc.enable()


def _write(file: Path, fingerprint: bytes, built: object) -> None:
    """Write beside and rename, so that nobody reads half a file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=file.name)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(fingerprint)
            pickle.dump(built, opened, protocol=5)
        os.replace(name, file)
    except BaseException:
        os.unlink(name)
        raise


def _fingerprint(knowledge: Path) -> bytes:
    """Return 32 bytes that change with any file of the knowledge or of the program."""
    seen = hashlib.sha256(sys.version.encode())
    files = [*knowledge.rglob("*.yaml"), *knowledge.rglob("*.csv"), *knowledge.glob("model/*")]
    for file in sorted([*files, *_CODE.rglob("*.py")]):
        known = file.stat()
        seen.update(f"{file}|{known.st_mtime_ns}|{known.st_size}\n".encode())
    return seen.digest()
