"""Plans without a database: two small sheets, what is stored given as text."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.imports import plan
from indicators.imports.plan import KEPT, NEW, SAME, UPDATED, Column, Planner, Problem, Sheet, canonical, edited

CITIES = Sheet(
    "cities",
    (Column("slug", required=True), Column("name", required=True), Column("parent", plan.REFERENCE, target="x.city")),
    ("slug",),
    label="x.city",
    noun="city",
)
FIGURES = Sheet(
    "figures",
    (
        Column("uid", required=True),
        Column("city", plan.REFERENCE, required=True, target="x.city"),
        Column("others", plan.MANY, target="x.city"),
        Column("kind", plan.CHOICE, default="exact", choices=("exact", "about")),
        Column("value", plan.DECIMAL),
        Column("shown", plan.BOOLEAN, default="yes"),
        Column("code", keeps=True, fresh=lambda: "made"),
    ),
    label="x.figure",
)
BEIJING = {"slug": "beijing", "name": "Beijing", "parent": ""}
FIGURE = {"uid": "f-1", "city": "beijing", "others": "", "kind": "exact", "value": "5", "shown": "yes", "code": "c"}


def make_plan(figures, cities=(), *, stored=(), loaded=None, name="figures.csv", check=lambda sheet, rows: ()):
    texts = {"cities": {"beijing": BEIJING}, "figures": {row["uid"]: row for row in stored}}
    files = [(name, figures), *([("cities.csv", cities)] if cities else [])]
    return Planner((CITIES, FIGURES), texts, loaded, check, "published", "now").plan(files)


def sentences(made):
    return [str(problem) for problem in made.problems]


def test_a_row_is_new_with_the_defaults_of_what_it_does_not_give():
    row = make_plan("uid,city,value\nf-1,beijing,5.50\n").rows["figures"]["f-1"]
    assert row.action == NEW
    assert row.values == FIGURE | {"value": "5.5", "code": "made"}


def test_a_row_that_says_what_is_stored_is_the_same():
    assert make_plan("uid,city,value\nf-1,beijing,5.0\n", stored=[FIGURE]).rows["figures"]["f-1"].action == SAME


def test_a_changed_row_is_updated_and_names_its_columns():
    loaded = {("figures", "f-1"): FIGURES.digest(FIGURE)}
    row = make_plan("uid,city,value\nf-1,beijing,6\n", stored=[FIGURE], loaded=loaded).rows["figures"]["f-1"]
    assert (row.action, row.changed) == (UPDATED, ("value",))


def test_what_an_editor_changed_is_kept():
    loaded = {("figures", "f-1"): FIGURES.digest(FIGURE | {"value": "4"})}
    made = make_plan("uid,city,value\nf-1,beijing,6\n", stored=[FIGURE], loaded=loaded)
    assert made.rows["figures"]["f-1"].action == KEPT
    assert made.writes == 0


def test_what_an_editor_entered_under_the_same_key_is_kept():
    made = make_plan("uid,city,value\nf-1,beijing,6\n", stored=[FIGURE], loaded={})
    assert made.rows["figures"]["f-1"].action == KEPT


def test_what_an_editor_removed_stays_removed_with_what_points_to_it():
    loaded = {("cities", "gone"): "digest"}
    made = make_plan("uid,city\nf-1,gone\n", "slug,name\ngone,Gone\n", loaded=loaded)
    assert made.totals() == {"cities": {KEPT: 1}, "figures": {KEPT: 1}}
    assert not made.problems


def test_without_protection_a_changed_row_is_updated_whoever_changed_it():
    assert make_plan("uid,city\nf-1,\n", stored=[FIGURE]).rows["figures"]["f-1"].action == UPDATED


def test_an_absent_column_leaves_what_is_stored_and_an_empty_cell_clears_it():
    stored = FIGURE | {"kind": "about"}
    assert make_plan("uid,city\nf-1,beijing\n", stored=[stored]).rows["figures"]["f-1"].action == SAME
    assert make_plan("uid,city,value\nf-1,beijing,\n", stored=[stored]).rows["figures"]["f-1"].changed == ("value",)


def test_an_empty_cell_of_a_kept_column_leaves_what_is_stored():
    assert make_plan("uid,city,code\nf-1,beijing,\n", stored=[FIGURE]).rows["figures"]["f-1"].action == SAME


def test_an_empty_cell_is_no_even_where_the_default_is_yes():
    assert make_plan("uid,city,shown\nf-1,beijing,\n").rows["figures"]["f-1"].values["shown"] == ""


def test_rows_of_one_load_may_point_to_each_other_in_any_order():
    made = make_plan("uid,city\nf-1,a\n", "slug,name,parent\na,A,b\nb,B,\n")
    assert not made.problems
    assert made.writes == 3


def test_a_table_may_be_split_over_files():
    assert make_plan("uid,city\nf-1,beijing\n", name="figures.gdp.csv").writes == 1


def test_blank_lines_are_skipped_and_a_byte_order_mark_is_read_over():
    assert make_plan("\ufeffuid,city\n\n,\nf-1,beijing\n").rows["figures"]["f-1"].line == 4


def test_the_line_of_a_row_is_where_it_begins():
    made = make_plan('uid,city,code\nf-1,beijing,"two\nlines"\nf-2,beijin,\n')
    assert [problem.line for problem in made.problems] == [4]


def test_every_error_of_every_file_is_found_at_once():
    made = make_plan("uid,city,value,kind\nf-1,beijin,1k,exat\nf-2,,2,\n", "slug,name\nx,\n")
    assert sentences(made) == [
        "cities.csv, line 2, column name: This is missing: every row needs one.",
        "figures.csv, line 2, column city: no city “beijin” (did you mean “beijing”?).",
        "figures.csv, line 2, column kind: “exat” is not known here (did you mean “exact”?).",
        "figures.csv, line 2, column value: “1k” is not a number. Write 12000 or 5.86, without separators or a unit.",
        "figures.csv, line 3, column city: This is missing: every row needs one.",
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("uid,city,vaule\nf-1,beijing,1\n", "figures.csv, line 1, column vaule: figures has no such column (did you"),
        ("uid,city,city\nf-1,beijing,beijing\n", "figures.csv, line 1, column city: This column stands twice."),
        ("uid,value\nf-1,1\nf-2,1\n", "figures.csv, line 1, column city: This column is missing: new rows need it."),
        (
            "uid,city\nf-1,beijing\nf-1,beijing\n",
            "figures.csv, line 3, column uid: “f-1” stands already in figures.csv, l",
        ),
        ("uid,city\nf-1,beijing,5\n", "figures.csv, line 2: 3 cells stand under 2 column names."),
        ('uid,city\nf-1,"beijing\n', "figures.csv, line 2: This line cannot be read as CSV"),
        ("uid,city,shown\nf-1,beijing,no\n", "figures.csv, line 2, column shown: “no” is neither “yes” nor empty."),
        ("uid,city,others\nf-1,beijing,beijing|wuxi\n", "figures.csv, line 2, column others: no city “wuxi”."),
        ("uid,city,kind\nf-1,beijing,x\n", "column kind: “x” is not known here (write one of: exact, about)."),
    ],
)
def test_an_error_names_file_line_and_column_in_plain_words(text, sentence):
    found = sentences(make_plan(text))
    assert len(found) == 1
    assert sentence in found[0]


def test_a_file_of_no_table_is_an_error():
    assert sentences(make_plan("uid\n", name="figurs.csv")) == [
        "figurs.csv, line 1: No table is called “figurs” (did you mean “figures”?)."
    ]


def test_the_rules_of_the_table_add_their_errors_and_know_the_broken_columns():
    def check(sheet, rows):
        return [row.problem("value", "Too much.") for row in rows if sheet is FIGURES and not row.broken]

    made = make_plan("uid,city\nf-1,beijin\nf-2,beijing\n", check=check)
    assert [(problem.line, problem.column) for problem in made.problems] == [(2, "city"), (3, "value")]


def test_what_differs_from_the_last_load_is_an_editors():
    stored = {"cities": {"beijing": BEIJING}, "figures": {"f-1": FIGURE}}
    loaded = {("cities", "beijing"): CITIES.digest(BEIJING), ("figures", "f-1"): "else"}
    assert edited((CITIES, FIGURES), stored, loaded) == [("figures", "f-1")]


def test_a_column_added_later_does_not_make_rows_look_edited():
    wider = Sheet("figures", (*FIGURES.columns, Column("unit", default="CNY")), label="x.figure")
    assert wider.digest(FIGURE | {"unit": "CNY"}) == FIGURES.digest(FIGURE)


def test_a_problem_without_a_column_reads_well():
    assert str(Problem("a.csv", 2, "", "Wrong.")) == "a.csv, line 2: Wrong."


@pytest.mark.parametrize(
    ("kind", "text", "same"),
    [
        (plan.DECIMAL, "005.860", "5.86"),
        (plan.DECIMAL, "-0.00", "0"),
        (plan.DECIMAL, "4026960000000.00", "4026960000000"),
        (plan.INTEGER, "007", "7"),
        (plan.TEXT, " two\r\nlines\r", "two\nlines"),
        (plan.MANY, "b| a|b|", "a|b"),
        (plan.DATETIME, "2023-05-30 08:00:00+08:00", "2023-05-30T00:00:00Z"),
        (plan.FILE, "places/a.jpg", "places/a.jpg"),
    ],
)
def test_a_value_is_written_in_one_way(kind, text, same):
    assert canonical(kind, text) == same


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (plan.DECIMAL, "12,000"),
        (plan.DECIMAL, "1e999999"),
        (plan.DECIMAL, "NaN"),
        (plan.DECIMAL, "１２"),
        (plan.INTEGER, "5.0"),
        (plan.INTEGER, "9" * 5000),
        (plan.DATE, "30.05.2023"),
        (plan.DATETIME, "yesterday"),
        (plan.TEXT, "a\0b"),
        (plan.FILE, "../secret-key"),
        (plan.FILE, "/etc/passwd"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused_with_a_sentence(kind, text):
    with pytest.raises(ValueError, match=r"\.$|text again"):
        canonical(kind, text)


@given(st.sampled_from((plan.TEXT, plan.MANY)), st.text())
def test_canonical_text_stays_as_it_is(kind, text):
    text = text.replace("\0", "")
    assert canonical(kind, canonical(kind, text)) == canonical(kind, text)


@given(st.lists(st.text(), min_size=1, max_size=3))
def test_any_text_survives_the_way_through_a_file(texts):
    texts = [canonical(plan.TEXT, text.replace("\0", "")) for text in texts]
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(
        [["uid", "city", "code"], *([n, "beijing", t] for n, t in enumerate(texts))]
    )
    rows = make_plan(file.getvalue()).rows["figures"]
    assert [rows[str(n)].values["code"] for n in range(len(texts))] == [text or "made" for text in texts]


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**19), max_value=10**19))
def test_a_decimal_survives_its_text(number):
    text = canonical(plan.DECIMAL, format(number, "f"))
    assert type(number)(text) == number
    assert canonical(plan.DECIMAL, text) == text
