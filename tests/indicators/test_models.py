"""Every rule of the tables from both sides: what must be refused, and its neighbour that must not."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from indicators import periods
from indicators.models import KeyFigure, NoteLink, Observation, Place, RankingEntry, RankingList
from tests import factories as make

pytestmark = pytest.mark.django_db
D = Decimal

KINDS = [
    (
        "an exact value needs its value",
        {"kind": "exact", "low": None, "high": None},
        {"kind": "exact", "low": D(0), "high": D(0)},
    ),
    (
        "an exact value is one value",
        {"kind": "exact", "low": D(1), "high": D(2)},
        {"kind": "range", "low": D(1), "high": D(2)},
    ),
    (
        "more than has no top",
        {"kind": "more_than", "low": D(1), "high": D(2)},
        {"kind": "more_than", "low": D(1), "high": None},
    ),
    (
        "at most has no bottom",
        {"kind": "at_most", "low": D(1), "high": D(2)},
        {"kind": "at_most", "low": None, "high": D(2)},
    ),
    ("a range goes up", {"kind": "range", "low": D(2), "high": D(2)}, {"kind": "range", "low": D(1), "high": D(2)}),
    (
        "a rank has no value",
        {"kind": "rank_only", "low": D(1), "published_rank": 1},
        {"kind": "rank_only", "published_rank": 1},
    ),
    (
        "a rank needs the rank",
        {"kind": "rank_only"},
        {"kind": "rank_only", "published_rank": 3, "published_rank_to": 4},
    ),
    ("a tier needs the tier", {"kind": "tier_only"}, {"kind": "tier_only", "tier": "first tier"}),
    ("what is withheld has no value", {"kind": "withheld", "high": D(4)}, {"kind": "withheld"}),
    ("what is missing has no rank", {"kind": "not_published", "published_rank": 3}, {"kind": "not_published"}),
    ("ranks start at one", {"value": 5, "published_rank": 0}, {"value": 5, "published_rank": 1}),
    (
        "the second rank comes later",
        {"value": 5, "published_rank": 9, "published_rank_to": 9},
        {"value": 5, "published_rank": 9, "published_rank_to": 10},
    ),
    ("a published figure needs its source", {"source": None}, {"source": None, "state": "draft"}),
    ("a published figure says how far it was checked", {"check_status": ""}, {"check_status": "not_second_checked"}),
    ("a checked figure names its reviewer", {"check_status": "checked"}, {"check_status": "loaded"}),
    ("a published figure has a date of publication", {"published_at": None}, {"published_at": timezone.now()}),
]


@pytest.mark.parametrize(("wrong", "right"), [row[1:] for row in KINDS], ids=[row[0] for row in KINDS])
def test_a_figure(wrong, right):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.make_observation(**wrong)
    make.make_observation(**right)


def test_one_figure_is_published_for_a_series_a_city_and_a_period():
    first = make.make_observation(value=5)
    same = {"series": first.series, "place": first.place, "period_key": first.period_key}
    with pytest.raises(IntegrityError), transaction.atomic():
        make.make_observation(value=6, **same)
    make.make_observation(value=6, **same, state="draft")
    make.make_observation(value=6, **same | {"period_key": "2022"})


def test_two_undated_figures_collide_too():
    first = make.make_observation(value=5, period_key="undated")
    with pytest.raises(IntegrityError), transaction.atomic():
        make.make_observation(value=6, series=first.series, place=first.place, period_key="")


def test_the_columns_of_a_period_are_read_from_its_key_whoever_saves():
    row = make.make_observation(value=5, period_key="2022-10")
    assert (row.period_start.isoformat(), row.period_end.isoformat(), row.period_precision) == (
        "2022-10-01",
        "2022-10-31",
        "month",
    )
    Observation.objects.filter(pk=row.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Observation.objects.filter(pk=row.pk).update(period_start="2023-01-01")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "range", "low": D(9), "high": D(5)}, "low"),
        ({"kind": "rank_only"}, "published_rank"),
        ({"low": D(1), "published_rank_to": 5}, "published_rank"),
        ({"low": D(1), "period_key": "last year"}, "period_key"),
    ],
)
def test_clean_names_the_field_in_plain_words(values, field):
    with pytest.raises(ValidationError) as caught:
        Observation(**values).clean()
    assert field in caught.value.message_dict


def test_one_box_is_enough_for_one_value():
    row = Observation(kind="about", low=D(12000), period_key="2021")
    row.clean()
    assert row.high == D(12000)


def test_published_is_one_verb_for_every_page():
    shown = make.make_observation(value=1)
    for state in ("draft", "in_review", "withdrawn"):
        make.make_observation(value=1, state=state)
    assert list(Observation.objects.published()) == [shown]
    assert list(Observation.objects.published().for_place(shown.place).for_indicator(shown.series.indicator)) == [shown]


def test_a_year_holds_the_months_inside_it_and_no_open_period():
    series, place = make.make_series(), make.make_place()
    kept = [make.make_observation(value=1, series=series, place=place, period_key=key) for key in ("2022", "2022-10")]
    for key in ("2021/2022", "../2022", "undated", "2023"):
        make.make_observation(value=1, series=series, place=place, period_key=key)
    assert set(Observation.objects.inside(periods.parse("2022"))) == set(kept)


def test_what_a_figure_rests_on_cannot_be_deleted():
    row = make.make_observation(value=1)
    for thing in (row.source, row.series, row.place):
        with pytest.raises(ProtectedError):
            thing.delete()


PLACES = [
    ("coordinates come in pairs", {"latitude": D(1)}, {"latitude": D(1), "longitude": D(2)}),
    (
        "a photo has a credit and a description",
        {"photo": "x.webp", "photo_credit": "A"},
        {"photo": "x.webp", "photo_credit": "A", "photo_alt": "B", "photo_alt_zh": "乙"},
    ),
]


@pytest.mark.parametrize(("wrong", "right"), [row[1:] for row in PLACES], ids=[row[0] for row in PLACES])
def test_a_place(wrong, right):
    this = Place.objects.filter(pk=make.make_place().pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        this.update(**wrong)
    this.update(**right)


def test_a_place_code_stands_once_and_many_have_none():
    make.make_place(code="110000")
    make.make_place(code="")
    make.make_place(code="")
    with pytest.raises(IntegrityError), transaction.atomic():
        make.make_place(code="110000")


def test_a_key_figure_stands_once_for_a_city_and_once_for_all():
    indicator, place = make.make_indicator(), make.make_place()
    for chosen in (place, None):
        KeyFigure.objects.create(place=chosen, indicator=indicator)
        with pytest.raises(IntegrityError), transaction.atomic():
            KeyFigure.objects.create(place=chosen, indicator=indicator)


def test_a_series_is_one_publisher_family_definition_territory_vintage_and_group():
    indicator, group = make.make_indicator(), make.make_group()
    for chosen in (None, group):
        make.make_series(indicator=indicator, family="same", group=chosen)
        with pytest.raises(IntegrityError), transaction.atomic():
            make.make_series(indicator=indicator, family="same", group=chosen)
    make.make_series(indicator=indicator, family="same", vintage="after the census")


def test_a_family_has_one_indicator_of_each_form():
    make.make_indicator(family="patents", form="total")
    make.make_indicator(family="patents", form="share")
    make.make_indicator(family="patents", form="")
    with pytest.raises(IntegrityError), transaction.atomic():
        make.make_indicator(family="patents", form="total")


def test_a_known_problem_concerns_exactly_one_row_a_link():
    note, row, place = make.make_note(), make.make_observation(value=1), make.make_place()
    link = NoteLink.objects.create(note=note, observation=row)
    assert link.subject == row
    for wrong in ({}, {"observation": row, "place": place}, {"observation": row}):
        with pytest.raises(IntegrityError), transaction.atomic():
            NoteLink.objects.create(note=note, **wrong)


def test_a_line_of_a_ranking_names_somebody_and_places_them():
    ranking = RankingList.objects.create(
        slug="list",
        name="L",
        name_zh="榜",
        publisher=make.make_organisation(),
        edition="2023",
        source=make.make_source(),
    )
    RankingEntry.objects.create(ranking=ranking, position=1, name_as_printed="Atlantis", rank=1)
    RankingEntry.objects.create(ranking=ranking, position=2, place=make.make_place(), tier="first tier")
    for wrong in ({"rank": 3}, {"name_as_printed": "X"}, {"name_as_printed": "X", "rank": 3, "rank_to": 3}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RankingEntry.objects.create(ranking=ranking, position=9, **wrong)
