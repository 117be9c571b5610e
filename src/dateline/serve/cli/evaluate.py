"""``dateline evaluate``."""

from __future__ import annotations

from pathlib import Path

import click

SCORERS = ("times", "statements", "events", "records")


@click.command()
@click.argument("what", type=click.Choice(SCORERS))
@click.argument("gold", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="GOLD…")
@click.argument("records", type=click.Path(path_type=Path), metavar="OUT")
@click.option("--errors", "shown", type=int, default=0, metavar="N", help="Show the first N differences too.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def evaluate(what: str, gold: tuple[Path, ...], records: Path, shown: int, form: str) -> None:
    """Score records (OUT, as `dateline code` writes them) against gold annotation.

    GOLD is JSON lines (times: TimeML-like timexes; statements: PolNeAR-like attributions; events:
    source, target, label), YAML of annotated texts, or fully annotated reports as .json. Records and
    gold are matched by id, or by order where no id is known.

    times follows TempEval-3 task A, statements PARC 3 and PolNeAR, events the type between a given
    pair, records everything at once.
    """
    from dateline.evaluate.run import evaluate as run

    outcome = run(what, gold, records)
    if form == "json":
        import json

        click.echo(json.dumps(outcome.figures(), indent=2))
        return
    for line in outcome.differences[:shown]:
        click.echo(line)
    for line in outcome.lines():
        click.echo(line)
