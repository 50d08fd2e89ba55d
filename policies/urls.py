from django.urls import path

from policies.views import designations, lists, policy

app_name = "policies"
urlpatterns = [
    path("policies/", lists.policy_list, name="list"),
    path("designations/", designations.designations, name="designations"),
    path("policies/<slug:slug>/", policy.policy, name="policy"),
]
