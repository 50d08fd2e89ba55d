"""What feed readers and calendars ask for. A wrong filter answers 400 with its sentences, an unchanged one 304."""

from datetime import datetime, time

from django.db.models import Max
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.http import http_date
from django.utils.translation import gettext as _

from indicators.models import Observation
from policies import calendars, feeds
from policies.filters import PolicyFilter
from policies.models import Policy, Target


def policies_feed(request):
    found = PolicyFilter(request.GET, today=timezone.localdate())
    if not found.is_valid():
        return _refused(found.form)
    changed, link = _last_change(Policy), f"{reverse('policies:list')}?{request.GET.urlencode()}".rstrip("?")
    feed = feeds.policies_feed(found, link=link, address=request.get_full_path(), changed=changed)
    return _unless_known(request, feed.writeString("utf-8"), feed.content_type, changed)


def policies_calendar(request):
    found = PolicyFilter(request.GET, today=timezone.localdate())
    if not found.is_valid():
        return _refused(found.form)
    calendar = calendars.policies_calendar(found, address=request.get_full_path())
    changed = _last_change(Policy, Target)
    return _unless_known(request, calendar, "text/calendar; charset=utf-8", changed, "policies.ics")


def target_feed(request, uid):
    targets = feeds.with_last_change(Target.objects.published().filter(uid=uid))
    target = targets.select_related("policy", "place", "indicator", "source").first()
    if not target:
        raise Http404
    changed = _last_change(Policy, Target, Observation)
    feed = feeds.target_feed(target, address=request.get_full_path(), changed=changed)
    return _unless_known(request, feed.writeString("utf-8"), feed.content_type, changed)


def _refused(form):
    said = [
        f"{form.fields[name].label}{_(': ')}{' '.join(errors)}" if name in form.fields else " ".join(errors)
        for name, errors in form.errors.items()
    ]
    return HttpResponse("\n".join(said) + "\n", status=400, content_type="text/plain; charset=utf-8")


def _last_change(*models):
    """A day's beginning counts as a change: legal status, which filters ask for, changes with the day."""
    today = datetime.combine(timezone.localdate(), time.min, timezone.get_current_timezone())
    changes = [model.history.aggregate(last=Max("history_date"))["last"] for model in models]
    return max(moment for moment in (today, *changes) if moment)


def _unless_known(request, body, content_type, changed, filename=""):
    response = HttpResponse(body, content_type=content_type)
    response["Last-Modified"] = http_date(changed.timestamp())
    if filename:
        response["Content-Disposition"] = f'inline; filename="{filename}"'
    set_response_etag(response)
    return get_conditional_response(request, response["ETag"], int(changed.timestamp()), response)
