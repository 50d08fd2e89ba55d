from hypothesis import given
from hypothesis import strategies as st

from indicators.periods import parse
from policies.timeline import LABELLED, WIDTH, Event, layout, order

KEYS = st.one_of(
    st.dates().map(str).filter(lambda key: key > "1900"),
    st.builds("{:04d}".format, st.integers(1900, 2100)),
    st.builds("{:04d}-{:02d}".format, st.integers(1900, 2100), st.integers(1, 12)),
    st.builds("{:04d}-Q{}".format, st.integers(1900, 2100), st.integers(1, 4)),
    st.builds("{:04d}/{:04d}".format, st.integers(1900, 2000), st.integers(2001, 2100)),
    st.builds("../{:04d}".format, st.integers(1900, 2100)),
    st.just("undated"),
)
EVENTS = st.lists(st.tuples(KEYS, st.booleans(), KEYS), max_size=40).map(
    lambda rows: [
        Event(str(number), f"Plan {number}", parse(key), inferred, parse(programme))
        for number, (key, inferred, programme) in enumerate(rows)
    ]
)


def event(key, programme="undated", **values):
    return Event(values.pop("name", key), "Plan", parse(key), programme=parse(programme), **values)


def only_mark(one):
    (mark,) = layout([one]).marks
    return mark


@given(EVENTS)
def test_no_event_stands_before_one_that_surely_followed_it(events):
    ordered = order(events)
    for place, upper in enumerate(ordered):
        for lower in ordered[place + 1 :]:
            surely_earlier = upper.period.end and lower.period.start and upper.period.end < lower.period.start
            assert not surely_earlier, "newest first: what surely came before must not stand above"


@given(EVENTS)
def test_every_event_appears_once_and_what_has_no_date_stands_last(events):
    timeline = layout(events)
    keys = [mark.event.key for mark in timeline.marks] + [shelved.key for shelved, _y in timeline.shelf]
    assert sorted(keys) == sorted(one.key for one in events)
    ordered = order(events)
    assert [bool(one.period.end) for one in ordered] == sorted((bool(one.period.end) for one in events), reverse=True)


@given(EVENTS)
def test_marks_stay_inside_the_picture_and_never_lie_on_each_other(events):
    timeline = layout(events)
    taken = {}
    for mark in timeline.marks:
        assert 0 <= mark.x <= WIDTH
        assert 0 < mark.y < timeline.axis_y
        for left, right in taken.get(mark.y, []):
            assert mark.x > right or mark.x + mark.width < left
        taken.setdefault(mark.y, []).append((mark.x, mark.x + mark.width))


def test_a_day_is_a_dot_and_a_month_or_year_a_bar_over_all_it_may_mean():
    assert only_mark(event("2023-05-30")).shape == "dot"
    month, year = only_mark(event("2023-05")), only_mark(event("2023"))
    assert (month.shape, year.shape) == ("bar", "bar")
    assert year.x == 0
    assert year.width == WIDTH
    assert 0 < month.x < month.x + month.width < WIDTH


def test_an_inferred_date_and_an_open_end_are_drawn_open():
    assert only_mark(event("2023-05-30", inferred=True)).event.is_open
    assert only_mark(event("../2025")).event.is_open
    assert not only_mark(event("2023-05-30")).event.is_open


def test_what_has_no_date_stands_on_the_shelf():
    timeline = layout([event("undated"), event("undated", "../2025", name="to 2025"), event("2021")])
    assert [shelved.key for shelved, _y in timeline.shelf] == ["undated", "to 2025"]
    assert [mark.event.key for mark in timeline.marks] == ["2021"]
    assert timeline.height > timeline.shelf[-1][1] > timeline.axis_y


def test_a_programme_period_is_a_band_even_where_the_event_has_no_date():
    mark = only_mark(event("undated", "2023/2025"))
    assert (mark.shape, mark.band) == ("", (0, WIDTH))
    assert only_mark(event("2023-06-14", "2023/2025")).band == (0, WIDTH)


def test_a_programme_whose_beginning_is_not_given_begins_with_the_event():
    mark = only_mark(event("2023-05-19", "../2025"))
    assert mark.band == (mark.x, WIDTH - mark.x)


def test_a_programme_that_ends_before_the_event_is_not_drawn_backwards():
    assert only_mark(event("2023-05-19", "../2020")).band is None


def test_labels_turn_left_in_the_right_half_and_share_no_lane():
    timeline = layout([event("2023-05-30", name="a"), event("2023-06-02", name="b"), event("2011-01-05", name="c")])
    assert {mark.event.key: mark.label_on_left for mark in timeline.marks} == {"a": True, "b": True, "c": False}
    assert len({mark.y for mark in timeline.marks}) == 2


def test_many_events_are_drawn_densely_without_labels():
    few, many = (
        [event("2021", name=str(n)) for n in range(3)],
        [event("2021", name=str(n)) for n in range(LABELLED + 1)],
    )
    assert layout(few).labelled
    assert not layout(many).labelled


def test_ticks_stay_readable_over_a_century():
    years = [year for _x, year in layout([event("1949"), event("2049")]).ticks]
    assert years[0] == 1950
    assert len(years) <= 15


def test_nothing_makes_an_empty_picture():
    assert not layout([]).marks


def test_chinese_labels_take_more_room():
    early = event("2023-02-20")
    latin, chinese = (Event("b", label * 39, parse("2023-08-20")) for label in ("i", "元"))
    assert len({mark.y for mark in layout([latin, early]).marks}) == 1
    assert len({mark.y for mark in layout([chinese, early]).marks}) == 2
