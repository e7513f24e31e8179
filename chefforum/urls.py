"""Addresses of the whole site: the archive's own, the admin's, and signing in and out."""

from django.contrib import admin
from django.urls import include, path

from minutes.views import accounts

urlpatterns = [
    path("log-ind/", accounts.LogIn.as_view(), name="login"),
    path("log-ud/", accounts.LogOut.as_view(), name="logout"),
    path("konto/adgangskode/", accounts.OwnPassword.as_view(), name="own-password"),
    path("admin/login/", accounts.to_login),
    path("admin/logout/", accounts.LogOut.as_view()),
    path("admin/", admin.site.urls),
    path("", include("minutes.urls")),
]

handler400 = "minutes.views.errors.not_understood"
