"""The command from end to end: whole files compared, errors in one sentence, no database."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

HOUSE = Path(__file__).resolve().parent.parent.parent
RECIPE = {
    "recipe": 1,
    "tree": {
        "code": "all",
        "round": 1,
        "missing": {"rule": "renormalise"},
        "children": [
            {"indicator": "x", "normalise": {"method": "minmax"}},
            {"indicator": "y", "weight": 2, "normalise": {"method": "goalposts", "worst": 0, "best": 3}},
        ],
    },
    "rank": {"ties": "fractional", "on": "rounded"},
    "uncertainty": {"top_n": 1},
}
DATA = "unit,period,indicator,value\nB,2020,x,1\nA,2020,x,3\nC,2020,x,\nA,2020,y,1\nB,2020,y,2\nC,2020,y,\n"
SCORES = """unit,period,node,score,rank,coverage
A,2020,all,55.600000000000001,1,1
B,2020,all,44.399999999999999,2,1
C,2020,all,,,0
A,2020,x,100,1,1
B,2020,x,0,2,1
C,2020,x,,,0
A,2020,y,33.333333333333329,2,1
B,2020,y,66.666666666666657,1,1
C,2020,y,,,0
"""


@pytest.fixture
def files(tmp_path):
    """Write recipe and data, run the command, return what it wrote."""

    def run(recipe=RECIPE, data=DATA, *more):
        text = recipe if isinstance(recipe, str) else json.dumps(recipe)
        (tmp_path / "recipe.json").write_text(text)
        (tmp_path / "data.csv").write_text(data)
        arguments = [str(tmp_path / name) for name in ("recipe.json", "data.csv")]
        call_command("compute_index", *arguments, "--output", str(tmp_path / "scores.csv"), *more, verbosity=0)
        return (tmp_path / "scores.csv").read_text()

    return run


def test_scores_have_a_row_for_every_node_unit_and_period(files):
    assert files() == SCORES


def test_every_number_comes_back_as_it_was(files):
    tree = {"code": "all", "children": [{"indicator": "x", "normalise": {"method": "none"}}]}
    value = 0.1 + 0.2
    rows = files({"recipe": 1, "tree": tree}, f"unit,period,indicator,value\nA,2020,x,{value!r}\n").splitlines()
    assert float(next(csv.DictReader(rows))["score"]) == value


def test_ties_at_the_mean_of_their_places_print_a_half(files):
    tied = "unit,period,indicator,value\nA,2020,x,1\nB,2020,x,1\nC,2020,x,0\n"
    tree = {"code": "all", "children": [{"indicator": "x", "normalise": {"method": "minmax"}}]}
    rows = csv.DictReader(files({"recipe": 1, "tree": tree, "rank": {"ties": "fractional"}}, tied).splitlines())
    assert [row["rank"] for row in rows if row["node"] == "all"] == ["1.5", "1.5", "3"]


def test_uncertainty_writes_intervals_of_ranks_and_the_same_ones_for_the_same_seed(files, tmp_path):
    out = tmp_path / "spread.csv"
    asked = ("--uncertainty", "200", "--seed", "7", "--uncertainty-output", str(out))
    files(RECIPE, DATA, *asked)
    first = out.read_text()
    rows = list(csv.DictReader(first.splitlines()))
    assert list(rows[0]) == ["unit", "period", "node", "median", "p5", "p95", "top_n_share"]
    assert [(row["unit"], row["period"], row["node"]) for row in rows] == [(unit, "2020", "all") for unit in "ABC"]
    assert (rows[0]["median"], rows[2]["median"]) == ("1", "")
    assert 0.5 < float(rows[0]["top_n_share"]) <= 1
    files(RECIPE, DATA, *asked)
    assert out.read_text() == first


@pytest.mark.parametrize(
    ("recipe", "data", "said"),
    [
        ({**RECIPE, "limits": "x"}, DATA, 'limits: is "x", but one of per_period, pooled is needed'),
        ("{", DATA, "the recipe: line 1 column 2 is no JSON"),
        (RECIPE, DATA.replace("B,2020,y,2", "B,2020,y,two"), "line 6: “two” is not a number"),
        (RECIPE, DATA.replace("value", "number"), "the data have no column value"),
        (
            json.dumps(RECIPE).replace('"round": 1', '"aggregate": "geometric"'),
            DATA,
            "tree: B, 2020, x is 0: a geometric mean",
        ),
    ],
)
def test_an_error_is_one_sentence_with_its_place(files, recipe, data, said):
    with pytest.raises(CommandError) as error:
        files(recipe, data)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_what_dropped_out_is_said_on_the_side(files, capsys):
    flat = "unit,period,indicator,value\n" + "".join(
        f"{unit},{year},{name},1\n" for unit in "AB" for year in range(2000, 2030) for name in "xy"
    )
    files(RECIPE, flat)
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "tree.children[0]: all values are equal in 2000; x drops out"
    assert said[20:] == ["… and 10 more of this kind."]


def test_options_that_belong_together_are_asked_for_together(files):
    with pytest.raises(CommandError, match="go together"):
        files(RECIPE, DATA, "--uncertainty", "10")
    with pytest.raises(CommandError, match="at least one draw is needed and at most 1000000, not 0"):
        files(RECIPE, DATA, "--uncertainty", "0", "--uncertainty-output", "x")


def test_it_runs_without_a_database_and_fails_without_a_traceback(tmp_path):
    (tmp_path / "recipe.json").write_text(json.dumps(RECIPE))
    (tmp_path / "data.csv").write_text(DATA)
    arguments = [sys.executable, "manage.py", "compute_index", str(tmp_path / "recipe.json")]
    output = ["--output", str(tmp_path / "scores.csv")]
    nowhere = os.environ | {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "DATA_DIR": str(tmp_path / "var")}
    run = {"cwd": HOUSE, "env": nowhere, "capture_output": True, "text": True}
    done = subprocess.run([*arguments, str(tmp_path / "data.csv"), *output], **run)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "scores.csv").read_text() == SCORES
    failed = subprocess.run([*arguments, str(tmp_path / "no.csv"), *output], **run)
    assert failed.returncode == 1
    assert failed.stderr == f"CommandError: {tmp_path / 'no.csv'}: No such file or directory.\n"
