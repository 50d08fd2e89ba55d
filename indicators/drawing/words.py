"""The words under a chart, from its data: what is missing or qualified and how it is marked, and what it shows."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.drawing import data as chart_data
from indicators.words import run_on

MOST_SERIES = 10  # a summary of more lines than these is the table's work


def note(data):
    """Which marks mean what, and how many figures they stand for; empty where all figures are there and exact."""
    facts = chart_data.facts(data)
    return run_on([*_qualified(facts), *_missing(facts)])


def _qualified(facts):
    if facts.type == "bar":
        phrases = {
            "estimate": _("Hollow bar: an estimate (%(n)s)."),
            "bound_low": _("Arrow to the right: more than this, or at least this (%(n)s)."),
            "bound_high": _("Hollow bar: less than this, or at most this (%(n)s)."),
            "range": _("Hollow bar that begins later: a range (%(n)s)."),
        }
    else:
        phrases = {
            "estimate": _("Open mark: an estimate (%(n)s)."),
            "bound_low": _("Open mark with an arrow up: more than this, or at least this (%(n)s)."),
            "bound_high": _("Open mark with an arrow down: less than this, or at most this (%(n)s)."),
            "range": _("Open mark on an upright line: a range (%(n)s)."),
        }
    said = [phrase % {"n": facts.kinds[kind]} for kind, phrase in phrases.items() if facts.kinds.get(kind)]
    if said and facts.type == "line":
        said.append(_("A dashed line leads to or from such a figure."))
    return said


def _missing(facts):
    if not facts.absent:
        return []
    counts = {"n": facts.absent, "of": facts.absent + sum(facts.kinds.values())}
    sentence = {
        "line": _("A gap is a year without a figure: %(n)s of %(of)s."),
        "bar": _("No bar: no figure is at hand, or only a rank (%(n)s of %(of)s)."),
        "slope": _("A line ends where there is no rank: %(n)s of %(of)s."),
    }.get(facts.type)
    return [sentence % counts] if sentence else []


def summary(data):
    """What the picture shows, in sentences for those who do not see it: range, first, last, largest change."""
    facts = chart_data.facts(data)
    if not facts.series:
        return _("Nothing is drawn: no figure is at hand.")
    sentences = {"bar": _bars, "line": _lines, "slope": _slope, "scatter": _scatter}[facts.type]
    return run_on(sentences(data, facts))


def _with_unit(words, unit):
    return f"{words} {unit}" if unit else words


def _bars(data, facts):
    for series in facts.series:
        parts = {"n": len(series.told), "most": series.highest.x, "least": series.lowest.x}
        parts |= {"high": _with_unit(series.highest.words, data.get("unit")), "low": series.lowest.words}
        if len(series.told) == 1:
            yield _("One figure: %(most)s, %(high)s.") % parts
        else:
            yield _("%(n)s figures. The longest bar: %(most)s, %(high)s. The shortest: %(least)s, %(low)s.") % parts


def _lines(data, facts):
    for series in facts.series[:MOST_SERIES]:
        first, last = series.told[0], series.told[-1]
        parts = {"name": series.name, "n": len(series.told), "first_x": first.x, "last_x": last.x}
        parts |= {"low": series.lowest.words, "high": _with_unit(series.highest.words, data.get("unit"))}
        parts |= {"first": first.words, "last": last.words}
        if len(series.told) == 1:
            yield _("%(name)s: one figure, %(high)s in %(first_x)s.") % parts
            continue
        yield (
            _(
                "%(name)s: %(n)s figures from %(first_x)s to %(last_x)s, between %(low)s and %(high)s; "
                "the first %(first)s, the last %(last)s."
            )
            % parts
        )
        if series.largest:
            yield _("The largest change between neighbouring years: %(by)s, from %(before)s to %(after)s.") % {
                "by": f"{series.largest.by:+,.{facts.decimals}f}".replace("-", "−"),
                "before": series.largest.before.x,
                "after": series.largest.after.x,
            }
    yield from _rest(facts)


def _slope(data, facts):
    columns = chart_data.places(data)
    parts = {"n": len(facts.series), "first": columns[0], "last": columns[-1]}
    yield _("Ranks of %(n)s places, from %(first)s to %(last)s.") % parts
    marked = set(data.get("highlight") or ())
    told = [series for series in facts.series if series.name in marked] or facts.series
    for series in told[:MOST_SERIES]:
        ranks = _(", ").join(f"{one.x}{_(': ')}{one.value:g}" for one in series.told)
        yield _("%(name)s – %(ranks)s.") % {"name": series.name, "ranks": ranks}
    steps = [(series.largest, series.name) for series in facts.series if series.largest]
    if steps:
        step, name = max(steps, key=lambda step: abs(step[0].by))
        parts = {"name": name, "before": f"{step.before.value:g}", "after": f"{step.after.value:g}"}
        parts |= {"first": step.before.x, "last": step.after.x}
        yield _("The largest step: %(name)s, from %(before)s (%(first)s) to %(after)s (%(last)s).") % parts


def _scatter(data, facts):
    for series in facts.series:
        across = sorted(series.told, key=lambda told: float(told.x))
        yield _("%(n)s points.") % {"n": len(series.told)}
        for words, ends, unit in (
            (_("From left to right: %(low_name)s (%(low)s) to %(high_name)s (%(high)s)."), across, data.get("x_unit")),
            (
                _("From bottom to top: %(low_name)s (%(low)s) to %(high_name)s (%(high)s)."),
                sorted(series.told, key=lambda told: told.value),
                data.get("y_unit"),
            ),
        ):
            low, high = ends[0], ends[-1]
            values = [one.x if ends is across else f"{one.value:g}" for one in (low, high)]
            parts = {"low_name": low.name, "low": values[0], "high_name": high.name}
            yield words % (parts | {"high": _with_unit(values[1], unit)})


def _rest(facts):
    more = len(facts.series) - MOST_SERIES
    if more > 0:
        yield ngettext("%(n)s more line is in the table.", "%(n)s more lines are in the table.", more) % {"n": more}
