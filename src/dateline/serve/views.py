"""How records show themselves: tables for pandas or polars, and HTML in a notebook.

Records stand below every stage and know nothing of this module; importing it gives them these views.
"""

from __future__ import annotations
