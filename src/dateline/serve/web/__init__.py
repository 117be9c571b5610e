"""The web server: pages to read, ask, check and correct an archive, and an API (extra ``dateline[web]``).

How a page is made:

* Each module of `dateline.serve.web.pages` holds an ``APIRouter`` named ``router``; `pages.ROUTERS` lists them.
* A handler is a plain ``def`` (Starlette runs it in a thread) that takes ``store: Opened`` (`asking`), the
  archive, and gives `render(request, "name.html", …)` (`rendering`).
* Templates extend ``base.html`` and lie in ``templates/``; everything is escaped. Addresses come from
  ``url_for("name of the handler", …)``, files of ``static/`` from ``static("style.css")``.
* The content security policy allows no inline script and no inline style: data for scripts stand in
  ``<script type="application/json">`` or in data attributes, looks in style sheets, sizes in SVG attributes.
* Forms that change something are ``POST`` and hold ``{{ csrf_input }}``; ``{{ editor }}`` tells whether the
  reader may change anything.
"""

import dateline.serve.web.any_path  # noqa: F401  before there are routes
from dateline.serve.web.application import create_app
from dateline.serve.web.settings import Settings

__all__ = ["Settings", "create_app"]
