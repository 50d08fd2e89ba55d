from pathlib import Path

import pytest
from django.conf import settings

NAME = "cities/beijing-0123456789abcdef-640.webp"


@pytest.fixture
def upload(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"

    def put(name):
        path = Path(settings.MEDIA_ROOT) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"picture")

    return put


def test_an_uploaded_picture_may_be_kept_for_ever_and_can_do_nothing(client, upload):
    upload(NAME)
    response = client.get(f"/media/{NAME}")
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == b"picture"
    assert response["Content-Type"] == "image/webp"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert not response.cookies


@pytest.mark.parametrize(
    "name",
    [
        "cities/beijing.webp",
        "cities/page-0123456789abcdef.html",
        "cities/draw-0123456789abcdef.svg",
        "sheet-0123456789abcdef.csv",
        ".hidden/0123456789abcdef.png",
        "cities/0123456789abcdef.png.exe",
        "cities//0123456789abcdef.png",
    ],
)
def test_nothing_but_a_picture_with_a_hashed_name_is_served(client, upload, name):
    upload(name)
    assert client.get(f"/media/{name}").status_code == 404


@pytest.mark.parametrize(
    "name", ["../secret-key", "..%2fdb.sqlite3", "cities/../../0123456789abcdef.png", "%2e%2e/0123456789abcdef.png"]
)
def test_no_name_leads_out_of_the_folder(client, upload, name):
    (Path(settings.MEDIA_ROOT).parent / "0123456789abcdef.png").write_bytes(b"outside")
    assert client.get(f"/media/{name}").status_code == 404


def test_a_missing_picture_is_a_404(client, upload):
    assert client.get(f"/media/{NAME}").status_code == 404


def test_the_icon_browsers_ask_for_unasked_is_there(client):
    response = client.get("/favicon.ico")
    assert (response.status_code, response["Location"]) == (302, "/static/img/favicon-32.png")
