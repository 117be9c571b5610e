"""An account in the terminal: what is said to have happened, on whose word, and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from dateline.serve.terminal import COLOURS, WIDEST, print_plainly
from dateline.serve.wording import interval, printable

STANDINGS = {
    "corroborated": "bold green",
    "repeated": "bold yellow",
    "single source": "bold yellow",
    "disputed": "bold red",
    "denied": "bold red",
}
_HOW = {
    "voice": "its own reporting",
    "credit": "credited for the text",
    "reuse": "its text, found again",
}


def show_account(account: Mapping[str, Any], console: Console) -> None:
    """Print an account as `dateline.store.accounts.account_tree` gives it."""
    print_plainly(render_account(account), console, min(console.width, WIDEST))


def render_account(account: Mapping[str, Any]) -> Iterator[RenderableType]:
    """The parts of the print: headline, standing with its reasons, tree of sources, denials, conflicts."""
    evidence = account["evidence"]
    publishers = {t["report"]: printable(t["publisher"] or t["report"]) for t in account["tellings"]}
    yield Text(printable(account["headline"]), style="bold")
    when = interval(account["begin"], account["end"]) or "day unknown"
    yield Text.assemble(
        (account["standing"], STANDINGS.get(account["standing"], "bold")),
        f" · {when} · {_count(account['reports'], 'report')}, {_count(account['origins'], 'origin')}"
        f" · account {account['key']} ({printable(account['id'])})",
    )
    for why in evidence["why"]:
        yield Padding(Text(printable(why), style="italic"), (0, 0, 0, 2))
    yield Text()
    yield _sources(account)
    if evidence["planned"]:
        yield Text()
        yield _followed("planned", evidence["planned"], publishers)
        yield _followed("took place", evidence["outcome"], publishers)
    if evidence["conflicts"]:
        yield Text()
        yield _conflicts(evidence["conflicts"], publishers)


def _sources(account: Mapping[str, Any]) -> Tree:
    evidence = account["evidence"]
    tree = Tree(Text("sources", style="bold"))
    told = list(account["tellings"])
    for name, origin in evidence["origins"].items():
        what = ", ".join(
            part for part in (origin["kind"], origin["country"], "state media" if origin["state"] else "") if part
        )
        branch = tree.add(Text.assemble((printable(origin["name"]), "bold"), (f"  {what}", "dim")))
        mine = [t for t in told if t["origin"] == name and t["factuality"] not in ("denied", "negated")]
        for telling in mine:
            told.remove(telling)
        _add_tellings(branch, mine)
    denied = [t for t in told if t["factuality"] == "denied"]
    if denied:
        branch = tree.add(Text.assemble(("denied by ", "bold red"), (", ".join(map(printable, evidence["deniers"])))))
        _add_tellings(branch, denied)
    rest = [t for t in told if t not in denied]
    if rest:
        _add_tellings(tree.add(Text("told again", style="dim")), rest)
    return tree


def _add_tellings(branch: Tree, tellings: Sequence[Mapping[str, Any]]) -> None:
    for telling in tellings:
        path = " ‹ ".join(printable(p or "?") for p in telling["path"])
        line = Text.assemble(
            ((telling["published"] or "undated")[:10], "dim"),
            f"  {path}",
            f"  “{printable(telling['trigger'])}” ",
            (telling["factuality"], COLOURS.get(telling["factuality"], "")),
        )
        how = _HOW.get(telling["how"])
        if how:
            line.append(f"  {how}", style="dim")
        leaf = branch.add(line)
        title = printable(telling["title"] or "")
        leaf.add(Text.assemble(title, (f"{'  ' if title else ''}{printable(telling['report'])}", "dim")))
        if telling["why"]:
            leaf.add(Text(f"same event: {printable(telling['why'])}", style="dim"))


def _followed(label: str, reports: Sequence[str], publishers: Mapping[str, str]) -> Text:
    named = ", ".join(f"{publishers.get(r, r)} ({printable(r)})" for r in reports)
    return Text.assemble((f"{label:<12}", "bold"), named)


def _conflicts(conflicts: Sequence[Mapping[str, Any]], publishers: Mapping[str, str]) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 3, 0, 0))
    widest = max(len(c["values"]) for c in conflicts)
    table.add_column(style="bold")
    for _ in range(widest):
        table.add_column()
    for conflict in conflicts:
        values = list(conflict["values"].items())
        cells = [Text(printable(value), style="red") for value, _ in values]
        table.add_row(f"{printable(conflict['what'])} differs", *cells)
        names = [", ".join(dict.fromkeys(publishers.get(r, r) for r in told)) for _, told in values]
        table.add_row("", *(Text(name, style="dim") for name in names))
    return table


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
