"""A figure as every page prints it: its text, its strength, its nearness, and the way to where it comes from."""

from django.utils.translation import gettext as _

from indicators.comparability import Basis
from indicators.models import Observation, Source
from indicators.numbers import claim_text, rank_among, rank_text
from indicators.words import localized, period_words

COMPUTED = Source.Nearness.COMPUTED


def nearness(row):
    """How near the editors got to the original of this row; empty where it has no source yet."""
    if getattr(row, "origin", "") == Observation.Origin.COMPUTED:
        return COMPUTED
    return row.source.nearness if row.source_id else ""


def nearness_label(value):
    return Source.Nearness(value).label if value else ""


def present(observation, *, disputed=None):
    """The dict of components/figure_value.html. Needs `with_sources()`; pass `disputed` where notes are at hand."""
    indicator, group = observation.series.indicator, observation.series.group
    words = claim_text(observation.claim, indicator)
    near = nearness(observation)
    unit = words.unit
    if observation.series.unit_inferred:
        unit = _("%(unit)s (unit inferred)") % {"unit": unit}
    return {
        "uid": observation.uid,
        "text": words.text,
        "mark": words.mark,
        "spoken": words.spoken,
        "unit": unit,
        "unit_inferred": observation.series.unit_inferred,
        "url": observation.get_absolute_url(),
        "kind": observation.kind,
        "kind_label": Observation.Kind(observation.kind).label,  # get_kind_display() builds a table each time
        "has_value": observation.claim.has_value,
        "is_bound": observation.claim.is_bound,
        "nearness": near,
        "nearness_label": nearness_label(near),
        "disputed": bool(disputed),
        "period": period_words(observation),
        "status": "" if observation.status == Observation.Status.FINAL else observation.get_status_display(),
        "rank": source_rank(observation),
        "rank_text": source_rank_text(observation),
        "group": localized(group, "name") if group else "",
        "place": localized(observation.place, "name"),
        "place_url": observation.place.get_absolute_url(),
        "indicator": localized(indicator, "name"),
        "indicator_url": indicator.get_absolute_url(),
        "series": localized(observation.series, "name"),
    }


def source_rank(observation):
    """The rank the source prints, "3" or "11–20"; empty where it prints none."""
    if observation.published_rank is None:
        return ""
    return rank_text(observation.published_rank, observation.published_rank_to)


def source_rank_text(observation):
    """The same with how many it is among: "3 of 50"."""
    rank, group = source_rank(observation), observation.series.group
    return rank_among(rank, group.stated_size if group else None, group) if rank else ""


def basis(observation):
    """What the figure rests on, for `comparability.judge`. Needs the series with its indicator."""
    series = observation.series
    return Basis(
        series=series.pk,
        period=observation.period_key,
        family=series.family,
        definition=series.definition or series.indicator.definition,
        territory=series.territory,
        vintage=series.vintage,
        unit=series.indicator.unit,
    )
