"""Filters every page uses; the rules live in `words`, `numbers` and `figures`."""

from django import template

from indicators import figures, numbers, words

register = template.Library()

register.filter("localized", words.localized)
register.filter("period_words", words.period_words)
register.filter("key_words", words.key_words)
register.filter("markdown", words.markdown)
register.filter("own_half", words.own_half)
register.filter("locator_words", words.locator_words)
register.filter("language_words", words.language_words)
register.filter("run_on", words.run_on)
register.filter("present", figures.present)
register.filter("nearness_label", figures.nearness_label)


@register.filter
def other_name(row):
    """{% with other=place|other_name %}<span lang="{{ other.lang }}">{{ other.text }}</span>{% endwith %}"""
    return words.other_name(row)


@register.filter
def grouped(value, decimals=0):
    """A count of ours (how many cities, rows): 1234 → 1,234."""
    return numbers.number(value, decimals)
