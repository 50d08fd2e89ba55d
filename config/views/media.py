"""Uploaded pictures. Their names hold a hash of their content, so they may be kept for ever."""

import re

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.cache import cache_control

TYPES = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
# Folders and a file name of plain letters, with eight or more hexadecimal digits before the width and the extension.
HASHED = re.compile(r"(?:[a-z0-9][a-z0-9_-]*/)*[a-z0-9_-]*[0-9a-f]{8,64}(?:-[0-9]{2,4})?\.(jpe?g|png|webp)")


def media(request, name):
    match = HASHED.fullmatch(name)
    if not match or not default_storage.exists(name):
        raise Http404
    response = FileResponse(default_storage.open(name), content_type=TYPES[match[1]])
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    # A second policy beside the site's own: even a picture that pretends to be a page can do nothing.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@cache_control(public=True, max_age=86400)
def favicon(request):
    """Browsers ask here where a page names no icon, as in the admin."""
    return HttpResponseRedirect(static("img/favicon-32.png"))
