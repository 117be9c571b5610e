"""What stands between the network and the pages: who asks, whether he may, how much, how fast."""

from dateline.serve.web.guard.gate import Gate
from dateline.serve.web.guard.limits import Limits
from dateline.serve.web.guard.visit import Visit, Visits

__all__ = ["Gate", "Limits", "Visit", "Visits"]
