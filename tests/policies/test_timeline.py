from collections import Counter
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indicators.periods import parse
from policies.drawing import svg
from policies.timeline import NARROW, SIZE, TALLEST, WIDTH, Event, by_year, layout, order

KEYS = st.one_of(
    st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(str),
    st.builds("{:04d}".format, st.integers(1900, 2100)),
    st.builds("{:04d}-{:02d}".format, st.integers(1900, 2100), st.integers(1, 12)),
    st.builds("{:04d}-Q{}".format, st.integers(1900, 2100), st.integers(1, 4)),
    st.builds("{:04d}/{:04d}".format, st.integers(1900, 2000), st.integers(2001, 2100)),
    st.builds("../{:04d}".format, st.integers(1900, 2100)),
    st.just("undated"),
)
LABELS = st.text(st.sampled_from("iW元 Plan"), max_size=60)


def numbered(rows):
    return [
        Event(
            str(number), label, parse(key), inferred, parse(programme),
            number=number, group=number % 3, colour=number % 3 + 1,
        )
        for number, (key, inferred, programme, label) in enumerate(rows, 1)
    ]  # fmt: skip


def events_up_to(most):
    return st.lists(st.tuples(KEYS, st.booleans(), KEYS, LABELS), max_size=most).map(numbered)


EVENTS = events_up_to(40)
SIZES = st.sampled_from([WIDTH, NARROW])


def event(key, programme="undated", **values):
    return Event(values.pop("name", key), "Plan", parse(key), programme=parse(programme), **values)


def only_mark(one):
    (mark,) = layout([one]).marks
    return mark


def drawn(timeline):
    return [*timeline.marks, *timeline.shelf]


def around(mark):
    """What the mark itself and its band cover."""
    left, right = (mark.x, mark.x + mark.width) if mark.width else (mark.x - 6, mark.x + 6)
    if mark.band:
        left, right = min(left, mark.band[0]), max(right, sum(mark.band))
    return left, mark.y - 6, right, mark.y + 6


def overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def small(label):
    """A number alone is lower than words."""
    left, top, right, bottom = label.box
    return (left, top + 2, right, bottom - 3) if not label.words else label.box


@given(EVENTS)
def test_no_event_stands_before_one_that_surely_followed_it(events):
    ordered = order(events)
    for place, upper in enumerate(ordered):
        for lower in ordered[place + 1 :]:
            surely_earlier = upper.period.end and lower.period.start and upper.period.end < lower.period.start
            assert not surely_earlier, "newest first: what surely came before must not stand above"


@given(EVENTS)
def test_what_has_no_date_stands_last(events):
    ordered = order(events)
    assert [bool(one.period.end) for one in ordered] == sorted((bool(one.period.end) for one in events), reverse=True)


@given(events_up_to(80), SIZES, st.booleans())
def test_every_event_appears_once_in_a_picture_of_sane_height(events, width, grouped):
    timeline = layout(events, width=width, grouped=grouped)
    assert timeline.height <= TALLEST[width]
    if not timeline.columns and not timeline.loose:
        assert sorted(mark.event.number for mark in drawn(timeline)) == [one.number for one in events]


@given(events_up_to(80), SIZES, st.booleans())
def test_no_label_leaves_the_picture_or_covers_a_mark_or_a_label(events, width, grouped):
    timeline = layout(events, width=width, grouped=grouped)
    marks = drawn(timeline)
    boxes = [(mark, box) for mark in marks for box in (around(mark), small(mark.label))]
    heads = [(0, y - SIZE, width, y + 4) for _group, y in timeline.heads]
    for at, (mark, box) in enumerate(boxes):
        assert box[0] >= 0
        assert box[2] <= width
        assert 0 <= box[1] <= box[3] <= timeline.height
        assert not any(overlap(box, head) for head in heads)
        for other, taken in boxes[at + 1 :]:
            assert not overlap(box, taken), (mark, other)


@given(EVENTS, SIZES)
def test_years_on_the_axis_stay_inside_and_apart(events, width):
    named = [x for x, year in layout(events, width=width).ticks if year]
    assert all(x + 34 <= width for x in named)
    assert all(right - left >= 34 for left, right in zip(named, named[1:], strict=False))


@pytest.mark.parametrize("count", [0, 1, 3, 30, 200, 2000])
@pytest.mark.parametrize("width", [WIDTH, NARROW])
def test_the_more_events_the_less_is_said_of_each(count, width):
    days = [event(f"20{day % 20 + 10}-{day % 12 + 1:02}-{day % 28 + 1:02}", number=day + 1) for day in range(count)]
    timeline = layout(days, width=width)
    assert timeline.height <= TALLEST[width]
    assert bool(timeline.columns) == (count > 300)
    assert len(timeline.marks) == (count if count <= 300 else 0)
    assert all(mark.label.words for mark in timeline.marks) or count > 60 or width == NARROW
    assert sum(column.sure for column in timeline.columns) == (count if timeline.columns else 0)


def test_a_dense_picture_says_that_programme_periods_are_left_out():
    days = [f"2023-{n % 12 + 1:02}-{n % 28 + 1:02}" for n in range(60)]
    few, many = ([event(day, "2023/2025", number=1) for day in days[:count]] for count in (3, 60))
    assert not layout(few).left_out
    assert layout(many, width=NARROW).left_out
    assert not any(mark.band for mark in layout(many, width=NARROW).marks)


