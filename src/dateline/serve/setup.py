"""With what reports are read: the spaCy pipeline and the codebook, by name, so that every process
of a job can load the same.
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
    """

    model: str = DEFAULT_MODEL
    codebooks: tuple[str, ...] = ()
    extend: bool = True
    triage: bool = False
    cache: str | None = None

    @classmethod
    def of(
        cls,
        model: str | None,
        codebook: PathLike | Sequence[PathLike] | None,
        extend: bool = True,
        triage: bool = False,
        cache: PathLike | None = None,
    ) -> Setup:
        """A setup from the arguments of the API: one codebook, several, or none."""
        paths = [codebook] if isinstance(codebook, str | os.PathLike) else codebook or ()
        return cls(
            model=model or DEFAULT_MODEL,
            codebooks=tuple(os.fspath(path) for path in paths),
            extend=extend,
            triage=triage,
            cache=os.fspath(cache) if cache is not None else None,
        )

    def load(self) -> Loaded:
        """Load what is named.

        Raises:
            ModelError: the pipeline is missing or lacks a component.
            CodebookError: a codebook cannot be read or is malformed.
            InputError: the cache cannot be used.
        """
        codebook = self.load_codebook()
        nlp = load_model(self.model)
        cache = ParseCache(self.cache, nlp) if self.cache is not None else None
        return Loaded(nlp, codebook, self._load_triage(codebook), cache)

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

    def digest(self) -> str:
        """A digest of what the codebooks hold, to tell whether they were changed."""
        whole = blake2b(digest_size=8)
        for name in self.codebooks:
            path = Path(name)
            for file in sorted(path.glob("*.y*ml")) if path.is_dir() else [path]:
                whole.update(file.read_bytes() if file.is_file() else b"")
        return whole.hexdigest()


@dataclass(frozen=True)
class Loaded:
    """A pipeline and a codebook that are ready (None is the codebook that comes along); triage and cache, if any."""

    nlp: Language
    codebook: Codebook | None = None
    triage: Triage | None = None
    cache: ParseCache | None = None
