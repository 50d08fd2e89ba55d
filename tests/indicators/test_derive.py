from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from indicators import workflow
from indicators.derive import recompute
from indicators.models import Derivation, NoteLink, Observation, RankingEntry, RankingList
from tests import factories as make

pytestmark = pytest.mark.django_db
D = Decimal


class House:
    """A numerator and a denominator series, a place, and the series worked out from both."""

    def __init__(self, **recipe):
        self.above, self.below, self.result = (make.make_series(slug=s) for s in ("above", "below", "result"))
        self.place = make.make_place(slug="here")
        recipe = {"method": "ratio", "numerator": self.above, "decimals": 2} | recipe
        if recipe["method"] in ("ratio", "share") and "denominator_indicator" not in recipe:
            recipe["denominator"] = self.below
        self.recipe = Derivation.objects.create(series=self.result, **recipe)

    def give(self, series, **values):
        return make.make_observation(series=series, place=self.place, **values)

    def standing(self):
        return {row.period_key: row for row in Observation.objects.published().filter(series=self.result)}


def test_a_ratio_pairs_equal_periods_and_keeps_its_parts():
    house = House(scale=10)
    above = house.give(house.above, value=3, period_key="2021")
    house.give(house.above, value=4, period_key="2022")
    below = house.give(house.below, value=4, period_key="2021")
    assert recompute() == 1
    row = house.standing()["2021"]
    assert (row.low, row.origin, row.uid) == (D("7.5"), "computed", "x-result-here-2021")
    assert {part.role: part.part for part in row.parts.all()} == {"numerator": above, "denominator": below}
    assert row.source == above.source


def test_a_second_run_changes_nothing():
    house = House()
    house.give(house.above, value=3)
    house.give(house.below, value=4)
    assert (recompute(), recompute()) == (1, 0)
    assert house.standing()["2021"].history.count() == 1


def test_a_declared_lag_pairs_with_the_older_year():
    house = House(lag=1)
    house.give(house.above, value=6, period_key="2022-03")
    house.give(house.below, value=3, period_key="2021")
    house.give(house.below, value=1, period_key="2022")
    recompute()
    assert house.standing()["2022-03"].low == 2


def test_growth_takes_the_year_before_and_compound_growth_the_span():
    yearly = House(method="growth", span=1)
    for key, value in (("2019", 100), ("2021", 110), ("2022", 121)):
        yearly.give(yearly.above, value=value, period_key=key)
    recompute()
    assert {key: row.low for key, row in yearly.standing().items()} == {"2022": 10}


def test_compound_growth_stands_on_its_whole_span():
    house = House(method="compound_growth", span=8)
    house.give(house.above, value="1000", period_key="2013")
    house.give(house.above, value="5610.60", period_key="2021")
    recompute()
    assert {key: row.low for key, row in house.standing().items()} == {"2013/2021": D("24.06")}


def test_an_index_holds_its_base_year_too():
    house = House(method="base_index", base_period="2012")
    for key, value in (("2012", 50), ("2013", 60)):
        house.give(house.above, value=value, period_key=key)
    recompute()
    assert {key: row.low for key, row in house.standing().items()} == {"2012": 100, "2013": 120}


def test_any_series_of_an_indicator_may_stand_below_and_the_preferred_answers():
    indicator = make.make_indicator()
    second = make.make_series(indicator=indicator, preference=2)
    first = make.make_series(indicator=indicator, preference=1)
    house = House(denominator_indicator=indicator)
    for key in ("2021", "2022"):
        house.give(house.above, value=8, period_key=key)
        house.give(second, value=4, period_key=key)
    house.give(first, value=2, period_key="2021")
    recompute()
    assert {key: row.low for key, row in house.standing().items()} == {"2021": 4, "2022": 2}


def test_more_than_stays_more_than_and_a_rank_gives_nothing():
    house = House(scale=10000)
    house.give(house.above, kind="more_than", low=D(10000), period_key="2021")
    house.give(house.below, value=21886000, period_key="2021")
    house.give(house.above, kind="rank_only", published_rank=1, period_key="2020")
    house.give(house.below, value=1, period_key="2020")
    recompute()
    assert {key: (row.kind, row.low) for key, row in house.standing().items()} == {"2021": ("more_than", D("4.56"))}


@pytest.mark.parametrize("below", [0, 9])
def test_zero_and_what_is_too_small_give_no_value(below):
    house = House(minimum_denominator=10)
    house.give(house.above, value=3)
    house.give(house.below, value=below)
    assert recompute() == 0


def test_a_disputed_figure_is_no_part():
    house = House()
    doubted = house.give(house.above, value=3)
    house.give(house.below, value=4)
    NoteLink.objects.create(note=make.make_note(excludes_from_ranking=True), observation=doubted)
    assert recompute() == 0


