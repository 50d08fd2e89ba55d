"""Ranks others gave a city, and how a correlation is written."""

from django import template

from indicators.matrix import newest, published

register = template.Library()


@register.filter
def rho(value):
    """0.834 → “0.83”, -0.121 → “−0.12”."""
    return f"{value:.2f}".replace("-0.00", "0.00").replace("-", "−")


@register.inclusion_tag("indicators/_ranks_of_others.html")
def ranks_of_others(place):
    """In the newest edition of each publisher on each topic that prints the place."""
    lists = sorted(newest(published(place)), key=lambda one: one.row.topic.position if one.row.topic else 999)
    found = [(one, one.by_place[place.pk]) for one in lists]
    return {"ranks": [{"list": o, "rank": o.words_among(line), "url": f"{o.url}#{place.slug}"} for o, line in found]}
