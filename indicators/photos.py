"""Photos editors upload: looked at before they are decoded, and written anew, so nothing uploaded is ever served.

`renditions` turns the bytes of an upload into small pictures without metadata; their names hold a hash, so that
they may be cached for ever. The largest WebP is the one a model's field names; the others stand beside it.
"""

import hashlib
import re
from io import BytesIO

from django import forms
from django.contrib.admin.widgets import AdminFileWidget
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from indicators.words import localized

MAX_BYTES, MAX_PIXELS = 5 * 1024 * 1024, 24_000_000
WIDTHS = (480, 960, 1600)
FORMATS = ("JPEG", "PNG", "WEBP")
FOLDER = "places"
Image.MAX_IMAGE_PIXELS = MAX_PIXELS  # Pillow's own alarm, for whatever opens a picture elsewhere
NAME = re.compile(r"(?P<stem>.*[0-9a-f]{16})-(?P<width>\d+)\.webp")


def renditions(data: bytes) -> dict[str, bytes]:
    """File names and contents, the largest WebP first. Raises ValidationError with a sentence for the editor."""
    if len(data) > MAX_BYTES:
        raise ValidationError(_("The file is larger than 5 MB. Save the picture smaller."))
    try:
        picture = Image.open(BytesIO(data), formats=FORMATS)  # reads the head of the file alone
        if picture.width * picture.height > MAX_PIXELS:
            raise Image.DecompressionBombError
        picture.thumbnail((max(WIDTHS), max(WIDTHS)))
        picture = _flat(ImageOps.exif_transpose(picture))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValidationError(_("The picture has more than 24 million pixels. Save it smaller.")) from None
    except Exception:  # noqa: BLE001 - decoders fail in many ways, and each means the same to the editor
        raise ValidationError(_("This is no picture the site can read. Send a JPEG, PNG or WebP.")) from None
    main = _encoded(picture, "WEBP", picture.width)
    stem = f"{FOLDER}/{hashlib.sha256(main).hexdigest()[:16]}"
    files = {f"{stem}-{picture.width}.webp": main}
    for width in _smaller(picture.width):
        files[f"{stem}-{width}.webp"] = _encoded(picture, "WEBP", width)
    files[f"{stem}-{picture.width}.jpg"] = _encoded(picture, "JPEG", picture.width)
    return files


def _smaller(width: int) -> list[int]:
    return [smaller for smaller in WIDTHS if smaller < width]


def _flat(picture: Image.Image) -> Image.Image:
    """Without transparency: the JPEG has none, and both should look alike."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    picture = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB")


def _encoded(picture: Image.Image, format: str, width: int) -> bytes:
    if width != picture.width:
        picture = picture.resize((width, max(1, round(picture.height * width / picture.width))))
    clean = Image.frombytes("RGB", picture.size, picture.tobytes())  # no EXIF, no comment, no colour profile
    file = BytesIO()
    clean.save(file, format, quality=82)
    return file.getvalue()


class PhotoField(forms.FileField):
    """An upload checked and written anew; `renditions` of the cleaned file holds what `store` keeps."""

    widget = AdminFileWidget

    def __init__(self, **kwargs):
        super().__init__(**{**kwargs, "widget": AdminFileWidget(attrs={"accept": "image/jpeg,image/png,image/webp"})})

    def to_python(self, data):
        upload = super().to_python(data)
        if upload is None:
            return None
        files = renditions(upload.read(MAX_BYTES + 1))
        name, main = next(iter(files.items()))
        clean = ContentFile(main, name.rpartition("/")[2])
        clean.renditions = files
        return clean


def store(files: dict[str, bytes]) -> str:
    """Write what is not there yet, and return the name for the model's field."""
    for name, data in files.items():
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(data))
    return next(iter(files))


def presented(place) -> dict | None:
    """What components/photo.html needs, or None where there is no photo."""
    match = NAME.fullmatch(place.photo.name) if place.photo else None
    if not match:
        return None
    width = int(match["width"])
    address = default_storage.url(match["stem"])
    return {
        "src": f"{address}-{width}.jpg",
        "srcset": ", ".join(f"{address}-{each}.webp {each}w" for each in (*_smaller(width), width)),
        "width": place.photo_width,
        "height": place.photo_height,
        "alt": localized(place, "photo_alt"),
        "credit": place.photo_credit,
    }
