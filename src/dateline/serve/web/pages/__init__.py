"""The pages, a module each."""

from dateline.serve.web.pages import account, actor, api, login, overview, report, review, search, statements

ROUTERS = tuple(page.router for page in (overview, report, account, actor, statements, search, review, api, login))