def test_a_day_is_a_dot_and_a_month_or_year_a_bar_over_all_it_may_mean():
    assert only_mark(event("2023-05-30")).shape == "dot"
    month, year = only_mark(event("2023-05")), only_mark(event("2023"))
    assert (month.shape, year.shape) == ("bar", "bar")
    assert (year.x, year.width) == (8, WIDTH - 16)
    assert 8 < month.x < month.x + month.width < WIDTH - 8


def test_a_date_without_a_first_day_is_only_its_end():
    mark = layout([event("../2022"), event("2020"), event("2024")]).marks[1]
    assert mark.shape == "until"
    assert mark.x + mark.width == pytest.approx(8 + 3 / 5 * 784, abs=1)  # the last day of the third year of five
    assert mark.width < 30


def test_an_inferred_date_is_hatched_and_a_stated_one_is_not():
    for key in ("2023-05-30", "2023-05", "../2025"):
        said, inferred = (svg(layout([event(key, inferred=one)]), shelf="") for one in (False, True))
        assert "c-hatch" in inferred or "c-stripes" in inferred
        assert "c-hatch" not in said
        assert "c-stripes" not in said


def test_what_has_no_date_stands_on_the_shelf():
    timeline = layout([event("undated"), event("undated", "../2025", name="to 2025"), event("2021")])
    assert [mark.event.key for mark in timeline.shelf] == ["undated", "to 2025"]
    assert [mark.event.key for mark in timeline.marks] == ["2021"]
    assert timeline.height > timeline.shelf[-1].y > timeline.shelf_y > timeline.axis_y
    assert "Shelf" in svg(timeline, shelf="Shelf")


def test_a_programme_period_is_a_band_even_where_the_event_has_no_date():
    mark = only_mark(event("undated", "2023/2025"))
    assert (mark.shape, mark.band) == ("", (8, WIDTH - 16))
    assert only_mark(event("2023-06-14", "2023/2025")).band == (8, WIDTH - 16)


def test_a_programme_whose_beginning_is_not_given_begins_with_the_event():
    mark = only_mark(event("2023-05-19", "../2025"))
    assert mark.band == pytest.approx((mark.x, WIDTH - 8 - mark.x))


def test_a_programme_that_ends_before_the_event_is_not_drawn_backwards():
    assert only_mark(event("2023-05-19", "../2020")).band is None


def test_the_rows_of_a_comparison_stand_under_their_names_in_order():
    rows = [event("2023", name="a", group=1, colour=2), event("2021", name="b"), event("2022", name="c", group=1)]
    timeline = layout(rows, grouped=True)
    assert [group for group, _y in timeline.heads] == [0, 1]
    second = timeline.heads[1][1]
    assert {mark.event.key: mark.y > second for mark in timeline.marks} == {"a": True, "b": False, "c": True}
    words = svg(timeline, ["Beijing", "A&B"], shelf="")
    assert words.index("Beijing") < words.index("A&amp;B")


def test_ticks_stay_readable_over_a_century():
    years = [year for _x, year in layout([event("1949"), event("2049")]).ticks]
    assert years[0] == "1950"
    assert len(years) <= 19


def test_nothing_makes_an_empty_picture():
    assert layout([]).height == 0
    assert by_year({}).height == 0


def test_long_words_are_clipped_and_chinese_ones_take_more_room():
    latin, chinese = (layout([Event("a", label * 70, parse("2023-05-30"))]).marks[0].label for label in ("i", "元"))
    assert latin.words == "i" * 70 or latin.words.endswith("…")
    assert chinese.words.endswith("…")
    assert len(chinese.words) < len(latin.words)


def test_markup_in_a_title_is_only_letters():
    drawn_by = svg(layout([Event('"><b>', "<i>", parse("2023"), title="<script>")]), shelf="")
    assert "<b>" not in drawn_by
    assert "<i>" not in drawn_by
    assert "<script>" not in drawn_by


SPANS = st.lists(
    st.tuples(st.none() | st.dates(), st.none() | st.dates()).filter(lambda two: None in two or two[0] <= two[1]),
    max_size=60,
)


def counted(spans):
    return Counter((start and start.year, end and end.year) for start, end in spans)


@given(SPANS, SIZES)
@example([(date(2021, 1, 1), date(2021, 12, 31))] * 10_000, NARROW)
def test_counts_by_year_are_those_of_a_slow_count(spans, width):
    timeline = by_year(counted(spans), width=width)
    assert timeline.loose == sum(None in span for span in spans)
    for column in timeline.columns:
        first, last = column.first, column.first + column.years - 1
        whole = [(start.year, end.year) for start, end in spans if start and end]
        assert column.sure == sum(first <= start and end <= last for start, end in whole)
        touching = sum(start <= last and end >= first for start, end in whole)
        assert column.may == touching - column.sure
        assert column.x >= 0
        assert column.x + column.width <= width + 0.01
        assert 6.2 * max(len(column.name), len(column.words)) <= column.width or column.years == 10_000
    assert svg(timeline, shelf="")


def test_columns_are_years_where_there_is_room_and_spans_of_years_where_not():
    years = {(year, year): 500 for year in range(2008, 2026)} | {(2011, 2012): 40}
    pages, phones = by_year(years, width=WIDTH).columns, by_year(years, width=NARROW).columns
    assert [column.name for column in pages] == [str(year) for year in range(2008, 2026)]
    assert [column.words for column in pages[2:6]] == ["500", "≤540", "≤540", "500"]
    assert [column.name for column in phones] == ["2005–09", "2010–14", "2015–19", "2020–24", "2025–29"]
    assert [column.words for column in phones] == ["1000", "2540", "2500", "2500", "500"]
