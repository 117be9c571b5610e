"""How records show themselves: frames for pandas or polars, and HTML in a notebook.

Records stand below every stage and know nothing of this module; importing it gives them these views.
"""

from __future__ import annotations

from typing import Any, Literal

from dateline.records import Record, show_records_with


class _Views:
    def frame(self, record: Record, kind: str, library: Literal["pandas", "polars"] | None) -> Any:
        from dateline.serve.frames import frame

        return frame([record], kind, library)

    def html(self, record: Record) -> str:
        from dateline.serve.page import fragment

        return fragment(record)


show_records_with(_Views())
