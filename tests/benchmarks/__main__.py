"""Define the benchmark commands: `python -m tests.benchmarks accuracy FILE`, `scaling`, `journal`, `fit`, `load` ..."""

import asyncio
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console

from bot.library.encoders import load_encoder, model_folder
from bot.library.votes import VOTES_FILE
from bot.matching.ranking.encoder import Encoder, installed
from bot.settings import read_settings, variable
from tests.benchmarks import fit as fit_vote
from tests.benchmarks import fit_context, plots, tables
from tests.benchmarks.accuracy import Plan, Shots, measure_accuracy
from tests.benchmarks.contestants import EVERY, SCALED, Contestant, is_installed
from tests.benchmarks.data import DataError, drawn, read
from tests.benchmarks.growth import cases, measure_growth
from tests.benchmarks.growth_page import write_page
from tests.benchmarks.journal import TURNS, measure_journals, queries_table, with_table
from tests.benchmarks.journal_queries import QUERIES
from tests.benchmarks.load.commands import load, memory
from tests.benchmarks.loading import loading
from tests.benchmarks.progress import progress
from tests.benchmarks.samples import all_samples
from tests.benchmarks.scaling import measure_scaling
from tests.benchmarks.sections import SECTIONS, Ablation
from tests.benchmarks.together import compared
from tests.stories import STORIES

MILLION = 1_000_000
DECIDING = Path("bot/matching/deciding")
HEADING = "# The fitted {name}, made by `python -m tests.benchmarks fit`; {name}.py explains it.\n"
Row = TypeVar("Row")
EncoderOption = Annotated[
    str | None,
    typer.Option(
        "--encoder", envvar=variable("encoder"), help="The encoder, as in the settings; else the default one."
    ),
]
Out = Annotated[Path, typer.Option(help="Folder for the table and the plot.", file_okay=False)]

