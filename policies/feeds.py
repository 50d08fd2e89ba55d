"""Feeds of policies and of single targets (Atom, RFC 4287), the last changed first.

`updated` is when a row last changed here. What a policy's own dates are worth stands in the text, never as a day.
"""

import re
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from indicators.figures import nearness, nearness_label, present
from indicators.models import Observation, Workflow
from indicators.words import in_chinese, linked, localized, markdown, other_name, period_words, run_on
from indicators.worked_out import correction
from policies.figures import present_target, target_words
from policies.models import Target

MOST = 100  # entries of a feed
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text):
    """Without the characters that XML cannot write; calendars do not like them either."""
    return UNWRITABLE.sub("", str(text))


def absolute(address):
    return settings.SITE_URL + address


def with_last_change(rows):
    """`changed`: when each row last changed; `changes`: how often, both by its history where there is one."""
    history = rows.model.history.model.objects.filter(id=OuterRef("pk")).order_by().values("id")
    last, times = history.annotate(x=Max("history_date")).values("x"), history.annotate(x=Count("pk")).values("x")
    return rows.annotate(
        changed=Coalesce(Subquery(last), "published_at", "created_at"), changes=Coalesce(Subquery(times), 0)
    )


def in_words(found):
    """What a filtered list holds: “Policies · City: Beijing · Digital Cities Observatory”."""
    chosen = [f"{label}{_(': ')}{value}" for _name, label, value in found.chosen()]
    return " · ".join([_("Policies"), *chosen, str(settings.SITE_NAME)])


class Feed(Atom1Feed):
    """Takes any text, safe HTML and addresses within the site. `changed` is said of a feed without entries."""

    def __init__(self, *, title, subtitle, key, link, address, changed):
        site = {"author_name": settings.SITE_NAME, "author_link": settings.SITE_URL, "feed_guid": _tag(key)}
        site |= {"language": "zh-Hans" if in_chinese() else "en", "description": None, "changed": changed}
        where = {"link": absolute(link), "feed_url": absolute(address)}
        super().__init__(title=printable(title), subtitle=printable(subtitle), **where, **site)

    def add(self, *, key, title, link, html, updated, published=None, categories=()):
        html = printable(html).replace('href="/', f'href="{settings.SITE_URL}/')
        self.add_item(
            printable(title), absolute(link), html, unique_id=_tag(key), updateddate=updated, pubdate=published,
            categories=list(map(printable, categories)),
        )  # fmt: skip

    def latest_post_date(self):
        return max((item["updateddate"] for item in self.items), default=self.feed["changed"])


def _tag(key):
    """A permanent id: the site, the language, what it is of."""
    return f"tag:{settings.SITE_HOST},2026:{get_language()}/{key}"


def _paragraphs(*texts):
    return format_html_join("", "<p>{}</p>", ((text,) for text in texts if text))


def policies_feed(found, *, link, address, changed):
    """`found` is a valid PolicyFilter."""
    chosen = sorted((name, found.data[name]) for name, _label, _value in found.chosen())
    says = _("The policies listed here, the last changed first, at most %(n)s. Their own dates stand in the text.")
    feed = Feed(
        title=in_words(found), subtitle=says % {"n": MOST}, key=f"policies?{urlencode(chosen)}",
        link=link, address=address, changed=changed,
    )  # fmt: skip
    policies = with_last_change(found.found).select_related("place").prefetch_related("topics", "events")
    for policy in policies.order_by("-changed", "slug")[:MOST]:
        feed.add(
            key=f"policy/{policy.uid}", title=_both_names(policy), link=policy.get_absolute_url(), html=_told(policy),
            updated=policy.changed, published=policy.published_at,
            categories=[localized(topic, "name") for topic in policy.topics.all()],
        )  # fmt: skip
    return feed


def _both_names(policy):
    other = other_name(policy)
    return f"{localized(policy, 'name')} / {other['text']}" if other else localized(policy, "name")