def test_a_value_is_no_more_final_and_no_more_checked_than_its_weaker_part():
    house = House()
    house.give(house.above, value=3, status="final", check_status="not_second_checked")
    house.give(house.below, value=4, status="provisional")
    recompute()
    row = house.standing()["2021"]
    assert (row.status, row.check_status) == ("provisional", "loaded")


def test_correcting_a_part_replaces_the_value_and_the_old_page_points_on(django_user_model):
    house = House()
    part = house.give(house.above, value=3)
    house.give(house.below, value=4)
    recompute()
    before = house.standing()["2021"]
    boss = django_user_model.objects.create_superuser("boss")
    draft = workflow.correct(row=part, user=boss, reason="misread")
    draft.low = draft.high = D(6)
    draft.save()
    workflow.publish(row=workflow.submit(row=draft, user=boss), user=boss)
    after = house.standing()["2021"]
    before.refresh_from_db()
    assert (before.state, before.low, after.low, after.replaces) == ("withdrawn", D("0.75"), D("1.5"), before)
    assert after.uid == "x-result-here-2021-2"


def test_withdrawing_a_part_withdraws_the_value(django_user_model):
    house = House()
    part = house.give(house.above, value=3)
    house.give(house.below, value=4)
    recompute()
    boss = django_user_model.objects.create_superuser("boss")
    workflow.withdraw(row=part, user=boss, reason="no such figure")
    assert house.standing() == {}


def test_what_is_worked_out_here_is_changed_through_its_parts_only(django_user_model):
    house = House()
    house.give(house.above, value=3)
    house.give(house.below, value=4)
    recompute()
    boss = django_user_model.objects.create_superuser("boss")
    with pytest.raises(ValidationError, match="follows its parts"):
        workflow.withdraw(row=house.standing()["2021"], user=boss, reason="x")


def test_a_series_may_rest_on_a_computed_series():
    house = House()
    house.give(house.above, value=100, period_key="2020")
    house.give(house.above, value=150, period_key="2021")
    for key in ("2020", "2021"):
        house.give(house.below, value=10, period_key=key)
    top = make.make_series(slug="growth-of-result")
    Derivation.objects.create(series=top, method="growth", numerator=house.result, span=1, decimals=1)
    recompute()
    assert Observation.objects.published().get(series=top).low == 50


def test_the_ranks_of_a_list_are_figures_of_the_series_that_reads_it():
    series, place = make.make_series(slug="read"), make.make_place(slug="there")
    ranking = RankingList.objects.create(
        slug="list", name="List", name_zh="榜", publisher=make.make_organisation(), edition="2023", period_key="2022",
        source=make.make_source(), series=series,
    )  # fmt: skip
    RankingEntry.objects.create(ranking=ranking, position=1, place=place, rank=4, rank_to=5)
    RankingEntry.objects.create(ranking=ranking, position=2, name_as_printed="Elsewhere", rank=6)
    recompute()
    row = Observation.objects.published().get(series=series)
    assert (row.kind, row.published_rank, row.published_rank_to, row.period_key) == ("rank_only", 4, 5, "2022")
    assert (row.origin, row.source) == ("reported", ranking.source)
    assert recompute() == 0


def test_a_series_whose_list_is_gone_loses_its_ranks():
    series, place = make.make_series(slug="read"), make.make_place(slug="there")
    ranking = make.make_ranking_list(series=series, period_key="2022")
    RankingEntry.objects.create(ranking=ranking, position=1, place=place, rank=4)
    recompute()
    ranking.series = None
    ranking.save()
    assert recompute() == 1
    assert not Observation.objects.published().filter(series=series).exists()


@pytest.mark.parametrize("method", ["growth", "base_index"])
def test_a_minimum_holds_for_growth_and_indices_too(method):
    house = House(method=method, span=1, base_period="2020", minimum_denominator=10)
    house.give(house.above, value=9, period_key="2020")
    house.give(house.above, value=18, period_key="2021")
    assert recompute() == 0


RECIPES = [
    ("a ratio is divided by something", {"method": "ratio", "denominator": None}),
    ("growth is divided by nothing", {"method": "growth", "span": 1, "denominator": "below"}),
    ("growth has a span", {"method": "growth"}),
    ("an index has a base year", {"method": "base_index"}),
]


@pytest.mark.parametrize("recipe", [row[1] for row in RECIPES], ids=[row[0] for row in RECIPES])
def test_a_recipe(recipe):
    recipe = recipe | ({"denominator": make.make_series()} if recipe.get("denominator") == "below" else {})
    with pytest.raises(IntegrityError), transaction.atomic():
        Derivation.objects.create(series=make.make_series(), numerator=make.make_series(), **recipe)
