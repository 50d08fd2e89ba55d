"""What a comparison says in sentences: made by rules from the figures, every number linked to where it comes from."""

from collections import Counter, defaultdict
from html import unescape

from django.conf import settings
from django.utils.html import format_html, strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from indicators import claims, comparability
from indicators.comparability import FIRST, SECOND
from indicators.comparison.phrases import clauses, item, name, number, spoken_ratio
from indicators.numbers import claim_text
from indicators.sentences import in_both
from indicators.words import linked, listed, localized, period_words, run_on, run_on_html

NAMED, NAMED_WHOLE = 3, 6  # items of a sentence on top; of a topic whose items are all named
COPIED = 5  # sentences that are handed on
FEW = 2  # of one indicator the table says everything
SPAN = 10  # years that “furthest apart” looks back
OWN = 3  # indicators of one publisher in a topic that make a sentence of its own


# --- The tally ---


def tally(page, lines):
    """Place → in how many of these it is ahead; None → in how many the two are even."""
    return Counter(page.ahead(line) for line in lines)


def counted(lines):
    return [line for line in lines if line.counts]


def summary(page):
    """The sentences on top, as safe HTML, one a claim."""
    return _pair_summary(page) if page.is_pair else _group_summary(page)


def _pair_summary(page):
    lines = counted(page.lines)
    one, other = page.places
    if not lines:
        told = {"one": name(one), "other": name(other)}
        words = _("No indicator with a declared direction has comparable figures of both {one} and {other}.")
        return [format_html(words, **told)] if page.lines else []
    said = [_ahead(page, lines), _by_topics(page), _by_publishers(page), _largest_ratios(page), _even(page, lines)]
    return [sentence for sentence in said if sentence]


def _ahead(page, lines):
    found, (one, other) = tally(page, lines), page.places
    lead, last = (one, other) if found[one] >= found[other] else (other, one)
    told = {"lead": name(lead), "other": name(last), "a": found[lead], "b": found[last]}
    told["n"] = linked("#tables", len(lines))
    words = _("{lead} is ahead of {other} in {a} of the {n} indicators that can be compared, {other} in {b}.")
    if not found[last]:
        words = _("{lead} is ahead of {other} in {a} of the {n} indicators that can be compared, {other} in none.")
    if found[lead] == len(lines):
        words = ngettext(
            "{lead} is ahead of {other} in the {n} indicator that can be compared.",
            "{lead} is ahead of {other} in all {n} indicators that can be compared.",
            len(lines),
        )
    if found[one] == found[other]:
        words = _("{lead} and {other} are each ahead in {a} of the {n} indicators that can be compared.")
    if not found[lead]:
        words = _("{lead} and {other} are evenly matched in the {n} indicators that can be compared.")
    said = [format_html(words, **told)]
    if found[None] and found[lead]:
        words = ngettext("They are evenly matched in %(n)s.", "They are evenly matched in %(n)s.", found[None])
        said.append(words % {"n": found[None]})
    printed = [line for line in lines if not line.is_computed]
    if printed and len(printed) < len(lines):
        apart = tally(page, printed)
        words = _("Without the {k} worked out here from other figures it is {a} to {b}.")
        said.append(format_html(words, k=len(lines) - len(printed), a=apart[lead], b=apart[last]))
    return run_on_html(said)


def _by_topics(page):
    """Which city leads which topics, by the count of indicators."""
    leads = defaultdict(list)
    for topic, lines in page.by_topic():
        lines = counted(lines)
        found = tally(page, lines)
        one, other = page.places
        if found[one] != found[other]:
            lead = one if found[one] > found[other] else other
            words = _("{topic} ({a} of {n})")
            link = linked(f"#{topic.slug}", localized(topic, "name"))
            leads[lead].append(format_html(words, topic=link, a=found[lead], n=len(lines)))
    words = _("{city} is ahead in more indicators of {topics}.")
    return run_on_html(
        format_html(words, city=name(place), topics=listed(leads[place])) for place in page.places if place in leads
    )


def _by_publishers(page):
    """What a publisher says who covers several topics with three indicators or more each: one report, one answer."""
    found = defaultdict(list)
    for topic, lines in page.by_topic():
        for publisher, mine in _of_publishers(counted(lines)):
            apart = tally(page, mine)
            lead = max(page.places, key=lambda place: apart[place])
            if list(apart.values()).count(apart[lead]) == 1:
                words = _("{city} ahead in {topic} ({a} of {n})")
                link = linked(f"#{topic.slug}", localized(topic, "name"))
                told = {"city": name(lead), "topic": link, "a": apart[lead], "n": len(mine)}
                found[publisher].append(format_html(words, **told))
    said = []
    for publisher, items in found.items():
        if len(items) > 1:
            told = {"publisher": name(publisher), "items": clauses(items)}
            said.append(format_html(_("{publisher} alone: {items}."), **told))
    return run_on_html(said)


