"""Work out a composite index from a recipe and a table, without the database."""

import csv
import math
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from indicators.composite import panel, reading
from indicators.composite.index import compute
from indicators.composite.refusal import Refused
from indicators.composite.uncertainty import simulate

COLUMNS = ("unit", "period", "node", "score", "rank", "coverage")
SPREAD = ("unit", "period", "node", "median", "p5", "p95", "top_n_share")
MOST_NOTICES = 20


class Command(BaseCommand):
    help = "Scores, ranks and coverage of every node of an index: RECIPE.json over DATA.csv."
    requires_system_checks = []  # the engine needs nothing of the site

    def add_arguments(self, parser):
        parser.add_argument("recipe", type=Path, metavar="RECIPE.json")
        parser.add_argument("data", type=Path, metavar="DATA.csv", help="unit,period,indicator,value[,group]")
        parser.add_argument("--output", type=Path, required=True, metavar="SCORES.csv")
        parser.add_argument("--uncertainty", type=int, metavar="N", help="draw weights N times: intervals of ranks")
        parser.add_argument("--seed", type=int, default=0, metavar="S", help="the same seed draws the same weights")
        parser.add_argument("--uncertainty-output", type=Path, metavar="FILE")

    def handle(self, *args, **options):
        if (options["uncertainty"] is None) != (options["uncertainty_output"] is None):
            raise CommandError("--uncertainty N and --uncertainty-output FILE go together.")
        try:
            recipe = reading.parse(options["recipe"].read_text(encoding="utf-8-sig"))
            with options["data"].open(encoding="utf-8-sig", newline="") as file:
                data = panel.read(file)
            index = compute(recipe, data)
            draws = None if options["uncertainty"] is None else drawn(index, options["uncertainty"], options["seed"])
            write(options["output"], COLUMNS, scores(index))
            if draws:
                write(options["uncertainty_output"], SPREAD, spreads(index, draws))
        except Refused as refused:
            raise CommandError(str(refused)) from None
        except UnicodeDecodeError as error:
            raise CommandError(f"A file is not in UTF-8: {error.reason}.") from None
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from None
        notices = index.notices + (draws.notices if draws else ())
        for notice in notices[:MOST_NOTICES]:
            self.stderr.write(notice)
        if len(notices) > MOST_NOTICES:
            self.stderr.write(f"… and {len(notices) - MOST_NOTICES} more of this kind.")
        if options["verbosity"]:
            nodes, units, periods = len(recipe.nodes), len(data.units), len(data.periods)
            self.stdout.write(f"{options['output']}: {nodes} nodes, {units} units, {periods} periods.")


def scores(index):
    for node in top_down(index.recipe.tree):
        tables = (index.scores[node.code], index.ranks(node.code), index.coverage(node.code))
        for period, row in zip(index.panel.periods, zip(*tables, strict=True), strict=True):
            for unit, score, rank, coverage in zip(index.panel.units, *row, strict=True):
                yield unit, period, node.code, number(score), number(rank), number(coverage)


def top_down(node):
    yield node
    for child in node.children:
        yield from top_down(child)


def drawn(index, draws, seed):
    """Intervals for the whole and all its parts, not for single indicators: their ranks do not depend on weights."""
    nodes = [node.code for node in top_down(index.recipe.tree) if not node.leaf]
    return simulate(index, draws=draws, seed=seed, nodes=nodes)


def spreads(index, draws):
    for node, spread in draws.spreads.items():
        tables = (spread.median, spread.p5, spread.p95, spread.top_n_share)
        for period, row in zip(index.panel.periods, zip(*tables, strict=True), strict=True):
            for unit, *values in zip(index.panel.units, *row, strict=True):
                yield unit, period, node, *map(number, values)


def number(value):
    """17 significant digits bring a binary number back; empty where there is none."""
    return "" if math.isnan(value) else f"{value + 0.0:.17g}"


def write(path, columns, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(columns)
        out.writerows(rows)
