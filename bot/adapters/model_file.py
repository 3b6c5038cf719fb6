"""The trained model on disk: a readable header and one compressed file of small numbers."""

import json
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.core.matching.classifier import Combiner, Floats, Linear, Network, Trained

HEADER, WEIGHTS = "model.json", "model.bin"
_LARGEST = 127  # of a signed byte; weights are kept as bytes with one scale a topic


class ModelFileError(Exception):
    """The trained model cannot be read; the message says what to run."""


def load_model(folder: Path) -> Trained | None:
    """Return the model in `folder`, None if there is none; ModelFileError if it is broken."""
    try:
        header = json.loads((folder / HEADER).read_text(encoding="utf-8"))
        data = zlib.decompress((folder / WEIGHTS).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError, zlib.error) as error:
        raise ModelFileError(f"{folder}: not readable ({error}); run: wegweiser train") from None
    try:
        return _from_parts(header, _unpacked(header["arrays"], data))
    except (KeyError, ValueError, TypeError) as error:
        raise ModelFileError(f"{folder}: incomplete ({error}); run: wegweiser train") from None


def save_model(folder: Path, model: Trained) -> None:
    """Write the model; the same model gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays = {
        **_small("ngrams", model.ngrams.weights),
        "ngrams.bias": model.ngrams.bias,
        **_small("hidden", model.sentences.hidden),
        **_small("out", model.sentences.out),
        "hidden.bias": model.sentences.hidden_bias,
        "out.bias": model.sentences.out_bias,
        "centre": model.sentences.centre,
        "seen": np.array(sorted(model.seen), dtype=np.uint32),
    }
    header = {
        **model.header,
        "topics": list(model.topics),
        "combiners": {
            name: {
                "scales": [round(float(x), 6) for x in combiner.scales],
                "weights": [[round(float(x), 4) for x in row] for row in combiner.weights],
                "cutoffs": list(combiner.cutoffs),
            }
            for name, combiner in (("lexical", model.lexical), ("hybrid", model.hybrid))
        },
        "masked": dict(sorted(model.masked.items())),
        "arrays": {name: [str(a.dtype), list(a.shape)] for name, a in arrays.items()},
    }
    data = b"".join(np.ascontiguousarray(array).tobytes() for array in arrays.values())
    (folder / WEIGHTS).write_bytes(zlib.compress(data, 9))
    text = json.dumps(header, ensure_ascii=False, indent=1)
    (folder / HEADER).write_text(text + "\n", encoding="utf-8")


def _small(name: str, weights: Floats) -> dict[str, NDArray[Any]]:
    scale = np.abs(weights).max(axis=0) / _LARGEST
    scale = np.where(scale > 0, scale, 1).astype(np.float32)
    return {f"{name}.bytes": np.round(weights / scale).astype(np.int8), f"{name}.scale": scale}


def _large(name: str, arrays: Mapping[str, NDArray[Any]]) -> Floats:
    weights = arrays[f"{name}.bytes"].astype(np.float32) * arrays[f"{name}.scale"]
    return np.asarray(weights, dtype=np.float32)


def _unpacked(shapes: Mapping[str, Any], data: bytes) -> dict[str, NDArray[Any]]:
    arrays, at = {}, 0
    for name, (kind, shape) in shapes.items():
        count = int(np.prod(shape))
        arrays[name] = np.frombuffer(data, dtype=kind, count=count, offset=at).reshape(shape)
        at += arrays[name].nbytes
    return arrays


def _from_parts(header: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> Trained:
    ngrams = _large("ngrams", arrays)
    return Trained(
        topics=tuple(header["topics"]),
        ngrams=Linear(ngrams, arrays["ngrams.bias"], np.zeros(len(ngrams), np.float32)),
        sentences=Network(
            centre=arrays["centre"],
            hidden=_large("hidden", arrays),
            hidden_bias=arrays["hidden.bias"],
            out=_large("out", arrays),
            out_bias=arrays["out.bias"],
        ),
        lexical=_combiner(header["combiners"]["lexical"]),
        hybrid=_combiner(header["combiners"]["hybrid"]),
        header=header,
        masked=header["masked"],
        seen=frozenset(arrays["seen"].tolist()),
    )


def _combiner(kept: Mapping[str, Any]) -> Combiner:
    short, middle, long = (float(cutoff) for cutoff in kept["cutoffs"])
    return Combiner(
        np.array(kept["scales"], np.float32),
        np.array(kept["weights"], np.float32),
        (short, middle, long),
    )
