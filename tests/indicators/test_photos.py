import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from PIL import Image

from config.views.media import HASHED
from indicators import photos
from indicators.models import Place
from tests.factories import make_place

TAIL = b"<script>alert('polyglot')</script>"


def picture(format="JPEG", size=(2000, 1000), mode="RGB", colour="teal", **options):
    file = BytesIO()
    Image.new(mode, size, colour).save(file, format, **options)
    return file.getvalue()


def bomb(width=12000, height=12000):
    """A PNG of 144 million pixels in 17 kB or so: nothing but its head is true."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 10_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


class TestRenditions:
    @pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
    def test_three_widths_of_webp_and_a_jpeg_under_hashed_names(self, format):
        files = photos.renditions(picture(format))
        opened = [(name.rpartition("-")[2], Image.open(BytesIO(data))) for name, data in files.items()]
        assert [(end, one.format, one.size) for end, one in opened] == [
            ("1600.webp", "WEBP", (1600, 800)),
            ("480.webp", "WEBP", (480, 240)),
            ("960.webp", "WEBP", (960, 480)),
            ("1600.jpg", "JPEG", (1600, 800)),
        ]
        assert all(HASHED.fullmatch(name) for name in files)

    def test_a_small_picture_is_not_blown_up(self):
        names = [name.rpartition("-")[2] for name in photos.renditions(picture(size=(300, 200)))]
        assert names == ["300.webp", "300.jpg"]

    def test_the_same_picture_has_the_same_names(self):
        assert list(photos.renditions(picture())) == list(photos.renditions(picture()))
        assert list(photos.renditions(picture())) != list(photos.renditions(picture(colour="red")))

    def test_where_it_was_taken_and_by_whom_is_dropped_but_it_stands_upright(self):
        exif = Image.Exif()
        exif[0x0112], exif[0x013B] = 6, "Somebody"  # turned by 90 degrees; the artist
        upload = picture(exif=exif, comment=b"secret", icc_profile=b"profile")
        for data in photos.renditions(upload).values():
            one = Image.open(BytesIO(data))
            assert one.height > one.width
            assert not one.getexif() and "comment" not in one.info and "icc_profile" not in one.info
            assert b"Somebody" not in data

    @pytest.mark.parametrize(
        ("format", "mode", "colour"),
        [("PNG", "RGBA", (0, 0, 0, 0)), ("PNG", "P", 0), ("PNG", "L", 9), ("PNG", "1", 1), ("JPEG", "CMYK", "red")],
    )
    def test_every_kind_of_colour_is_read(self, format, mode, colour):
        files = list(photos.renditions(picture(format, (600, 400), mode, colour)).values())
        assert all(Image.open(BytesIO(data)).mode == "RGB" for data in files)

    def test_transparency_becomes_white(self):
        *_, jpeg = photos.renditions(picture("PNG", (100, 100), "RGBA", (0, 0, 0, 0))).values()
        assert Image.open(BytesIO(jpeg)).getpixel((50, 50)) == (255, 255, 255)

    @pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
    def test_no_stored_file_holds_a_byte_that_was_hung_on(self, format):
        for data in photos.renditions(picture(format) + TAIL).values():
            assert b"script" not in data

    def test_a_bomb_is_refused_before_it_is_decoded(self):
        data = bomb()
        assert len(data) < 50_000
        with pytest.raises(ValidationError, match="24 million pixels"):
            photos.renditions(data)

    def test_a_picture_just_above_the_limit_is_refused(self):
        with pytest.raises(ValidationError, match="24 million pixels"):
            photos.renditions(bomb(6000, 4001))

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
            b"<!doctype html><script>1</script>",
            b"GIF89a" + TAIL,
            picture("GIF", (50, 50)),
            picture("BMP", (50, 50)),
            picture("TIFF", (50, 50)),
            picture("JPEG")[:400],
            picture("PNG")[:60],
            bomb(100, 100)[:40],
            b"%!PS-Adobe-3.0 EPSF-3.0\n",
        ],
    )
    def test_what_is_no_jpeg_png_or_webp_is_refused_whatever_it_says(self, data):
        with pytest.raises(ValidationError, match="no picture the site can read"):
            photos.renditions(data)

    def test_a_heavy_file_is_refused_unread(self):
        with pytest.raises(ValidationError, match="5 MB"):
            photos.renditions(picture() + b"\0" * photos.MAX_BYTES)


@pytest.mark.django_db
class TestUpload:
    @pytest.fixture
    def media(self, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path / "media"
        return tmp_path / "media"

    @pytest.fixture
    def editor(self, client, media):
        user = User.objects.create_user("ed", is_staff=True)
        user.groups.set(Group.objects.filter(name="Editors"))
        client.force_login(user)
        return client

    def post(self, editor, place, data, name="holiday in beijing.jpg", **values):
        usual = {"name": place.name, "name_zh": place.name_zh, "level": place.level, "is_city": "on"}
        usual |= {"photo_credit": "A. Person, CC BY 4.0", "photo_alt": "The river", "photo_alt_zh": "江"}
        usual |= {"key_figures-TOTAL_FORMS": 0, "key_figures-INITIAL_FORMS": 0, "change_reason": "A photo."}
        photo = {"photo": SimpleUploadedFile(name, data, "image/jpeg")} if data is not None else {}
        return editor.post(reverse("admin:indicators_place_change", args=[place.pk]), usual | photo | values)

    def files(self, media):
        return sorted(path.relative_to(media).as_posix() for path in Path(media).rglob("*") if path.is_file())

    def test_is_stored_in_small_hashed_pictures_and_served(self, editor, media):
        place = make_place()
        data = picture() + TAIL
        assert self.post(editor, place, data).status_code == 302
        place.refresh_from_db()
        names = self.files(media)
        assert len(names) == 4 and place.photo.name in names
        assert (place.photo_width, place.photo_height) == (1600, 800)
        for name in names:
            assert TAIL not in (media / name).read_bytes()
            response = editor.get(f"/media/{name}")
            assert response.status_code == 200
            response.close()

    def test_the_same_picture_twice_is_stored_once(self, editor, media):
        for place in (make_place(), make_place()):
            self.post(editor, place, picture())
        assert len(self.files(media)) == 4
        assert Place.objects.values("photo").distinct().count() == 1

    @pytest.mark.parametrize(
        ("name", "data", "sentence"),
        [
            ("photo.jpg", bomb(), "24 million pixels"),
            ("photo.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no picture"),
            ("photo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no picture"),
            ("photo.png", b"\0" * (photos.MAX_BYTES + 1), "5 MB"),
            ("photo.png", b"", "empty"),
        ],
    )
    def test_what_is_refused_is_refused_with_a_sentence_and_leaves_nothing(self, editor, media, name, data, sentence):
        place = make_place()
        response = self.post(editor, place, data, name)
        assert sentence in " ".join(response.context["adminform"].form.errors["photo"])
        assert not self.files(media)

    def test_a_photo_without_credit_and_description_is_not_shown(self, editor, media):
        place = make_place()
        response = self.post(editor, place, picture(), photo_credit="", photo_alt_zh="")
        assert {"photo_credit", "photo_alt_zh"} <= set(response.context["adminform"].form.errors)
        place.refresh_from_db()
        assert not place.photo and not self.files(media)

    def test_saving_something_else_keeps_the_photo(self, editor, media):
        place = make_place()
        self.post(editor, place, picture())
        self.post(editor, place, None, summary="Words.")
        place.refresh_from_db()
        assert place.summary == "Words." and place.photo.name in self.files(media)

    def test_it_can_be_taken_away(self, editor, media):
        place = make_place()
        self.post(editor, place, picture())
        self.post(editor, place, None, **{"photo-clear": "on"})
        place.refresh_from_db()
        assert not place.photo and place.photo_width is None

    def test_a_page_shows_it_in_the_width_it_needs(self, editor, media):
        place = make_place()
        assert photos.presented(place) is None
        self.post(editor, place, picture())
        place.refresh_from_db()
        with translation.override("zh-hans"):
            html = render_to_string("components/photo.html", {"photo": photos.presented(place)})
        stem = place.photo.url.removesuffix("-1600.webp")
        assert f'srcset="{stem}-480.webp 480w, {stem}-960.webp 960w, {stem}-1600.webp 1600w"' in html
        assert f'src="{stem}-1600.jpg" width="1600" height="800" alt="江"' in html
        assert "A. Person, CC BY 4.0" in html
