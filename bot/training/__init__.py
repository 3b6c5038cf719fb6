"""Train the matcher: linear weights, how evidence combines, when to answer; all cross-validated.

Needs scikit-learn (extra `train`) and the encoder (extra `semantic`). Held-out phrases are a few
small parts of all phrases, each left out of everything once; what they show about unseen
questions sets the weights of the evidence and the cut-offs.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

import bot
from bot.adapters.encoder import VectorFile, encoder_version
from bot.adapters.model_file import HEADER
from bot.core.knowledge import Knowledge
from bot.core.matching.classifier import HYBRID, LEXICAL, Trained, key_of
from bot.core.matching.matcher import as_it_is, training_phrases
from bot.core.matching.semantic import Encoder
from bot.training.combining import combined
from bot.training.held_out import held_out_evidence
from bot.training.linear import Ridge
from bot.training.material import TrainingError, gather
from bot.training.network import train_network

__all__ = ["TrainingError", "check_current", "fingerprints", "train"]

FORMAT = 2


def train(
    knowledge: Knowledge,
    *,
    encoder: Encoder,
    vectors: VectorFile,
    mask: Callable[[str], str] = as_it_is,
    places: str = "",
    before: Trained | None = None,
    encoded: Callable[[int, int], None] = lambda done, of: None,
) -> Trained:
    """Return the model for this knowledge; `encoded` hears of each new sentence.

    `places` is a fingerprint of the place finder; while it stays, what the model `before` knows
    of places in phrases is taken over, which saves most of the time.

    TrainingError if there is nothing to train on. The same knowledge gives the same model.
    """
    if before and before.header.get("places") == places:
        mask = before.masker(mask)
    phrases = training_phrases(knowledge)
    masked = {phrase.text: mask(phrase.text) for phrase in phrases}
    material = gather(knowledge, encoder, vectors, masked, encoded)
    held = np.flatnonzero(material.parts >= 0)
    ridge = Ridge(material)
    evidence = held_out_evidence(material, ridge)
    lexical, lexical_figures = combined(material, held, evidence[:, :-1])
    hybrid, hybrid_figures = combined(material, held, evidence)
    header = {
        "made_by": "wegweiser train",
        "format": FORMAT,
        **fingerprints(knowledge, places),
        "phrases": len(material.phrases),
        "held_out": len(held),
        "features": {"lexical": list(LEXICAL), "hybrid": list(HYBRID)},
        "cross_validation": {"lexical": lexical_figures, "hybrid": hybrid_figures},
    }
    return Trained(
        topics=material.topics,
        ngrams=ridge.fitted(),
        sentences=train_network(material, np.ones(len(material.labels), dtype=bool)),
        lexical=lexical,
        hybrid=hybrid,
        header=header,
        masked={text: said for text, said in masked.items() if text != said},
        seen=frozenset(key_of(text) for text in masked),
    )


def check_current(knowledge: Knowledge, folder: Path, places: str = "") -> str | None:
    """Return why the model in `folder` is stale and what to run, or None if it is current."""
    try:
        header = json.loads((folder / HEADER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return f"{folder / HEADER}: there is no trained model; run: wegweiser train"
    for name, now in fingerprints(knowledge, places).items():
        if header.get(name) != now and not (name == "encoder" and not now):
            return f"{folder / HEADER}: {name} changed since training; run: wegweiser train"
    return None


def fingerprints(knowledge: Knowledge, places: str) -> dict[str, str]:
    """Return hashes of all that the model depends on: knowledge, code, encoder, places."""
    said = [[p.topic, p.language, p.text] for p in training_phrases(knowledge)]
    meant = {key: [c.topic, *c.forms] for key, c in sorted(knowledge.glossary.items())}
    return {
        "knowledge": _hash(json.dumps([said, meant], ensure_ascii=False).encode()),
        "code": _hash(b"".join(file.read_bytes() for file in _code())),
        "encoder": encoder_version(),
        "places": places,
    }


def _code() -> Iterator[Path]:
    root = Path(bot.__file__).parent
    yield root / "core" / "text.py"
    names = ("classifier", "evidence", "glossary", "grams", "lexical", "reading")
    yield from (root / "core" / "matching" / f"{name}.py" for name in names)
    yield from sorted((root / "training").glob("*.py"))


def _hash(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()
