"""A figure as a mark of a picture: where it is drawn, whether open, what it says."""

from decimal import Decimal

from django.utils.translation import gettext as _

from indicators.drawing import charts
from indicators.figures import present, source_rank_text
from indicators.models import Observation
from indicators.numbers import factor, number, rank_among
from indicators.words import localized, period_words

NAMED = 4  # publishers named under a chart
UNSURE = (Observation.Status.ESTIMATE, Observation.Status.FORECAST)


def bounds(row):
    """Lower and upper bound as drawn; None where the claim says nothing on that side."""
    by = factor(row.series.indicator)
    return tuple(None if value is None else float(value / by) for value in (row.claim.low, row.claim.high))


def tip(row):
    """The one value a mark ends at: the figure, else its bound, of a range the upper one."""
    low, high = bounds(row)
    return (low if high is None else high) if row.claim.has_value else None


def opened(row):
    """How a mark is open: "up", "down", "about", "range"; empty for an exact figure."""
    return charts.OPEN.get(row.kind, "") or ("about" if row.status in UNSURE else "")


def kind(row):
    """The same as a kind of a chart's points."""
    if not row.claim.has_value:
        return "absent"
    return charts.POINT.get(row.kind, "") or ("estimate" if row.status in UNSURE else "exact")


def words_of(value):
    """A drawn value as text, for keys and scales: round, hence without decimals it does not need."""
    return number(Decimal(str(value)))


def saved(row):
    """A figure as a point of a chart's data, for the file that is saved."""
    low, high = bounds(row)
    return {
        "y": tip(row),
        "low": low,
        "high": high,
        "kind": kind(row),
        "label": figure_words(row),
        "url": row.get_absolute_url(),
    }


def source_line(rows):
    """What closes a chart: the source where there is one, else who publishes the figures drawn."""
    sources = list({row.source_id: row.source for row in rows}.values())
    if len(sources) == 1:
        return {"source": localized(sources[0], "title"), "source_url": sources[0].get_absolute_url()}
    names = list(dict.fromkeys(localized(source.publisher, "name") for source in sources))
    if len(names) <= NAMED:
        return {"source": _("; ").join(names)}
    more = {"names": _("; ").join(names[:NAMED]), "n": len(names) - NAMED}
    return {"source": _("%(names)s and %(n)s more, named below") % more}


def figure_words(row):
    """“5.86 per 10,000 inhabitants, 2021”, or “rank only, 2021”."""
    words = present(row)
    parts = {"value": words["spoken"], "unit": words["unit"], "period": period_words(row)}
    if words["has_value"]:
        return _("%(value)s %(unit)s, %(period)s") % parts
    return _("%(value)s, %(period)s") % parts


def rank_words(row, ranking):
    """The rank the source prints, else the one worked out here; each says which it is."""
    if row.published_rank:
        return _("rank in the source %(rank)s") % {"rank": source_rank_text(row)}
    if rank := ranking.ranks.get(row.place_id):
        return _("rank worked out here %(rank)s") % {"rank": rank_among(rank.text, ranking.have, None)}
    return ""