def _of_publishers(lines):
    """(publisher, their lines) for each who prints three or more of these figures, in the order of the rows."""
    found = defaultdict(list)
    for line in lines:
        if not line.is_computed:
            found[line.common[0].series.family].append(line)
    return [(mine[0].common[0].source.publisher, mine) for mine in found.values() if len(mine) >= OWN]


def _with_ratio(lines):
    """Comparable, printed by sources, with a ratio; the largest first."""
    able = [line for line in lines if line.is_directed and not line.is_computed and line.verdict.ratio is not None]
    able = [line for line in able if line.verdict.ratio.point and line.verdict.by == comparability.BY_VALUE]
    able = [line for line in able if line.verdict.ahead in (FIRST, SECOND) and line.indicator.unit != "%"]
    return sorted(able, key=lambda line: (-line.verdict.ratio.point, line.indicator.slug))


def recent(lines):
    """The lines of the last ten years of this comparison, and the first of those years."""
    ends = [line.common[0].period_end for line in lines if line.common[0].period_end]
    since = max(ends).year - SPAN if ends else 0
    return [li for li in lines if li.common[0].period_end and li.common[0].period_end.year >= since], since


def _largest_ratios(page):
    lines, since = recent(_with_ratio(page.lines))
    items = []
    for line in lines[:NAMED]:
        larger, smaller = _by_size(page, line)
        one, other = line.rows[larger.pk], line.rows[smaller.pk]
        told = {"indicator": localized(line.indicator, "name"), "period": period_words(one), "city": name(larger)}
        told |= {"ratio": spoken_ratio(line.verdict), "unit": claim_text(one.claim, line.indicator).unit}
        words = _("{indicator}: {ratio} times as much in {city} ({x} against {y} {unit}, {period})")
        items.append(format_html(words, x=number(one), y=number(other), **told))
    if not items:
        return ""
    joined = clauses(items)
    return format_html(_("Furthest apart in what sources print since {year}: {items}."), items=joined, year=since)


def _by_size(page, line):
    """The city of the larger figure first, whatever is better."""
    one, other = page.places
    values = [line.rows[place.pk].claim.low or line.rows[place.pk].claim.high or 0 for place in page.places]
    return (one, other) if values[0] >= values[1] else (other, one)


def _even(page, lines):
    even = [line for line in lines if page.ahead(line) is None and not line.is_computed]
    if not even:
        return ""
    one, other = page.places
    items = [item(line, one, other) for line in even[:NAMED]]
    words = _("Evenly matched: {items}.")
    if more := len(even) - len(items):
        words = ngettext("Evenly matched: {items}, and {n} more.", "Evenly matched: {items}, and {n} more.", more)
    joined = clauses(items)
    return format_html(words, items=joined, n=more)


# --- A topic, and one publisher inside it ---


def topic_sentences(page, lines):
    """Who is ahead in a topic, and in the figures of each publisher who supplies three or more of them."""
    lines = counted(lines)
    if not page.is_pair or len(lines) < FEW:
        return []
    said = [_standing(page, lines)]
    for publisher, mine in _of_publishers(lines):
        if len(mine) <= NAMED_WHOLE and len(mine) < len(lines):
            said.append(_standing(page, mine, name(publisher)))
    return [*said, _ranks_only(lines)]


def _ranks_only(lines):
    bare = sum(line.verdict.by == comparability.BY_RANK for line in lines)
    words = ngettext(
        "In %(n)s of these indicators no difference is given, because a city has a rank only.",
        "In %(n)s of these indicators no difference is given, because a city has a rank only.",
        bare,
    )
    return words % {"n": bare} if bare else ""


def _standing(page, lines, publisher=""):
    """“In the figures of Zero One alone, Shanghai is ahead in 2 of 3: …; Beijing in 1: ….”"""
    found, (one, other) = tally(page, lines), page.places
    lead, last = (one, other) if found[one] >= found[other] else (other, one)
    whole, parts = len(lines) <= NAMED_WHOLE, []
    for place, back in ((lead, last), (last, lead)):
        if not found[place]:
            continue
        items = listed([item(line, place, back) for line in lines if page.ahead(line) == place]) if whole else ""
        words = _clause(first=not parts, whole=whole, publisher=publisher)
        told = {"city": name(place), "a": found[place], "n": len(lines), "publisher": publisher}
        parts.append(format_html(words, items=items, **told))
    if found[None]:
        items = listed([item(line, one, other) for line in lines if page.ahead(line) is None]) if whole else ""
        words = _("evenly matched in {a}: {items}") if whole else _("evenly matched in {a}")
        if not parts:
            words = _("Evenly matched in all {a}: {items}") if whole else _("Evenly matched in all {a}")
        parts.append(format_html(words, a=found[None], items=items))
    return format_html(_("{clauses}."), clauses=clauses(parts))


