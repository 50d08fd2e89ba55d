"""Headers of every answer, whatever the address; no cookie for readers."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.urls import NoReverseMatch, get_resolver, reverse

from config.middleware import headers_and_limits

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
}


def addresses(resolver=None, namespace=""):
    """Every address that needs no argument, and one that misses for each that does."""
    resolver = resolver or get_resolver()
    for name in resolver.reverse_dict:
        if isinstance(name, str):
            try:
                yield reverse(f"{namespace}{name}")
            except NoReverseMatch:
                continue
    for name, (_prefix, inner) in resolver.namespace_dict.items():
        yield from addresses(inner, f"{namespace}{name}:")
    for pattern in resolver.url_patterns:  # includes without a namespace are in reverse_dict already
        if getattr(pattern, "namespace", None) is None and hasattr(pattern, "namespace_dict"):
            for name, (_prefix, inner) in pattern.namespace_dict.items():
                yield from addresses(inner, f"{namespace}{name}:")


def all_addresses():
    found = set(addresses())
    found |= {"/no/such/page/", "/zh-hans/no/such/page/", "/media/no-such.png", "/healthz", "/readyz", "/admin"}
    return sorted(found)


def check(response, address):
    headers = response.headers
    assert set(headers["Content-Security-Policy"].split("; ")) == POLICY, address
    assert headers["X-Content-Type-Options"] == "nosniff", address
    assert headers["X-Frame-Options"] == "DENY", address
    assert headers["Referrer-Policy"] == "same-origin", address
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin", address
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin", address
    assert "camera=()" in headers["Permissions-Policy"], address
    assert "Accept-Language" not in headers.get("Vary", ""), address


@pytest.mark.django_db
def test_every_address_sends_the_whole_set_and_readers_get_no_cookie(client):
    assert len(all_addresses()) > 20
    for address in all_addresses():
        client.cookies.clear()
        response = client.get(address, headers={"Accept-Language": "zh-CN"})
        check(response, address)
        if not address.startswith(("/admin", "/zh-hans/admin")):
            assert not response.cookies, address
            assert "Cookie" not in response.headers.get("Vary", ""), address
            assert response.headers["Content-Language"] == ("zh-hans" if "/zh-hans/" in address else "en"), address


@pytest.mark.django_db
def test_the_admin_is_never_stored(admin_client):
    for address in ("/admin/", "/admin/jsi18n/", "/zh-hans/admin/", "/admin/password_change/"):
        response = admin_client.get(address)
        assert "no-store" in response.headers["Cache-Control"], address
        check(response, address)


@pytest.mark.django_db
def test_the_language_stands_in_the_address_alone(client):
    client.cookies["django_language"] = "zh-hans"
    assert client.get("/admin/login/").headers["Content-Language"] == "en"
    assert client.get("/zh-hans/admin/login/").headers["Content-Language"] == "zh-hans"


def test_a_request_larger_than_any_upload_is_refused_before_it_is_read(client):
    response = client.post("/admin/login/", data={}, CONTENT_LENGTH=str(settings.MAX_REQUEST_BYTES + 1))
    assert response.status_code == 413
    assert client.post("/admin/login/", data={}, CONTENT_LENGTH="many").status_code == 413


@pytest.mark.django_db
def test_a_head_request_gets_the_length_and_no_body(rf, client):
    asked, answered = client.get("/about/"), headers_and_limits(lambda _request: HttpResponse("four"))
    assert int(client.head("/about/").headers["Content-Length"]) == len(asked.content)
    response = answered(rf.head("/"))
    assert (response.content, response.headers["Content-Length"]) == (b"", "4")


def test_a_stranger_host_is_refused(client):
    assert client.get("/healthz", headers={"Host": "evil.example"}).status_code == 400


def test_pages_travel_compressed_to_readers_who_can_read_that(client, db):
    page = client.get("/about/methods/", headers={"accept-encoding": "gzip"})
    assert page.headers["Content-Encoding"] == "gzip"
    assert len(page.content) < len(client.get("/about/methods/").content) / 2


@pytest.mark.parametrize("method", ["post", "put", "delete", "options"])
@pytest.mark.parametrize("address", ["/", "/zh-hans/policies/", "/policies.ics", "/no/such/page/", "/administer/"])
def test_public_addresses_are_only_read(client, method, address):
    answer = getattr(client, method)(address)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


def test_the_admin_takes_forms_in_both_languages(client, db):
    for address in ("/admin/login/", "/zh-hans/admin/login/"):
        assert client.post(address, {"username": "x", "password": "y"}).status_code == 200
