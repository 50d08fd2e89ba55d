import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError
from django.test import RequestFactory, override_settings
from django.urls import path
from django.utils import translation

from config import urls
from config.views import errors


def broken(_request):
    raise DatabaseError("the database went away")


def denied(_request):
    raise PermissionDenied


def suspicious(_request):
    raise SuspiciousOperation


urlpatterns = [*urls.urlpatterns, path("broken/", broken), path("denied/", denied), path("suspicious/", suspicious)]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


@pytest.mark.parametrize(
    ("address", "status"), [("/suspicious/", 400), ("/denied/", 403), ("/no/such/page/", 404), ("/broken/", 500)]
)
@pytest.mark.django_db
def test_what_goes_wrong_gets_its_status_and_a_page(client, address, status):
    client.raise_request_exception = False
    with override_settings(ROOT_URLCONF="tests.config.test_errors"):
        response = client.get(address)
    assert response.status_code == status
    assert "Traceback" not in response.text
    assert "text/html" in response["Content-Type"]
    assert not response.cookies


def test_the_page_speaks_the_language_of_the_address(client):
    assert 'lang="zh-Hans"' in client.get("/zh-hans/no/such/page/").text
    assert 'lang="en"' in client.get("/no/such/page/").text


def test_the_500_page_needs_nothing_of_the_request():
    with translation.override("zh-hans"):
        response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert 'lang="zh-Hans"' in response.content.decode()
