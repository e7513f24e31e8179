"""Addresses of the whole site: the archive's own, the admin's, and signing in and out."""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path

from minutes.forms import LoginForm

urlpatterns = [
    path("log-ind/", auth.LoginView.as_view(authentication_form=LoginForm), name="login"),
    path("log-ud/", auth.LogoutView.as_view(), name="logout"),
    path("admin/", admin.site.urls),
    path("", include("minutes.urls")),
]
