"""Sentences to copy: what a figure says, its rank among whom, who says so and where to look, in both languages."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override, pgettext

from indicators import claims
from indicators.models import Observation
from indicators.numbers import claim_text
from indicators.where import rank_words, source_rank_words
from indicators.words import localized, locator_words, own_half, period_stated, run_on
from indicators.worked_out import formula, inner

NAMED = 4  # so many sources are named under a copied table
UNASKED = object()  # nobody looked for the parts of a computed figure


def citation(row, **told):
    """{"en": sentence, "zh-hans": sentence}: what `cited` says in both languages."""
    return in_both(lambda: cited(row, **told))


def in_both(say):
    """What `say()` gives in each language of the site."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found[code] = say()
    return found


def cited(row, *, rank="", size=None, group=None, disputed=False, evidence=UNASKED, latest=False):
    """The sentence in the language at hand. Asks the database nothing; needs `with_sources()`.

    rank, size, group: the rank the page shows; what the source itself ranks is read from the row. disputed: a known
    problem of the very figure. evidence: `worked_out.evidence(row)`, for the formula and the sources of its parts;
    left out, the sentence of a computed figure points to its page for them.
    latest: the rank is among each city's newest figure.
    """
    said = [ended([stated(row), *ranks(row, str(rank), size, group, latest)])]
    if disputed:
        said.append(_("(Known problem: see the page.)"))
    return with_address([*said, source_words(row, evidence)], row)


def quoted(row, say):
    """The same for what is no figure of an indicator: `say()` is its sentence in the language at hand."""
    return in_both(lambda: with_address([say(), source_words(row)], row))


def ended(clauses):
    """Clauses as one sentence."""
    return _("; ").join(filter(None, clauses)) + pgettext("end of sentence", ".")


def with_address(said, row):
    """Sentences, and the absolute address of the page; it stands free in Chinese too."""
    return f"{run_on(filter(None, said))} {settings.SITE_URL}{row.get_absolute_url()}"


# --- What is said ---


def stated(row):
    """The clause that holds the figure, rank, tier or absence, without the source."""
    indicator, words = row.series.indicator, claim_text(row.claim, row.series.indicator)
    told = {"place": localized(row.place, "name"), "period": dated(row), "value": words.spoken, "unit": words.unit}
    told |= {
        "indicator": inner(localized(indicator, "name")),
        "tier": row.tier,
        "rank": source_rank_words(row),
    }
    if "=" in words.unit:
        told["unit"] = _("(%(unit)s)") % told  # 316 (2012 = 100)
    if row.series.unit_inferred:
        told["unit"] = _("%(unit)s (unit inferred)") % told
    return _phrase(row) % told


def _phrase(row):
    if row.kind == claims.EXACT:
        return _("%(place)s’s figure for %(indicator)s (%(period)s) is %(value)s %(unit)s")
    if row.claim.has_value:  # “more than”, “about”, “between … and …”: in Chinese without 为
        return pgettext("qualified", "%(place)s’s figure for %(indicator)s (%(period)s) is %(value)s %(unit)s")
    return {
        claims.RANK_ONLY: _(
            "By %(indicator)s (%(period)s) the source ranks %(place)s number %(rank)s; it prints no figure"
        ),
        claims.TIER_ONLY: _(
            "By %(indicator)s (%(period)s) the source puts %(place)s into the tier “%(tier)s”; it prints no figure"
        ),
        claims.LEADING: _(
            "By %(indicator)s (%(period)s) the source calls %(place)s leading; it prints neither rank nor figure"
        ),
        claims.NOT_PUBLISHED: _("No figure published for %(place)s’s %(indicator)s (%(period)s)"),
        claims.NOT_COLLECTED: _("No figure collected for %(place)s’s %(indicator)s (%(period)s)"),
        claims.NOT_APPLICABLE: _("A figure for %(indicator)s (%(period)s) is not applicable to %(place)s"),
        claims.WITHHELD: _("The figure for %(place)s’s %(indicator)s (%(period)s) is withheld"),
    }[row.kind]


def dated(row):
    """The period, with what is to be known of it: a date worked out by an editor, a figure that is not final."""
    more = [_("date inferred")] if row.period_inferred else []
    if row.status != Observation.Status.FINAL:
        more.append(row.get_status_display())
    return _(", ").join([period_stated(row), *more])


# --- Ranks ---


def ranks(row, rank, size, group, latest):
    """Clauses of the rank in the source and of the one worked out here, never mixed."""
    clauses, printed = [], source_rank_words(row)
    if printed and row.kind != claims.RANK_ONLY:
        clauses.append(_("the source ranks it number %(rank)s") % {"rank": printed})
    shown = rank_words(rank, size, group) if rank else ""
    if shown and shown != printed:
        words = _("worked out by the Digital Cities Observatory, it ranks number %(rank)s")
        if rank.startswith("="):
            words = _("worked out by the Digital Cities Observatory, it shares rank %(rank)s")
        if latest:
            shown = _("%(rank)s, by the newest figure of each city") % {"rank": shown}
        clauses.append(words % {"rank": shown.removeprefix("=")})
    return clauses


# --- Who says so ---


def table_source(rows):
    """The last line of a copied table: whose figures stand in it."""
    sources = dict.fromkeys(row.source for row in rows if row.source_id)
    told = list(dict.fromkeys(named(source) for source in sources))
    if len(told) > NAMED:
        more = len(told) - NAMED
        told = [*told[:NAMED], ngettext("%(n)s more source", "%(n)s more sources", more) % {"n": more}]
    return _("Sources: %(sources)s. Put together by the Digital Cities Observatory.") % {"sources": _("; ").join(told)}


def named(source, locator=""):
    """“Zero One Finance, China Digital Economy Report, 2022, chart 3”."""
    edition, title = own_half(source.edition), localized(source, "title")
    parts = [localized(source.publisher, "name"), title, edition if edition not in title else ""]
    return _(", ").join(filter(None, [*parts, locator_words(locator) if locator else ""]))


def source_words(row, evidence=UNASKED):
    """The source of a reported figure; of one worked out here the formula and the sources of its parts."""
    if not row.source_id:
        return ""
    told = {"source": named(row.source, row.locator), "whom": own_half(row.attributed_to)}
    if getattr(row, "origin", "") != Observation.Origin.COMPUTED:
        words = (
            _("Source: %(source)s; attributed there to %(whom)s.") if row.attributed_to else _("Source: %(source)s.")
        )
        return words % told
    if evidence is UNASKED:
        return _("Worked out by the Digital Cities Observatory; the page names the figures used and their sources.")
    if not evidence:  # counted here in a table that the source prints
        return _("Worked out by the Digital Cities Observatory from %(source)s.") % told
    recipe, parts = evidence
    told = _("Worked out by the Digital Cities Observatory: %(formula)s") % {"formula": formula(recipe)}
    sources = _("; ").join(dict.fromkeys(named(part.part.source) for part in parts if part.part.source_id))
    return run_on([told, _("Sources of its parts: %(sources)s.") % {"sources": sources}]) if sources else told
