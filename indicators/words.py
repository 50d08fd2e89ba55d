"""Words in the reader's language: names, periods, Markdown."""

import re

import nh3
from django.conf.locale import LANG_INFO
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext_noop, pgettext
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink

from indicators import periods

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
_ALLOWED = {
    "p",
    "em",
    "strong",
    "a",
    "ul",
    "ol",
    "li",
    "h3",
    "h4",
    "blockquote",
    "code",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}


# The shapes of locators that translators know; numbers stand for themselves, other words stay as the editor wrote them.
LOCATORS = (
    gettext_noop("line {}"), gettext_noop("lines {}–{}"), gettext_noop("p. {}"), gettext_noop("pp. {}–{}"),
    gettext_noop("chart {}"), gettext_noop("table {}"), gettext_noop("table {}, row {}"),
    gettext_noop("also in the article of February {}, line {}"),
    gettext_noop("also in the article of June {}, line {}"),
)  # fmt: skip


def in_chinese():
    return (get_language() or "en").startswith("zh")


def localized(row, field):
    """The column of the page's language; the other one where it is empty."""
    english, chinese = getattr(row, field), getattr(row, f"{field}_zh", "")
    return (chinese or english) if in_chinese() else (english or chinese)


def other_name(row, field="name"):
    """The name in the other script, as a dict for a `lang` attribute; None where there is none."""
    english, chinese = getattr(row, field), getattr(row, f"{field}_zh", "")
    text, lang = (english, "en") if in_chinese() else (chinese, "zh-Hans")
    return {"text": text, "lang": lang} if text and text != localized(row, field) else None


def own_half(text):
    """Of a column that holds “English / 中文” the half of the page's language; other text as it is."""
    english, _slash, chinese = text.partition(" / ")
    if not chinese or chinese.isascii():
        return text
    return chinese if in_chinese() else english


def locator_words(text):
    """“line 28; also in …” → “第28行；另见……”."""
    return _("; ").join(map(_locator, own_half(text).split("; ")))


def _locator(text):
    shape = re.sub(r"\d+", "{}", text)
    return _(shape).format(*re.findall(r"\d+", text)) if shape in LOCATORS else text


def language_words(codes):
    """“zh-Hans, en” in words."""
    known = [LANG_INFO.get(code.lower(), {}).get("name", code) for code in codes.split(", ")]
    return _(", ").join(_(name) for name in known if name)


def linked(url, text):
    return format_html('<a href="{}">{}</a>', url, text)


def listed(items):
    """“a, b and c”, whatever the number; items that are not safe are escaped."""
    items = list(items)
    if len(items) < 2:
        return format_html("{}", *items) if items else ""
    head = format_html_join(pgettext("between the items of a list", ", "), "{}", ((item,) for item in items[:-1]))
    return format_html(_("{a} and {b}"), a=head, b=items[-1])


def run_on_html(sentences):
    """The same as `run_on` for what a page prints: what is not safe is escaped, what is empty left out."""
    return format_html_join(run_on(("", "")), "{}", ((one,) for one in sentences if one))


def run_on(sentences):
    """Sentences one after the other: a space between them in English, none in Chinese."""
    return ("" if in_chinese() else " ").join(sentences)


def period_words(row):
    """A row's period as a reader says it, and whether an editor worked it out."""
    words = period_stated(row)
    return _("%(period)s (date inferred)") % {"period": words} if row.period_inferred else words


def period_stated(row):
    """The period in the source's own words where the key is poorer. The year always stands."""
    printed = localized(row, "period_text") if getattr(row, "period_text", "") else ""
    words, period = printed or key_words(row.period_key), periods.parse(row.period_key)
    if printed and period.end and str(period.end.year) not in printed:
        printed = _("printed as “%(words)s”") % {"words": printed}
        words = _(", ").join([key_words(row.period_key), printed])
    return words


def key_words(key):
    """A period key in words: “October 2022”, “30 May 2023”, “2013–2021”, “to 2025”, “no date given”."""
    period = periods.parse(key)
    if period.precision == periods.UNKNOWN:
        return _("no date given")
    if period.precision == periods.UNTIL:
        return _("to %(period)s") % {"period": key_words(key.partition("/")[2])}
    if period.precision == periods.SPAN:
        left, right = (key_words(end) for end in key.split("/"))
        return f"{left.removesuffix('年')}–{right}"
    values = {"year": period.start.year, "month": period.start.month, "day": period.start.day}
    if in_chinese():
        return {
            periods.DAY: "{year}年{month}月{day}日", periods.MONTH: "{year}年{month}月",
            periods.QUARTER: "{year}年第{quarter}季度", periods.YEAR: "{year}年",
        }[period.precision].format(**values, quarter=(period.start.month + 2) // 3)  # fmt: skip
    values["month_name"] = MONTHS[period.start.month]
    return {
        periods.DAY: "{day} {month_name} {year}", periods.MONTH: "{month_name} {year}",
        periods.QUARTER: "{year} Q{quarter}", periods.YEAR: "{year}",
    }[period.precision].format(**values, quarter=(period.start.month + 2) // 3)  # fmt: skip


def _address(href):
    """`[5.86](figure:o-density-shenzhen-2021)` leads to the page of that figure, in the page's language."""
    uid = href.removeprefix("figure:")
    return normalizeLink(href) if uid == href else reverse("figure", args=[uid])


_markdown.normalizeLink = _address


def markdown(text):
    """Editors' Markdown as safe HTML: no raw tags, no scripts, links without referrer; `figure:` links to figures."""
    html = nh3.clean(_markdown.render(text or ""), tags=_ALLOWED, link_rel="noopener noreferrer")
    return mark_safe(html)  # noqa: S308 - cleaned by nh3 in the line above
