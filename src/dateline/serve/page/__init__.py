"""One report as a web page: the text with every span highlighted and linked to its record, the
records beside it, each linked back to the text. One file, nothing loaded from elsewhere, no script
needed to read it.
"""

from dateline.serve.page.document import fragment, page

__all__ = ["fragment", "page"]
