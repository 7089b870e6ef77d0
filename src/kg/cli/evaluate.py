"""`kg evaluate`: precision, recall and F1 against gold files, and what is behind them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options, output

if TYPE_CHECKING:
    from kg.answers.evaluate import Score

EXAMPLES = (
    "kg evaluate gold --texts texts --errors --floor entities=0.75",
    "kg evaluate gold --texts texts --graph exports --format json",
)


@options.command("evaluate", examples=EXAMPLES)
@click.argument("gold", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--texts", type=click.Path(path_type=Path, exists=True, file_okay=False), multiple=True, metavar="DIR",
              help="The texts that the gold is about.  [default: texts beside GOLD, and seeds]")  # fmt: skip
@click.option("--graph", type=click.Path(path_type=Path), metavar="PATH",
              help="Score this graph.  [default: one built of the texts]")  # fmt: skip
@click.option("-v", "--verbose", is_flag=True, help="Also each text, each type and each predicate.")
@click.option("--rules", is_flag=True, help="Also how often each rule fired and was right.")
@click.option("--errors", is_flag=True, help="Also every error, the worst kind first, with sentence, rule and reason.")
@click.option("--against", type=click.Path(path_type=Path), metavar="FILE",
              help="Also gains and losses since the run whose --format json is in FILE.")  # fmt: skip
@click.option("--floor", "floors", multiple=True, metavar="ROW=F1",
              help="Exit with 1 where the row's F1 is below; give it once a row.")  # fmt: skip
@click.option("--set-aside", "aside", multiple=True, metavar="DOC",
              help="Tell of this text its rows alone, so that no rule is made for its errors.")  # fmt: skip
@options.format_option("text", "json", help="json has all of it, whatever else is asked for.  [default: text]")
def command(
    gold: tuple[Path, ...],
    texts: tuple[Path, ...],
    graph: Path | None,
    verbose: bool,
    rules: bool,
    errors: bool,
    against: Path | None,
    floors: tuple[str, ...],
    aside: tuple[str, ...],
    form: str | None,
) -> int:
    """Show precision, recall and F1 against gold.

    GOLD is a gold file or a folder of them. Each row is that of the corpus's own scorer.
    """
    from kg.answers.evaluate import evaluated, previous
    from kg.answers.evaluation.floors import floors as read

    wanted, before = read(floors), previous(against) if against else None
    score = evaluated(gold, texts, graph=graph, workers=options.processors(), aside=aside)
    if form == "json":
        output.write(json.dumps(score.plain(), ensure_ascii=False, indent=1).encode() + b"\n")
    else:
        from kg.answers.evaluate import changes
        from kg.cli import scored

        screen = output.Screen(output.width(), output.coloured(), "en")
        output.write(scored.shown(score, screen, verbose=verbose, rules=rules, errors=errors))
        if before:
            output.write(scored.changed(changes(score.docs, score.errors, before), screen))
    return _judged(score, wanted)


def _judged(score: Score, floors: dict[str, float]) -> int:
    """What to warn of, and 1 where a row is below its floor."""
    from kg.answers.evaluation.floors import below

    if score.absent:
        output.say(f"kg: not in the graph, so all is missed of: {', '.join(score.absent)}")
    low = below(score.micro, floors)
    for row, (f1, floor) in low.items():
        output.say(f"kg: {row} {f1:.3f} is below its floor {floor:g}")
    return 1 if low else 0
