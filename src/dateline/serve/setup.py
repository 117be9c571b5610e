"""With what reports are read: the spaCy pipeline, the codebook and the cues, by name, so that every
process of a job can load the same.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from dateline.annotate import DEFAULT_MODEL, ParseCache, load_model

if TYPE_CHECKING:
    from spacy.language import Language

    from dateline.attribute import Lexicon
    from dateline.coding import Codebook
    from dateline.coding.triage import Triage

PathLike = str | os.PathLike[str]


class Setup(msgspec.Struct, frozen=True, kw_only=True):
    """What to read with.

    Attributes:
        model: name or path of a spaCy pipeline.
        codebooks: YAML files, or folders of them.
        extend: whether they are added to the codebook that comes along, or stand instead of it.
        triage: whether reports without a sign of a political act are left unparsed.
        cache: folder where parses are kept and looked up.
        cues: YAML files, or folders of them, that are added to the cues of statements that come along.
    """

    model: str = DEFAULT_MODEL
    codebooks: tuple[str, ...] = ()
    extend: bool = True
    triage: bool = False
    cache: str | None = None
    cues: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        model: str | None,
        codebook: PathLike | Sequence[PathLike] | None,
        extend: bool = True,
        triage: bool = False,
        cache: PathLike | None = None,
        cues: PathLike | Sequence[PathLike] | None = None,
    ) -> Setup:
        """A setup from the arguments of the API: one codebook, several, or none; cues likewise."""
        return cls(
            model=model or DEFAULT_MODEL,
            codebooks=_paths(codebook),
            extend=extend,
            triage=triage,
            cache=os.fspath(cache) if cache is not None else None,
            cues=_paths(cues),
        )

    def load(self) -> Loaded:
        """Load what is named.

        Raises:
            ModelError: the pipeline is missing or lacks a component.
            CodebookError: a codebook or cues cannot be read or are malformed.
            InputError: the cache cannot be used.
        """
        codebook, cues = self.load_codebook(), self.load_cues()
        nlp = load_model(self.model)
        cache = ParseCache(self.cache, nlp) if self.cache is not None else None
        return Loaded(nlp, codebook, self._load_triage(codebook), cache, cues)

    def _load_triage(self, codebook: Codebook | None) -> Triage | None:
        from dateline.coding.triage import Triage, default_triage

        if not self.triage:
            return None
        return default_triage() if codebook is None else Triage(codebook)

    def load_codebook(self) -> Codebook | None:
        """Load the codebook; None is the one that comes along.

        Raises:
            CodebookError: a codebook cannot be read or is malformed.
        """
        from dateline.coding import load_codebook

        return load_codebook(self.codebooks, self.extend) if self.codebooks or not self.extend else None

    def load_cues(self) -> Lexicon | None:
        """Load the cues of statements; None are those that come along.

        Raises:
            CodebookError: cues cannot be read or are malformed.
        """
        from dateline.attribute import load_lexicon

        return load_lexicon(self.cues) if self.cues else None

    def digest(self) -> str:
        """A digest of what the codebooks and cues hold, to tell whether they were changed."""
        whole = blake2b(digest_size=8)
        for name in (*self.codebooks, *self.cues):
            path = Path(name)
            for file in sorted(path.glob("*.y*ml")) if path.is_dir() else [path]:
                whole.update(file.read_bytes() if file.is_file() else b"")
        return whole.hexdigest()


@dataclass(frozen=True)
class Loaded:
    """What is ready to read with: codebook and cues are None where those that come along are meant."""

    nlp: Language
    codebook: Codebook | None = None
    triage: Triage | None = None
    cache: ParseCache | None = None
    cues: Lexicon | None = None


def _paths(named: PathLike | Sequence[PathLike] | None) -> tuple[str, ...]:
    given = [named] if isinstance(named, str | os.PathLike) else named or ()
    return tuple(os.fspath(path) for path in given)