app = typer.Typer(
    help="Compare the matcher with others.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (load, memory, loading):
    app.command()(command)
console = Console(stderr=True, highlight=False, soft_wrap=True)


@app.command()
def accuracy(
    file: Annotated[Path, typer.Argument(help="Data in CLINC150's format.")],
    shots: Annotated[str, typer.Option(help="Utterances per label, separated by commas; full for all.")] = "full,5,10",
    seeds: Annotated[int, typer.Option(min=1, help="Number of draws of the utterances to average over.")] = 3,
    typos: Annotated[bool, typer.Option(help="Ask with typos as well.")] = True,
    sample: Annotated[int | None, typer.Option(min=1, help="Ask only this number of the questions.")] = None,
    out: Out = Path("build/benchmarks"),
) -> None:
    """Measure how often each method finds the right label, how well it abstains, and how fast it is."""
    try:
        dataset = drawn(read(file), sample) if sample else read(file)
    except DataError as error:
        console.print(str(error), markup=False)
        raise typer.Exit(2) from error
    plan = Plan(dataset, _installed(EVERY), _shots(shots), seeds, typos)
    with progress(console, plan.asked) as tick:
        rows = measure_accuracy(plan, tick)
    measured_on = f"{file.name}, {len(dataset.train):,} utterances and {len(dataset.questions):,} questions"
    text = [f"{measured_on}; {tables.made_with()}", tables.accuracy_table(rows), tables.ACCURACY_NOTE]
    _report(out, "accuracy", text, rows, plots.draw_accuracy)


@app.command()
def scaling(
    sizes: Annotated[str, typer.Option(help="Numbers of utterances.")] = "1000,3000,10000,30000,100000",
    million: Annotated[bool, typer.Option("--million", help="Add 1,000,000 utterances.")] = False,
    seed: Annotated[int, typer.Option(help="Seed of the utterances.")] = 0,
    out: Out = Path("build/benchmarks"),
) -> None:
    """Measure how query time, memory and build time grow with the number of utterances."""
    wanted = sorted({_number(part, "--sizes") for part in sizes.split(",")} | ({MILLION} if million else set()))
    contestants = _installed(SCALED)
    with progress(console, sum(wanted) * len(contestants)) as tick:
        rows = measure_scaling(contestants, wanted, seed, tick)
    text = [f"Synthetic utterances; {tables.made_with()}", tables.scaling_table(rows), tables.SCALING_NOTE]
    _report(out, "scaling", text, rows, plots.draw_scaling)


@app.command()
def growth(
    facts: Annotated[str, typer.Option(help="Numbers of facts of a single story.")] = "100,1000,10000",
    stories: Annotated[str, typer.Option(help="Numbers of stories of a hundred facts.")] = "1,5,20",
    largest: Annotated[int, typer.Option(help="The most facts to rank by meaning too, which takes long.")] = 10_000,
    docs: Annotated[Path, typer.Option(help="Folder of the page to write to.", file_okay=False)] = Path("docs"),
) -> None:
    """Measure what a question costs as facts and stories grow, and write it into docs/scaling.md."""
    numbers = [_number(part, "--facts") for part in facts.split(",")]
    counts = [_number(part, "--stories") for part in stories.split(",")]
    wanted = cases(numbers, counts, is_semantic=False)
    if installed():
        wanted += cases([number for number in numbers if number <= largest], counts, is_semantic=True)
    with progress(console, sum(case.stories * case.facts for case in wanted)) as tick:
        typer.echo(write_page(measure_growth(wanted, tick), docs))


@app.command()
def together(
    words: Annotated[bool, typer.Option("--words", help="Rank by words only, without meaning.")] = False,
) -> None:
    """Ask the questions of tests/stories with all of them loaded: what the shortlist changes (takes minutes)."""
    typer.echo(compared(None if words else installed()))


@app.command()
def journal(
    exchanges: Annotated[int, typer.Option(min=1000, help="How many exchanges the journal has.")] = MILLION,
    page: Annotated[Path | None, typer.Option(help="A page whose table is written again.", dir_okay=False)] = None,
    out: Out = Path("build/benchmarks"),
) -> None:
    """Measure every query of a large journal, on SQLite and, if it is installed, on PostgreSQL."""
    with progress(console, 2 * len(QUERIES)) as tick:
        rows = asyncio.run(measure_journals(exchanges, tick))
    made = tables.made_with(("sqlalchemy", "aiosqlite", "asyncpg"))
    text = f"{exchanges:,} exchanges, each query {TURNS} times; {made}\n{queries_table(rows)}"
    out.mkdir(parents=True, exist_ok=True)
    (out / "journal.md").write_text(text, "utf-8")
    if page:
        page.write_text(with_table(page.read_text("utf-8"), text), "utf-8")
    typer.echo(text)


@app.command()
def fit(
    encoder: EncoderOption = None,
    out: Annotated[Path | None, typer.Option(help="Folder to write to instead.", file_okay=False)] = None,
) -> None:
    """Fit the vote that decides whether a fact answers, then that in context; measure both on the stories left out.

    The votes for an encoder are written beside its model; those for the default one and for words alone belong to the
    program.
    """
    if encoder:
        cache = read_settings().cache_folder
        folder = out or model_folder(encoder, cache)
        text = votes_for(load_encoder(encoder, cache))
        (folder / VOTES_FILE).write_text(text, "utf-8")
        typer.echo(text)
        return
    parts: dict[str, list[str]] = {"vote": [], "context": []}
    for name, ranker in (("meaning", installed()), ("words", None)):
        samples = all_samples(STORIES, ranker)
        vote, text = fit_vote.table(name, samples, ranker.name if ranker else None)
        parts["vote"].append(text)
        parts["context"].append(fit_context.table(name, fit_vote.without_each(samples, vote), ranker))
    for file, told in parts.items():
        ((out or DECIDING) / f"{file}.toml").write_text("\n".join([HEADING.format(name=file), *told]), "utf-8")
        typer.echo("\n".join(told))


def votes_for(encoder: Encoder, stories: Sequence[str] = STORIES) -> str:
    """Fit both votes for an encoder; return the content of the file beside its model."""
    samples = all_samples(stories, encoder)
    vote, text = fit_vote.table("vote", samples)
    context = fit_context.table("context", fit_vote.without_each(samples, vote), encoder)
    heading = "# The votes fitted for an encoder, made by `python -m tests.benchmarks fit`."
    return "\n".join([heading, f'encoder = "{encoder.name}"\n', text, context])


@app.command()
def ablate(
    words: Annotated[bool, typer.Option("--words", help="Rank by words only, without meaning.")] = False,
    encoder_name: EncoderOption = None,
    only: Annotated[list[str] | None, typer.Option(help=f"One of {', '.join(SECTIONS)}; all unless given.")] = None,
    out: Annotated[Path, typer.Option(help="Folder for the tables.", file_okay=False)] = Path("build/benchmarks"),
) -> None:
    """Measure the effect of each signal, veto, part and constant on the stories (takes an hour, a section minutes)."""
    if strange := set(only or ()) - SECTIONS.keys():
        raise typer.BadParameter(f"{', '.join(sorted(strange))}: there is no such section.", param_hint="--only")
    sections = [section for name, section in SECTIONS.items() if not only or name in only]
    encoder = load_encoder(encoder_name, read_settings().cache_folder) if encoder_name else installed()
    if words:
        encoder = None
    with progress(console, sum(section.steps for section in sections)) as tick:
        tick("reading the questions", 0)
        ablation = Ablation(STORIES, encoder, tick)
        told = [f"## {section.title}\n\n{section.table(ablation)}" for section in sections]
    ranked = "by words alone" if encoder is None else "by words and meaning"
    heading = f"{len(STORIES)} stories, ranked {ranked}; {tables.made_with()}"
    text = "\n".join([heading, tables.ABLATION_NOTE, *told])
    out.mkdir(parents=True, exist_ok=True)
    (out / "ablate.md").write_text(text, "utf-8")
    typer.echo(text)
    console.print(f"The tables are {out / 'ablate.md'}.")


def _shots(text: str) -> list[Shots]:
    return [None if part == "full" else _number(part, "--shots") for part in text.split(",")]


def _number(text: str, option: str) -> int:
    if not text.strip().isdecimal() or not int(text):
        raise typer.BadParameter(f"{text!r} is not a number above 0.", param_hint=option)
    return int(text)


def _installed(contestants: Sequence[type[Contestant]]) -> list[type[Contestant]]:
    for contestant in contestants:
        if not is_installed(contestant):
            console.print(f"{contestant.name} is left out: the package {contestant.needs} is not installed.")
    return [contestant for contestant in contestants if is_installed(contestant)]


def _report(
    out: Path, name: str, text: Sequence[str], rows: Sequence[Row], draw: Callable[[Sequence[Row], Path], None]
) -> None:
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{name}.md").write_text("\n".join(text), "utf-8")
    typer.echo("\n".join(text))
    if find_spec("matplotlib"):
        draw(rows, out / f"{name}.png")
        console.print(f"The table and the plot are {out / name}.md and .png.")
    else:
        console.print(f"The table is {out / name}.md; there is no plot, since matplotlib is not installed.")


if __name__ == "__main__":
    app(prog_name="python -m tests.benchmarks")
