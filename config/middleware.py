"""Habits of every answer: its language from the address, the headers Django has no setting for, a size limit."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotAllowed
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control

from indicators import numbers

FEATURES = "accelerometer autoplay camera display-capture encrypted-media geolocation gyroscope magnetometer microphone"
FEATURES += " midi payment picture-in-picture publickey-credentials-get screen-wake-lock usb xr-spatial-tracking"
PERMISSIONS = ", ".join(f"{feature}=()" for feature in FEATURES.split())


def headers_and_limits(get_response):
    """Outermost, so that static files, redirects and errors carry the headers too."""

    def middleware(request):
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > settings.MAX_REQUEST_BYTES:
            response = HttpResponse("Too large.\n", status=413, content_type="text/plain; charset=utf-8")
        else:
            response = get_response(request)
        if request.method == "HEAD" and not response.streaming:
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""  # or the server complains of each in the log
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        match = getattr(request, "resolver_match", None)
        if match and match.app_names[:1] == ["admin"]:
            patch_cache_control(response, private=True, no_store=True)
        return response

    return middleware


def public_pages_are_read(get_response):
    """Outside the admin there is nothing to send: any other method is refused before a form's token is missed."""
    admin = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            admin.append(reverse("admin:index"))

    def middleware(request):
        if request.method in ("GET", "HEAD") or request.path.startswith(tuple(admin)):
            return get_response(request)
        return HttpResponseNotAllowed(["GET", "HEAD"])

    return middleware


def language_of_the_path(get_response):
    """/zh-hans/… is Chinese, everything else English. Nothing is guessed, so nothing varies by Accept-Language."""

    def middleware(request):
        request.LANGUAGE_CODE = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(request.LANGUAGE_CODE):
            response = get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response

    return middleware


def numbers_of_the_address(get_response):
    """`numbers=full` prints every digit in the base unit; any other value is the language's own way."""

    def middleware(request):
        with numbers.in_full(request.GET.get("numbers") == "full"):
            return get_response(request)

    return middleware
