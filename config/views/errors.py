"""Pages for what went wrong, in the language of the address."""

import re

from django.http import HttpResponse, HttpResponseServerError
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

# Parts of addresses that say where a page stands, not what it is about.
NO_WORDS = {"zh", "hans", "html", "htm", "php", "aspx", "index", "www", "en", "vs", "cities", "city", "regions"}
NO_WORDS |= {"indicators", "rankings", "policies", "sources", "figures", "compare", "indices", "designations", "search"}
LONGEST = 100


def page(request, status, sentence, **context):
    """templates/<status>.html, or the plain sentence where there is none yet."""
    try:
        return HttpResponse(render_to_string(f"{status}.html", context, request), status=status)
    except TemplateDoesNotExist:
        return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")


def bad_request(request, exception=None):
    return page(request, 400, _("The address or the form sent cannot be understood."))


def forbidden(request, exception=None, reason=""):
    return page(request, 403, _("You may not see this page."))


def not_found(request, exception=None):
    return page(request, 404, _("There is no page at this address."), own_search=True, q=words_of(request.path_info))


def words_of(path):
    """What somebody may have looked for at an address: /cities/shang-hai.html is “shang hai”."""
    return " ".join(word for word in re.findall(r"\w+", path.replace("_", " ")) if word not in NO_WORDS)[:LONGEST]


def server_error(request):
    """Asks neither the database nor the session: they may be what broke."""
    try:
        return HttpResponseServerError(render_to_string("500.html"))
    except Exception:  # noqa: BLE001 - the last resort must answer whatever happens
        return HttpResponseServerError(_("Something went wrong here."), content_type="text/plain; charset=utf-8")
