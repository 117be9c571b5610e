"""The time tagger's own words: it reads the text itself, so that it finds the same with and
without a parser, whatever the parser's tokenizer does to "mid-1996", "27-year-old" or "5/12/2024".
"""

from __future__ import annotations

import re

# Figures are ASCII: others are no dates that the grammar knows.
TOKEN = re.compile(
    r"""
      [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}                                    # ISO 8601
        (?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?(?![\w-])
    | [0-9]{1,4}/[0-9]{1,2}(?:/[0-9]{2,4})?(?![\w/])                    # 5/12/2024, 9/11, 1/2
    | [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9])                        # 10:30
    | [0-9]{1,2}\.[0-9]{2}(?=\s?[ap]\.?m\b)                            # 10.30 am
    | [0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}(?!\w|\.[0-9])                   # 21.1.2024
    | [0-9]+(?:,[0-9]{3})+(?:\.[0-9]+)?
    | [0-9]+\.[0-9]+
    | [0-9]+(?:st|nd|rd|th|s)\b
    | ['’][0-9]0s\b
    | [0-9]+
    | [aApP]\.\s?[mM]\b\.?                                             # p.m.
    | [BC]\.\s?[CE]\.(?:\s?E\.)?
    | [A-Z]\.[A-Z]\.(?:[A-Z]\.)?                                       # U.S., E.D.T.
    | n['’]t\b
    | ['’](?:s|S|ll|d|re|ve|m)\b
    | [^\W\d_]+?(?=n['’]t\b)
    | [^\W\d_]+
    | \n[^\S\n]*\n\s*                                                 # a blank line
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
