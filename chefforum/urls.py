"""Addresses of the whole site: the archive's own, the admin's, and signing in and out."""

from importlib.util import find_spec

from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path

urlpatterns = [
    path("log-ind/", auth.LoginView.as_view(), name="login"),
    path("log-ud/", auth.LogoutView.as_view(), name="logout"),
    path("admin/", admin.site.urls),
]
if find_spec("minutes.urls"):
    urlpatterns.append(path("", include("minutes.urls")))
