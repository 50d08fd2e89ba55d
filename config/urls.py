from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from config.views import about, coverage, errors, figures, gallery, health, home, media, notes, search

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("media/<path:name>", media.media, name="media"),
    path("favicon.ico", media.favicon, name="favicon"),
]

# English has no prefix, Chinese stands under /zh-hans/.
urlpatterns += i18n_patterns(
    path("admin/", admin.site.urls),
    path("", home.home, name="home"),
    path("figures/<slug:uid>/", figures.figure, name="figure"),
    path("search/", search.search, name="search"),
    path("notes/", notes.notes, name="notes"),
    path("about/", about.about, name="about"),
    path("about/methods/", about.methods, name="methods"),
    path("about/accessibility/", about.accessibility, name="accessibility"),
    path("about/coverage/", coverage.coverage, name="coverage"),
    path("about/components/", gallery.components, name="components"),
    path("", include("indicators.urls")),
    path("", include("policies.urls")),
    prefix_default_language=False,
)
