from django.urls import path

from policies.views import designations, following, lists, policy, targets

app_name = "policies"
urlpatterns = [
    path("policies/", lists.policy_list, name="list"),
    path("policies.atom", following.policies_feed, name="feed"),
    path("policies.ics", following.policies_calendar, name="calendar"),
    path("targets/", targets.targets, name="targets"),
    path("targets/<slug:uid>.atom", following.target_feed, name="target_feed"),
    path("designations/", designations.designations, name="designations"),
    path("policies/<slug:slug>/", policy.policy, name="policy"),
]
