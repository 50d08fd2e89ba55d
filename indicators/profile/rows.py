"""One indicator of a profile: its figure, where it stands among the cities, its ranks and who stands beside it."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators import periods
from indicators.drawing import charts, points
from indicators.figures import present, source_rank
from indicators.models import Indicator
from indicators.numbers import claim_text, rank_among
from indicators.profile import standing
from indicators.profile.peers import claim_of
from indicators.profile.words import verdict
from indicators.where import group_words, in_cell, note_url, source_rank_words
from indicators.words import linked, localized

FEWEST_DOTS = 5  # with fewer cities a strip, or a median, shows nothing
NAMED = 2  # more neighbours of one rank are counted, not named


def anchor(indicator):
    return f"#f-{indicator.slug}"


class Rows:
    """Makes the rows and cards of one place; `sizes` False: a thin profile gets no verdict on sheer size."""

    def __init__(self, place, by_indicator, notes, peers, *, sizes):
        self.place, self.by_indicator, self.notes, self.peers, self.sizes = place, by_indicator, notes, peers, sizes

    def row(self, row):
        indicator, figure = row.series.indicator, present(row, disputed=self.notes.disputed(row))
        ranks, strip = self._ranks(row), self._strip(row)
        return {
            "row": row,
            "id": f"f-{indicator.slug}",
            "figure": in_cell(figure),
            "told": figure,
            "url": self.ranking_url(row) if self.peers.is_ranked(indicator) else indicator.get_absolute_url(),
            "ranked": source_rank_words(row),
            "ranks": ranks,
            "steps": next(filter(None, (rank["steps"] for rank in ranks)), None),
            "strip": strip,
            "no_strip": "" if strip else self._no_strip(row),
            "spark": self.spark(row),
            "verdict": self._verdict(row),
            "country": self._country_words(row),
            "others": [self._other(other, row) for other in self.by_indicator[indicator][1:]],
            "problems": self.notes.direct(row),
            "counts": indicator.counts_policies_of if row.period_end and not indicator.counted_level else None,
        }

    def card(self, row):
        figure, notes = present(row, disputed=self.notes.disputed(row)), self.notes.direct(row)
        return {
            "row": row,
            "figure": in_cell(figure),
            "label": _(", ").join([figure["indicator"], figure["unit"], figure["period"]]),
            "label_url": anchor(row.series.indicator),
            "rank_url": self.ranking_url(row),
            "svg": self.spark(row),
            "problem_url": note_url(notes[0]) if notes else "",
            "note": self._country_words(row),
            **self._card_rank(row, figure),
        }

    def _card_rank(self, row, figure):
        """The rank in the source, else the one worked out here; without a value the rank is the figure."""
        if not figure["rank_text"]:
            here = self.rank_here(row)
            return {"rank": here, "rank_note": here and _("rank worked out here")}
        if figure["has_value"]:
            return {"rank": figure["rank_text"], "rank_note": _("rank in the source")}
        alone = in_cell(figure) | {"text": figure["rank_text"], "spoken": "", "mark": "", "has_value": True}
        return {"figure": alone, "rank": _("rank in the source"), "rank_note": ""}

    def ranking_url(self, row):
        """The ranking the figure stands in, this city marked where it has a rank."""
        query = {"period": row.period_key, "series": row.series.slug}
        if self.place.pk in self.peers.ranking(row).ranks:
            query["city"] = self.place.slug
        return f"{row.series.indicator.get_absolute_url()}?{urlencode(query)}"

    def rank_here(self, row):
        """“3 of 34”; empty where no rank is worked out."""
        ranking = self.peers.ranking(row)
        rank = ranking.ranks.get(self.place.pk)
        return rank_among(rank.text, ranking.have, self.peers.group(row)) if rank else ""

    def standings(self, heads):
        """Every rank worked out here that is one number, for what stands out."""
        found = []
        for row in heads:
            indicator, ranks = row.series.indicator, self.peers.ranking(row).ranks
            share = standing.behind(ranks, self.place.pk)
            if share is not None:
                found.append(
                    standing.Standing(
                        indicator.slug,
                        indicator.topic_id,
                        share,
                        standing.among_first(ranks, self.place.pk),
                        standing.is_size(indicator.unit, indicator.form),
                        indicator.direction != Indicator.Direction.NEITHER,
                    )
                )
        return found

    # --- Ranks, and the cities one rank up and down ---

    def _ranks(self, row):
        """The rank in the source and the rank worked out here, each by itself."""
        found, group = [], row.series.group
        if printed := source_rank(row):
            size = group and group.stated_size
            found.append({
                "text": rank_among(printed, size, None), "url": row.get_absolute_url(), "note": _("in the source"),
                "here": False, "among": "" if size else group_words(group),
                "steps": self._steps(row, self.peers.printed_ranks(row)),
            })  # fmt: skip
        if here := self.rank_here(row):
            found.append({
                "text": here, "url": self.ranking_url(row), "note": _("worked out here"), "here": True, "among": "",
                "steps": self._steps(row, self.peers.ranking(row).ranks),
            })  # fmt: skip
        return found

    def _steps(self, row, ranks):
        if not self.place.is_city or not self.peers.is_ranked(row.series.indicator):
            return None
        beside = standing.steps(ranks, self.place.pk)
        sides = {"above": beside.above, "below": beside.below}
        told = {side: self._neighbours(row, ranks, keys) for side, keys in sides.items() if keys}
        return told or None

    def _neighbours(self, row, ranks, keys):
        rank = ranks[keys[0]]
        shared = f"={rank.best}" if len(keys) > 1 else rank.text
        if len(keys) > NAMED:
            words = ngettext("%(n)s city", "%(n)s cities", len(keys)) % {"n": len(keys)}
            return {"rank": shared, "cities": [{"name": words, "url": self.ranking_url(row)}]}
        cities = sorted((self.peers.cities[key] for key in keys), key=lambda city: city.slug)
        to = anchor(row.series.indicator)
        cities = [{"name": localized(city, "name"), "url": city.get_absolute_url() + to} for city in cities]
        return {"rank": shared, "cities": cities}

    # --- Among all cities ---

    def _strip(self, row):
        """All cities with a plain value that takes part in ranks."""
        peers = self.peers.plain(row)
        if len(peers) < FEWEST_DOTS or not self.place.is_city:
            return ""
        own = row.claim.point if row.pk not in self.peers.excluded else None
        own = None if own is None else float(own)
        return SafeString(charts.strip([float(peer["low"]) for peer in peers], own, bool(points.opened(row))))

    def _no_strip(self, row):
        """Why there is none; values below zero have no line from zero, and the verdict says enough."""
        if not row.claim.has_value:
            return _("ranks only")
        return _("too few figures") if len(self.peers.plain(row)) < FEWEST_DOTS else ""

    def _verdict(self, row):
        """Only where a ranking is worked out: the median of a top ten would be no median of cities."""
        indicator = row.series.indicator
        if self.place.pk not in self.peers.ranking(row).ranks:
            return ""
        if not self.sizes and standing.is_size(indicator.unit, indicator.form):
            return ""
        middle = standing.middle([claim_of(peer) for peer in self.peers.compared(row)])
        if middle is None or middle.n < FEWEST_DOTS:
            return ""
        return verdict(standing.grade(row.claim, middle), middle, indicator, self.ranking_url(row))

    def _country_words(self, row):
        """“of at least 79 in China”."""
        country = self.peers.in_country(row)
        if not country:
            return ""
        number = claim_text(claim_of(country), row.series.indicator).spoken
        return format_html(_("of {number} in China"), number=linked(reverse("figure", args=[country["uid"]]), number))

    # --- Over time ---

    def spark(self, row):
        rows = [r for r in self.by_indicator[row.series.indicator] if r.series_id == row.series_id]
        rows = [r for r in rows if r.period_precision == periods.YEAR and r.claim.point is not None]
        years = {r.period_end.year: float(r.claim.point) for r in rows}
        if len(years) < 3 or len(set(years.values())) == 1:  # a flat line tells nothing
            return ""
        return SafeString(charts.spark([years.get(year) for year in range(min(years), max(years) + 1)]))

    def _other(self, other, row):
        """A figure of another series says which, so that two of one year do not look like a contradiction."""
        series = "" if other.series_id == row.series_id else localized(other.series, "name")
        return present(other, disputed=self.notes.disputed(other)) | {"series": series}
