"""The time tagger's own words: it reads the text itself, so that it finds the same with and
without a parser, whatever the parser's tokenizer does to "mid-1996", "27-year-old" or "5/12/2024".
"""

from __future__ import annotations

import re

TOKEN = re.compile(
    r"""
      \d{4}-\d\d?-\d\d?(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-])   # ISO 8601
    | \d{1,4}/\d{1,2}(?:/\d{2,4})?(?![\w/])                                              # 5/12/2024, 9/11, 1/2
    | \d{1,2}:\d{2}(?::\d{2})?(?!\d)                                                     # 10:30
    | \d{1,2}\.\d{2}(?=\s?[ap]\.?m\b)                                                    # 10.30 am
    | \d{1,2}[.]\d{1,2}[.]\d{4}(?![\w.])                                                 # 21.1.2024
    | \d+(?:,\d{3})+(?:\.\d+)?
    | \d+\.\d+
    | \d+(?:st|nd|rd|th|s)\b
    | ['’]\d0s\b
    | \d+
    | [aApP]\.\s?[mM]\b\.?                                                               # p.m.
    | [BC]\.\s?[CE]\.(?:\s?E\.)?
    | [A-Z]\.[A-Z]\.(?:[A-Z]\.)?                                                         # U.S., E.D.T.
    | n['’]t\b
    | ['’](?:s|S|ll|d|re|ve|m)\b
    | [^\W\d_]+?(?=n['’]t\b)
    | [^\W\d_]+
    | \n[^\S\n]*\n\s*                                                                    # a blank line
    | [^\w\s]
    | _
    """,
    re.VERBOSE,
)


def split(text: str) -> tuple[list[str], list[int]]:
    """Cut a text into words, numbers, signs and blank lines.

    Returns:
        The words, and the code point offset at which each begins.
    """
    words, begins = [], []
    for match in TOKEN.finditer(text):
        words.append(match.group())
        begins.append(match.start())
    return words, begins
