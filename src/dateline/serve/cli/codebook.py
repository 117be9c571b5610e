"""``dateline codebook check`` and ``dateline codebook test``."""

from __future__ import annotations

import sys

import click

from dateline.serve.cli.options import model_option


@click.group()
def codebook() -> None:
    """Check a codebook, or see what it does with a sentence."""


_alone = click.option(
    "--no-default-codebook", "alone", is_flag=True, help="Take the given files alone, without PLOVER's."
)


@codebook.command("check")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@_alone
@model_option
def check(files: tuple[str, ...], alone: bool, model: str | None) -> None:
    """Code every example sentence and tell those that do not come out as they say.

    FILEs are YAML, or folders of it, added to the codebook that comes along; without any, that one is
    checked. The exit status is 1 where an example fails.
    """
    from dateline.coding import load_codebook
    from dateline.coding.check import check_codebook
    from dateline.serve.setup import Setup

    book = load_codebook(files, not alone)
    failures = check_codebook(book, Setup.of(model, None).load().nlp)
    for failure in failures:
        click.echo(f"{failure.source}: {failure.text}\n    {failure.problem}")
    click.echo(f"{len(book.examples):,} examples, {len(failures):,} failed", err=True)
    if failures:
        sys.exit(1)


@codebook.command("test")
@click.argument("sentence")
@click.option("--codebook", "files", multiple=True, metavar="FILE", help="Codebook to add; may be given again.")
@_alone
@model_option
def test(sentence: str, files: tuple[str, ...], alone: bool, model: str | None) -> None:
    """Tell which entries were tried on a sentence, which coded an event, and what kept the others back."""
    from dateline.coding import load_codebook
    from dateline.coding.check import explain
    from dateline.intake import make_report
    from dateline.serve.setup import Setup

    make_report(sentence)  # refuses what is no text
    explained = explain(sentence, Setup.of(model, None).load().nlp, load_codebook(files, not alone))
    if not explained.firings:
        click.echo("no entry has a trigger in this sentence")
    for firing in explained.firings:
        outcome = f"codes {firing.event}" if firing.fired else f"no: {firing.why}"
        click.echo(f"{firing.word}: {firing.rule} ({firing.source}): {outcome}")
    for event in explained.events:
        trigger = explained.text[slice(*event.trigger)]
        actors, recipients = (
            ", ".join(explained.text[slice(*a.span)] if a.span else a.entity or "" for a in arguments) or "nobody"
            for arguments in (event.actor, event.recipient)
        )
        click.echo(
            f"{event.id} {event.type} {event.mode or ''}".rstrip()
            + f" “{trigger}” {event.factuality}: {actors} → {recipients}"
        )