def _clause(*, first, whole, publisher):
    if not first:
        return _("{city} in {a}: {items}") if whole else _("{city} in {a}")
    if publisher:
        return _("In the figures of {publisher} alone {city} is ahead in {a} of {n}: {items}")
    if whole:
        return _("{city} is ahead in {a} of {n} indicators that can be compared: {items}")
    return _("{city} is ahead in {a} of {n} indicators that can be compared")


# --- Three cities and more ---


def _group_summary(page):
    lines, size = counted(page.lines), len(page.places)
    if not page.lines:
        return []
    everybody = sum(len(line.common) == size and not line.excluded for line in page.lines)
    words = ngettext(
        "All {m} cities can be compared in {k} of the {n} indicator below.",
        "All {m} cities can be compared in {k} of the {n} indicators below.",
        len(page.lines),
    )
    said = [format_html(words, m=size, k=everybody, n=linked("#tables", len(page.lines)))]
    if lines:
        found = tally(page, lines)
        lead = sorted((place for place in page.places if found[place]), key=lambda place: -found[place])
        if lead:
            words = _("{city} comes first in {a} of the {n} in which three or more can be put in an order")
            items = [format_html(words, city=name(lead[0]), a=found[lead[0]], n=len(lines))]
            rest = pgettext("comes first in", "{city} in {a}")
            items += [format_html(rest, city=name(place), a=found[place]) for place in lead[1:]]
            said.append(format_html(_("{items}."), items=listed(items)))
    said.append(_widest(page, lines))
    if page.without_figures:
        words = _("Of {cities} no figure or rank is at hand.")
        said.append(format_html(words, cities=listed(name(place) for place in page.without_figures)))
    return [sentence for sentence in said if sentence]


def _widest(page, lines):
    found = []
    lines, since = recent(lines)
    for line in lines:
        rows = [row for row in line.common if row.kind == claims.EXACT and row.claim.low > 0]
        if len(rows) == len(line.common) and not (line.is_computed or line.excluded or line.indicator.unit == "%"):
            rows.sort(key=lambda row: row.claim.low)
            found.append((rows[-1].claim.low / rows[0].claim.low, line, rows[-1], rows[0]))
    found.sort(key=lambda one: (-one[0], one[1].indicator.slug))
    items = []
    for _ratio, line, most, least in found[:NAMED]:
        told = {"indicator": localized(line.indicator, "name"), "period": period_words(most)}
        told |= {
            "city": name(most.place),
            "other": name(least.place),
            "unit": claim_text(most.claim, line.indicator).unit,
        }
        words = _("{indicator} ({city} {x}, {other} {y} {unit}, {period})")
        items.append(format_html(words, x=number(most), y=number(least), **told))
    joined = clauses(items)
    words = _("Furthest apart in what sources print since {year}: {items}.")
    return format_html(words, items=joined, year=since) if items else ""


# --- To take away ---


def rule(page):
    """What counts, in one paragraph."""
    said = [
        _(
            "An indicator counts where the figures are of one series and one period and the indicator says which "
            "direction is ahead; each counts once."
        )
    ]
    if page.is_pair:
        said.append(
            _(
                "Evenly matched are values that lie within 5 %, bounds that overlap, and equal ranks. Where a figure "
                "is missing and one list ranks both, the rank decides and no difference is given."
            )
        )
    else:
        said.append(
            _("First is who stands alone in front, by value where all have one, else by the ranks of the one list.")
        )
    return run_on_html(said)


def copied(page):
    """The first sentences in both languages, with who publishes the figures and the address."""
    return in_both(lambda: _copied(page)) if page.lines and not page.problems else None


def _copied(page):
    said = [unescape(strip_tags(sentence)) for sentence in summary(page)[:COPIED]]
    return f"{run_on([*said, publishers(page)])} {settings.SITE_URL}{page.url()}"


def publishers(page):
    """Whose figures are compared, those with most indicators first."""
    found = Counter(localized(row.source.publisher, "name") for line in page.lines for row in line.rows.values())
    names = [name for name, _n in found.most_common()]
    told = {"names": _("; ").join(names[:NAMED]), "n": len(names) - NAMED}
    if told["n"] > 0:
        return (
            ngettext(
                "Sources: %(names)s and %(n)s more publisher.",
                "Sources: %(names)s and %(n)s more publishers.",
                told["n"],
            )
            % told
        )
    return _("Sources: %(names)s.") % told
