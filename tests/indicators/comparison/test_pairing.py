"""Which figures of several places stand side by side, worked by hand and checked against a slow search."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from indicators import claims
from indicators.claims import Claim
from indicators.comparability import COMPARABLE, NOT_COMPARABLE, WITH_CARE, Basis
from indicators.comparison import pairing

BARE = Claim(claims.RANK_ONLY)


def figure(place, series="bureau", period="2021", value=None, *, claim=None, preference=1, family=None, **more):
    claim = claim or Claim(claims.EXACT, Decimal(value), Decimal(value))
    basis = Basis(series=series, period=period, family=series if family is None else family)
    key = f"{place}-{series}-{period}"
    age = (int(period),) if period.isdigit() else (0,)
    return pairing.Candidate(key, place, basis, claim, preference, age, **more)


def picked(*figures):
    return {place: one.key for place, one in pairing.pair(figures).picked.items()}


def test_the_newest_common_period_of_the_preferred_series_wins():
    figures = [figure(place, period=year, value=1) for place in "ab" for year in ("2019", "2020")]
    newer_elsewhere = [figure(place, "press", "2023", 1, preference=2) for place in "ab"]
    only_one_has_it = figure("a", period="2024", value=1)
    assert picked(*figures, *newer_elsewhere, only_one_has_it) == {"a": "a-bureau-2020", "b": "b-bureau-2020"}


def test_a_later_series_answers_where_the_preferred_one_has_no_common_period():
    found = picked(
        figure("a", period="2024", value=1),
        figure("b", period="2023", value=1),
        *(figure(place, "press", "2020", 1, preference=2) for place in "ab"),
    )
    assert found == {"a": "a-press-2020", "b": "b-press-2020"}


def test_two_ranks_of_one_list_are_a_common_basis_although_one_has_a_figure_too():
    density = [
        figure("beijing", claim=BARE, rank=2),
        figure("shanghai", value="3.58", rank=3),
        figure("beijing", "computed", claim=Claim(claims.MORE_THAN, Decimal("4.56")), preference=2),
    ]
    assert picked(*density) == {"beijing": "beijing-bureau-2021", "shanghai": "shanghai-bureau-2021"}


def test_a_basis_that_orders_both_goes_before_a_preferred_one_that_does_not():
    found = picked(
        figure("a", value=5),
        figure("b", claim=Claim(claims.TIER_ONLY)),
        *(figure(place, "press", value=1, preference=2) for place in "ab"),
    )
    assert found == {"a": "a-press-2021", "b": "b-press-2021"}


def test_without_a_common_basis_the_nearest_figures_are_taken_with_their_judgement():
    found = pairing.pair(
        [
            figure("a", "bureau", "2023", 1),
            figure("a", "bureau", "2021", 1),
            figure("b", "press", "2021", 1, preference=2),
        ]
    )
    assert {place: one.key for place, one in found.picked.items()} == {"a": "a-bureau-2021", "b": "b-press-2021"}
    assert sorted(judgement.level for judgement in found.judged.values()) == [COMPARABLE, WITH_CARE]


def test_figures_of_different_years_are_shown_and_not_compared():
    found = pairing.pair([figure("a", period="2023", value=1), figure("b", period="2021", value=1)])
    assert found.judged["b"].level == NOT_COMPARABLE
    assert found.judged["b"].reasons == ("period",)
    assert [one.place for one in found.common] == ["a"]


def test_absences_are_no_figures():
    assert pairing.pair([figure("a", claim=Claim(claims.NOT_PUBLISHED))]) is None
    found = pairing.pair([figure("a", claim=Claim(claims.WITHHELD)), figure("b", value=0)])
    assert list(found.picked) == ["b"]


def test_a_figure_kept_out_of_rankings_makes_no_basis():
    found = picked(
        figure("a", value=5, excluded=True),
        figure("b", value=5),
        *(figure(place, "press", value=1, preference=2) for place in "ab"),
    )
    assert found["a"] == "a-press-2021"


def test_five_places_are_ordered_by_value_with_ties():
    values = {"a": 5, "b": 9, "c": 9, "d": 1}
    found = pairing.order(pairing.pair([figure(place, value=value) for place, value in values.items()]))
    assert found.by == pairing.VALUES
    assert {place: rank.text for place, rank in found.ranks.items()} == {"a": "3", "b": "=1", "c": "=1", "d": "4"}
    assert found.first is None


def test_less_is_ahead_where_the_indicator_says_so():
    found = pairing.order(
        pairing.pair([figure(place, value=value) for place, value in (("a", 3), ("b", 1), ("c", 2))]),
        lower_is_better=True,
    )
    assert found.first == "b"


def test_ranks_of_one_list_are_counted_anew_among_the_compared():
    ranks = {"a": (4, None), "b": (1, None), "c": (11, 20), "d": (15, None)}
    members = [figure(place, claim=BARE, rank=low, rank_to=high) for place, (low, high) in ranks.items()]
    found = pairing.order(pairing.pair(members))
    assert found.by == pairing.RANKS
    assert {place: rank.text for place, rank in found.ranks.items()} == {"a": "2", "b": "1", "c": "3–4", "d": "3–4"}
    assert found.first == "b"


def test_a_figure_without_a_rank_among_ranks_without_figures_leaves_no_order():
    members = [figure("a", value=3), figure("b", claim=BARE, rank=1), figure("c", claim=BARE, rank=2)]
    assert pairing.order(pairing.pair(members)) == pairing.Order(pairing.NEITHER, {})


def test_fewer_than_three_are_no_ranking():
    assert not pairing.order(pairing.pair([figure("a", value=3), figure("b", value=2)])).ranks


candidates = st.builds(
    lambda place, series, period, value, rank, excluded: figure(
        place,
        series,
        period,
        claim=Claim(claims.EXACT, Decimal(value), Decimal(value)) if value is not None else BARE,
        rank=rank if value is not None or rank else 1,
        preference=len(series),
        family=series[:1],
        excluded=excluded,
    ),
    st.sampled_from("abc"),
    st.sampled_from(["x", "xx", "y"]),
    st.sampled_from(["2019", "2020", "2021"]),
    st.none() | st.integers(0, 3),
    st.none() | st.integers(1, 3),
    st.booleans(),
)


@given(st.lists(candidates, min_size=1, max_size=14, unique_by=lambda one: one.key))
def test_no_other_basis_orders_more_places(figures):
    found = pairing.pair(figures)
    assert set(found.picked) == {one.place for one in figures}
    for cell in {one.cell for one in figures}:
        members = [one for one in figures if one.cell == cell]
        orders = max(sum(m.is_valued for m in members), sum(m.is_ranked for m in members))
        chosen = [one for one in figures if one.cell == (found.anchor.series, found.anchor.period)]
        assert max(sum(c.is_valued for c in chosen), sum(c.is_ranked for c in chosen)) >= orders
    assert {one.cell for one in found.common} == {(found.anchor.series, found.anchor.period)}


@given(st.lists(candidates, min_size=1, max_size=14, unique_by=lambda one: one.key), st.randoms())
def test_the_order_of_the_rows_changes_nothing(figures, random):
    before = pairing.pair(figures)
    random.shuffle(figures)
    after = pairing.pair(figures)
    assert before.anchor == after.anchor
    assert before.judged == after.judged
