"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from dateline.records import Record, Report

_REPORT = (
    click.argument("file", required=False, metavar="[FILE|-]"),
    click.option(
        "--sample",
        metavar="NAME",
        help="Read a sample report of the package instead of a file; demo/NAME for a demo report.",
    ),
    click.option("--published", metavar="DATE", help="When it was published: ISO date or date-time."),
    click.option("--publisher", metavar="NAME", help="Who published it."),
    click.option("--title", metavar="TEXT", help="Its headline, where the text does not hold it."),
    click.option("--url", help="Where it was read."),
)

model_option = click.option(
    "--model", metavar="NAME", help="spaCy pipeline to parse with: an installed package or a path."
)


_codebook = click.option(
    "--codebook",
    "codebooks",
    multiple=True,
    metavar="FILE",
    help="YAML file, or folder of them, to add to the codebook; may be given again.",
)
_alone = click.option(
    "--no-default-codebook", "alone", is_flag=True, help="Code with the given codebooks alone, without PLOVER's."
)


_cues = click.option(
    "--cues",
    multiple=True,
    metavar="FILE",
    help="YAML file, or folder of them, to add to the words by which reports give what others say; may be given again.",
)

engine_option = click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="Where the work is done: processes of this machine, or Ray (the cluster of RAY_ADDRESS, or one on this "
    "machine; extra dateline[ray]).",
)

_triage = click.option(
    "--triage/--no-triage",
    default=False,
    show_default=True,
    help="Leave reports without a sign of a political act unparsed; their records have the flag not_parsed.",
)
_cache = click.option(
    "--cache",
    metavar="FOLDER",
    help="Keep parses there and look them up: what was parsed once is coded anew in half the time.",
)


def economy_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that save parsing: ``triage``, ``cache``."""
    return _triage(_cache(command))


def setup_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say what to read with: ``model``, ``codebooks``, ``alone``, ``cues``."""
    return model_option(_codebook(_alone(_cues(command))))


def report_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the arguments that name one report."""
    command = setup_options(command)
    for option in reversed(_REPORT):
        command = option(command)
    return command


def report_of(file: str | None, sample: str | None, **fields: str | None) -> Report:
    """The report that the arguments name.

    Raises:
        InputError: it cannot be read.
        UsageError: neither a file nor a sample is named, or both are.
    """
    from dateline.intake import make_report, report_from_file
    from dateline.samples import sample as sample_report
    from dateline.samples import sample_names

    if sample is not None:
        if file is not None:
            raise click.UsageError("name a file or a sample, not both")
        report = sample_report(sample)
        own = {name: getattr(report, name) for name in fields}
        return make_report(
            report.text,
            id=report.id,
            **{**own, **{name: value for name, value in fields.items() if value is not None}},
        )
    if file is None:
        raise click.UsageError(
            "name a file, or - for standard input, or --sample " + "|".join(sample_names() or ["NAME"])
        )
    return report_from_file(file, **fields)


def record_of_report(
    report: Report, model: str | None, codebooks: tuple[str, ...], alone: bool, cues: tuple[str, ...]
) -> Record:
    """Read a report with the pipeline, the codebooks and the cues that the options name.

    Raises:
        ModelError: the pipeline is missing or lacks a component.
        CodebookError: a codebook or cues cannot be read or are malformed.
    """
    from dateline.serve.reading import read_report

    return read_report(report, model=model, codebook=codebooks, extend=not alone, cues=cues)