def _told(policy):
    about = [localized(policy.place, "name"), policy.get_kind_display()]
    if policy.period_end:
        about.append(_("programme period %(period)s") % {"period": period_words(policy)})
    steps = [
        " · ".join(filter(None, [event_words(event), localized(event, "note")])) for event in policy.events.all()
    ] or [_("No date is given.")]
    return _paragraphs(" · ".join(about), *steps) + markdown(localized(policy, "abstract"))


def event_words(event):
    """“Issued: July 2022 (date inferred)”."""
    return f"{capfirst(event.get_type_display())}{_(': ')}{period_words(event)}"


def target_feed(target, *, address):
    """The target as stated, that it was superseded, and every figure of what measures it as it arrives."""
    says = _("This target, and each figure of what measures it as it arrives here. Definitions are kept apart.")
    feed = Feed(
        title=target_words(target), subtitle=says, key=f"target-feed/{target.uid}",
        link=target.get_absolute_url(), address=address, changed=target.changed,
    )  # fmt: skip
    entries = [_as_stated(target), *_superseded(target), *map(_measured, _figures(target))]
    for entry in sorted(entries, key=lambda entry: entry["updated"], reverse=True)[:MOST]:
        feed.add(**entry)
    return feed


def _as_stated(target):
    shown, policy = present_target(target), target.policy
    return {
        "key": f"target/{target.uid}", "title": target_words(target), "link": target.get_absolute_url(),
        "html": _paragraphs(
            policy and linked(policy.get_absolute_url(), localized(policy, "name")),
            shown["standing"], shown["baseline"], _printed(target), _source(target),
        ),
        "updated": target.changed, "published": target.published_at,
    }  # fmt: skip


def _superseded(target):
    """An entry of its own, so that readers meet it as news."""
    if target.standing != Target.Standing.SUPERSEDED:
        return []
    since = target.history.filter(standing=target.standing).order_by("history_date").first()
    moment = since.history_date if since else target.changed
    words = _("This target was superseded.")
    told = {"title": run_on([words, target_words(target)]), "html": _paragraphs(words), "updated": moment}
    return [told | {"key": f"target/{target.uid}/superseded", "link": target.get_absolute_url()}]


def _figures(target):
    """Published figures of the indicator and place, and those that were and are withdrawn."""
    seen = Q(state=Workflow.State.PUBLISHED) | Q(state=Workflow.State.WITHDRAWN)
    rows = with_last_change(Observation.objects.filter(seen, place=target.place, series__indicator=target.indicator_id))
    rows = rows.with_sources().select_related("replaces", "replaced_by__series__indicator")
    return rows.order_by("-changed", "uid")[:MOST] if target.indicator_id else []


def _measured(row):
    figure = present(row)
    unit = f"{figure['spoken']} {figure['unit']}" if figure["has_value"] else figure["spoken"]
    title = _("%(unit)s: %(indicator)s, %(place)s, %(period)s.") % (figure | {"unit": unit})
    return {
        "key": f"figure/{row.uid}", "title": title if row.is_public else run_on([_("Withdrawn:"), title]),
        "link": figure["url"],
        "html": _paragraphs(_corrected(row), figure["series"], figure["status"], _printed(row), _source(row)),
        "updated": row.changed, "published": row.published_at,
    }  # fmt: skip


def _corrected(row):
    successor = getattr(row, "replaced_by", None)
    if not row.is_public:
        if successor and successor.is_public:
            return _("A corrected one has taken its place: %(change)s.") % {"change": correction(row, successor)}
        return _("It takes part in nothing on this site any more.")
    return row.replaces and _("This figure corrects an earlier one: %(change)s.") % {
        "change": correction(row.replaces, row)
    }


def _printed(row):
    return row.verbatim and _("printed as “%(words)s”") % {"words": row.verbatim}


def _source(row):
    near = nearness_label(nearness(row))
    source = linked(row.source.get_absolute_url(), localized(row.source, "title")) if row.source else ""
    return format_html_join(" · ", "{}", ((part,) for part in (source, near) if part))
