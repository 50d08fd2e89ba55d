"""What the tests of comparisons share: figures of several cities, and the words of a page."""

import re
from html import unescape

from django.utils.html import strip_tags

from tests.factories import make_observation, make_series


def text(response):
    body = response.content.decode()
    body = body[body.index("<main") : body.index("</main>")]
    return re.sub(r"\s+", " ", unescape(strip_tags(body.replace("><", "> <"))))


def figures(indicator, cities, values, **more):
    series = make_series(indicator=indicator)
    return [make_observation(series=series, place=c, value=v, **more) for c, v in zip(cities, values, strict=False)]
