"""What pages say of a value worked out here: formula, parts, rounding, what a correction changed."""

from decimal import Decimal

import pytest

from indicators import derive
from indicators.models import Derivation, Observation
from indicators.worked_out import method
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def density():
    """More than 10,000 applications among 17,682,000 inhabitants, beside the density a report prints."""
    shenzhen = make.make_place(slug="shenzhen", name="Shenzhen")
    total = make.make_indicator(name="Patent applications", family="patents", form="total", unit="applications")
    people = make.make_indicator(name="Permanent population", unit="persons")
    each = make.make_indicator(
        slug="density", name="Density", family="patents", form="inhabitant", unit="applications", decimals=2
    )
    above, below = make.make_series(indicator=total), make.make_series(indicator=people)
    printed = make.make_series(indicator=each, name="As printed")
    here = make.make_series(indicator=each, name="Worked out from parts", preference=2)
    recipe = Derivation.objects.create(
        series=here, method="ratio", numerator=above, denominator=below, scale=10000, decimals=2
    )
    make.make_observation(uid="o-apps", series=above, place=shenzhen, kind="more_than", low=Decimal(10000))
    make.make_observation(uid="o-people", series=below, place=shenzhen, value=17682000)
    make.make_observation(uid="o-printed", series=printed, place=shenzhen, value="5.86")
    derive.recompute()
    return recipe


def page(client, uid, prefix=""):
    return client.get(f"{prefix}/figures/{uid}/").text


def computed():
    return Observation.objects.published().get(uid__startswith="x-")


def test_the_page_of_a_computed_value_names_formula_parts_and_rounding(client, density):
    text = page(client, computed().uid)
    assert "Patent applications divided by permanent population, times 10,000." in text
    assert "&gt; 5.65" in text and "/figures/o-apps/" in text and "/figures/o-people/" in text
    assert "a lower bound is rounded down" in text
    assert "The source says" not in text


def test_a_printed_and_a_computed_value_stand_side_by_side(client, density):
    assert "Worked out from parts" in page(client, "o-printed") and "/figures/o-printed/" in page(
        client, computed().uid
    )
    assert "&gt; 5.65" in page(client, "o-printed")


def test_a_part_says_where_it_is_used(client, density):
    assert f"/figures/{computed().uid}/" in page(client, "o-people").partition("Used in")[2]


def test_a_corrected_part_changes_the_value_and_its_page_says_from_what_to_what(client, density):
    old = computed()
    Observation.objects.filter(uid="o-people").update(low=20000000, high=20000000)
    derive.recompute()
    new = computed()
    assert "&gt; 5.65 → &gt; 5.00" in page(client, new.uid) and f"/figures/{old.uid}/" in page(client, new.uid)
    assert "&gt; 5.65 → &gt; 5.00" in page(client, old.uid) and f"/figures/{new.uid}/" in page(client, old.uid)


def test_a_declared_lag_is_shown_with_its_year(client, density):
    density.lag = 1
    density.save()
    people = density.denominator
    make.make_observation(
        uid="o-2020",
        series=people,
        place=Observation.objects.get(uid="o-apps").place,
        value=17682000,
        period_key="2020",
    )
    derive.recompute()
    assert "The periods differ as declared: permanent population, 2020." in page(client, computed().uid)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"method": "share"}, "Patent applications divided by permanent population, in %."),
        ({"lag": 1}, "Permanent population is that of the year before."),
        ({"minimum_denominator": 10}, "Nothing is worked out where the figure below the line is under 10 persons."),
        ({"scale": 1}, "Patent applications divided by permanent population."),
    ],
)
def test_every_quotient_has_its_sentence(density, values, words):
    for name, value in values.items():
        setattr(density, name, value)
    assert words in method(density)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"method": "growth", "span": 1}, "Change of patent applications against the year before, in %."),
        ({"method": "growth", "span": 5}, "Change of patent applications against 5 years before, in %."),
        ({"method": "compound_growth", "span": 9}, "Average change of patent applications a year over 9 years"),
        ({"method": "base_index", "base_period": "2012"}, "against the figure of 2012, which counts as 100."),
    ],
)
def test_every_comparison_over_time_has_its_sentence(density, values, words):
    density.denominator = None
    for name, value in values.items():
        setattr(density, name, value)
    assert words in method(density)


def test_per_leads_to_the_form_asked_for_and_a_wrong_one_gets_a_message(client, density):
    total = density.numerator.indicator
    answer = client.get(total.get_absolute_url(), {"per": "inhabitant", "period": "2021", "series": "x"})
    assert answer.status_code == 302 and answer["Location"] == "/indicators/density/?period=2021"
    assert client.get("/indicators/density/", {"per": "inhabitant"}).status_code == 200
    for wrong in ("share", "head"):
        assert f"“{wrong}” is no value of “per” here" in client.get("/indicators/density/", {"per": wrong}).text


def test_ranks_by_every_form_stand_side_by_side_and_say_whose_they_are(client):
    total = make.make_indicator(slug="firms", family="firms", form="total")
    each = make.make_indicator(family="firms", form="inhabitant")
    cities = [make.make_place() for _n in range(5)]
    group = make.make_group(*cities)
    series = [make.make_series(indicator=one, group=group) for one in (total, each)]
    for n, city in enumerate(cities):
        make.make_observation(series=series[0], place=city, value=100 - n)
        make.make_observation(series=series[1], place=city, value=n + 1)
    text = client.get("/indicators/firms/", {"period": "2021"}).text
    assert "Rank per inhabitant, worked out here" in text
    assert [row["cells"][0]["text"] for row in client.get("/indicators/firms/").context["table"]["rows"]] == list(
        "54321"
    )


def test_a_threshold_is_printed_as_a_round_number(density):
    people = density.denominator.indicator
    density.minimum_denominator, people.shown_factor, people.shown_unit = Decimal(1000), Decimal(10000), "ten thousand"
    assert "under 1,000 persons." in method(density)
    density.minimum_denominator = Decimal(20000)
    assert "under 2 ten thousand." in method(density)
