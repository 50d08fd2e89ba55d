from django.urls import path

from policies import views

app_name = "policies"
urlpatterns = [
    path("policies/", views.policy_list, name="list"),
    path("designations/", views.designations, name="designations"),
    path("policies/<slug:slug>/", views.policy, name="policy"),
]
