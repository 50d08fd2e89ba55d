"""The profile as one page of paper: its figures in a dense table, each with the number of its source."""

from django.utils.translation import gettext as _

from indicators.figures import COMPUTED, nearness
from indicators.words import localized, own_half, period_words

ROWS, LETTERS = 18, 42  # figures beside those of the cards; letters that fit a line


class Brief:
    """Numbers sources in the order in which figures need them."""

    def __init__(self):
        self.numbers, self.sources = {}, []

    def number(self, row):
        """Figures worked out here from a source count apart from those it prints."""
        key = row.source_id, nearness(row)
        if key not in self.numbers:
            self.sources.append(_words(row))
            self.numbers[key] = len(self.sources)
        return self.numbers[key]

    def columns(self, topics, shown):
        """The short lists without what the cards have `shown`, cut to what a page holds, in two halves."""
        lines = [line | {"group": group["topic"]} for group in topics for line in group["rows"]]
        fair = _fair([line for line in lines if line["row"].series.indicator not in shown])
        for line in fair:
            line["number"] = self.number(line["row"])
        cut = _middle([_height(line) for line in fair])
        return [_headed(half) for half in (fair[:cut], fair[cut:]) if half]


def _height(line):
    """About how many lines of paper the row takes."""
    told = line["told"]
    return 1 + len(f"{told['indicator']} {told['unit']} {told['period']}") // LETTERS


def _middle(heights):
    """Where the left column ends, so that the right one is no longer than it."""
    left = 0
    for at, height in enumerate(heights):
        if 2 * left >= sum(heights):
            return at
        left += height
    return len(heights)


def _fair(lines):
    """Where there are too many, the last of the longest topics go first."""
    left = list(lines)
    while len(left) > ROWS:
        counts = {}
        for line in left:
            counts[_topic(line)] = counts.get(_topic(line), 0) + 1
        longest = max(counts, key=lambda topic: counts[topic])
        last = max(i for i, line in enumerate(left) if _topic(line) == longest)
        del left[last]
    return left


def _topic(line):
    topic = line.get("topic") or line["group"]
    return topic.pk if topic else None


def _headed(lines):
    """A line says its topic where that begins."""
    before = object()
    for line in lines:
        topic = line.get("topic") or line["group"]
        line["head"] = localized(topic, "name") if topic and topic.pk != before else ""
        before = topic.pk if topic else None
    return lines


def _words(row):
    source, near = row.source, nearness(row)
    if source is None:
        return _("Digital Cities Observatory: worked out here; the parts stand on the page of the figure")
    dated = "" if source.period_key == "undated" else period_words(source)
    edition = own_half(source.edition)
    said = [
        localized(source.publisher, "name"),
        localized(source, "title"),
        edition if edition not in dated else "",
        dated,
    ]
    words = _(", ").join(filter(None, [*said, source.get_nearness_display()]))
    return _("Worked out here from: %(source)s") % {"source": words} if near == COMPUTED else words
