"""What feed readers and calendars ask for. A wrong filter answers 400 with its sentences, an unchanged one 304.

Unchanged is told by the ETag of what would be sent: no moment of change knows of names and days that play into it.
"""

from datetime import datetime, time

from django.db.models import Max
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.translation import gettext as _

from policies import calendars, feeds
from policies.filters import PolicyFilter
from policies.models import Policy, Target


def policies_feed(request):
    found = PolicyFilter(request.GET, today=timezone.localdate())
    if not found.is_valid():
        return _refused(found.form)
    link = f"{reverse('policies:list')}?{request.GET.urlencode()}".rstrip("?")
    feed = feeds.policies_feed(found, link=link, address=request.get_full_path(), changed=_last_change())
    return _unless_known(request, feed.writeString("utf-8"), feed.content_type)


def policies_calendar(request):
    found = PolicyFilter(request.GET, today=timezone.localdate())
    if not found.is_valid():
        return _refused(found.form)
    calendar = calendars.policies_calendar(found, address=request.get_full_path())
    return _unless_known(request, calendar, "text/calendar; charset=utf-8", "policies.ics")


def target_feed(request, uid):
    targets = feeds.with_last_change(Target.objects.published().filter(uid=uid))
    target = targets.select_related("policy", "place", "indicator", "source").first()
    if not target:
        raise Http404
    feed = feeds.target_feed(target, address=request.get_full_path())
    return _unless_known(request, feed.writeString("utf-8"), feed.content_type)


def _refused(form):
    said = [
        f"{form.fields[name].label}{_(': ')}{' '.join(errors)}" if name in form.fields else " ".join(errors)
        for name, errors in form.errors.items()
    ]
    return HttpResponse("\n".join(said) + "\n", status=400, content_type="text/plain; charset=utf-8")


def _last_change():
    """A day's beginning counts as a change: legal status, which filters ask for, changes with the day."""
    today = datetime.combine(timezone.localdate(), time.min, timezone.get_current_timezone())
    changed = Policy.history.aggregate(last=Max("history_date"))["last"]
    return max(today, changed or today)


def _unless_known(request, body, content_type, filename=""):
    response = HttpResponse(body, content_type=content_type)
    if filename:
        response["Content-Disposition"] = f'inline; filename="{filename}"'
    set_response_etag(response)
    return get_conditional_response(request, response["ETag"], response=response)
