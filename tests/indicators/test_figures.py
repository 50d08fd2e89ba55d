"""What a figure brings to pages and comparisons."""

import pytest

from indicators import comparability, figures
from tests.factories import make_indicator, make_observation, make_series

pytestmark = pytest.mark.django_db


def judged(one, other):
    return comparability.judge(figures.basis(one), figures.basis(other))


def test_figures_of_one_series_and_period_rest_on_one_basis():
    series = make_series(family="bureau", territory="whole city", vintage="first published")
    one, other = make_observation(series=series, period_key="2021"), make_observation(series=series, period_key="2021")
    assert figures.basis(one) == figures.basis(other)
    assert judged(one, other) == comparability.Judgement(comparability.COMPARABLE)


def test_another_publisher_is_care_and_another_territory_or_period_is_refusal():
    indicator = make_indicator()
    bureau, press, urban = (
        make_observation(series=make_series(indicator=indicator, family=family, territory=territory))
        for family, territory in (("bureau", ""), ("press", ""), ("bureau", "urban area"))
    )
    later = make_observation(series=bureau.series, period_key="2022")
    assert judged(bureau, press) == comparability.Judgement(comparability.WITH_CARE, ("publisher",))
    assert judged(bureau, urban) == comparability.Judgement(comparability.NOT_COMPARABLE, ("territory",))
    assert judged(bureau, later) == comparability.Judgement(comparability.NOT_COMPARABLE, ("period",))


def test_a_series_without_a_definition_of_its_own_has_its_indicators():
    indicator = make_indicator(definition="All companies.")
    same, own = (
        make_observation(
            series=make_series(indicator=indicator, family="bureau", vintage=vintage, definition=definition)
        )
        for vintage, definition in (("before", ""), ("after", "Large companies."))
    )
    assert figures.basis(same).definition == "All companies."
    assert judged(same, own).reasons == ("vintage", "definition")
