"""What SITE_URL says about where the site stands."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def read_site_url(url: str) -> tuple[str, str, bool]:
    """The address without its last slash, its host as ALLOWED_HOSTS writes it, and whether this is production."""
    try:
        parts = urlsplit(url.strip())
        host, _port = parts.hostname or "", parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"SITE_URL {url!r} is no address: {error}.") from None
    if parts.scheme not in ("http", "https") or not host or parts.path.strip("/") or parts.query or parts.fragment:
        raise ImproperlyConfigured(f"SITE_URL {url!r} must look like https://cities.example.org, without a path.")
    if parts.scheme == "http" and not is_loopback(host):
        raise ImproperlyConfigured(
            f"SITE_URL {url!r} would send passwords in the clear. Use https, or http on 127.0.0.1 to try the site out."
        )
    return f"{parts.scheme}://{parts.netloc}", f"[{host}]" if ":" in host else host, parts.scheme == "https"
