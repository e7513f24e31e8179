"""Forms in the look of Det Fælles Designsystem, and fields that take what Danes type."""

import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from minutes.parsing.dates import InvalidDate, parse_date


class LoginForm(AuthenticationForm):
    """Django's own, with the design system's class on its inputs and words that people use."""

    error_messages = AuthenticationForm.error_messages | {
        "invalid_login": "Brugernavnet eller adgangskoden er forkert. Der er forskel på store og små bogstaver.",
    }

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-input"

    def get_invalid_login_error(self) -> ValidationError:
        """Says how many tries are left, when they are few; counted for names that nobody has too."""
        error = super().get_invalid_login_error()
        failures = getattr(self.request, "axes_failures_since_start", None)
        left = settings.AXES_FAILURE_LIMIT - failures if failures else 0
        if left not in (1, 2):
            return error
        minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
        tries = "ét forsøg" if left == 1 else "to forsøg"
        return ValidationError([error, f"Der er {tries} tilbage. Derefter er login lukket i {minutes} minutter."])


class OwnPasswordForm(PasswordChangeForm):
    """Django's own, with the design system's class on its inputs and the rules in one sentence."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-input"
        self.fields["new_password1"].help_text = (
            f"Mindst {settings.PASSWORD_LENGTH} tegn, ikke kun tal, og hverken noget, der minder om dit navn, "
            "eller en adgangskode, som mange bruger."
        )
        self.fields["new_password2"].label = "Ny adgangskode igen"
        self.fields["new_password2"].help_text = ""

    def validate_password_for_user(self, user: AbstractBaseUser, *args: Any) -> None:
        """What is wrong with the password is said where it was typed first, beside the rules."""
        super().validate_password_for_user(user, "new_password1")


class DanishDateField(forms.DateField):
    """A date in any form that minutes use: 20. marts 2025, 20/3 2025, 20-03-2025. What is wrong is said in Danish."""

    def to_python(self, value: Any) -> datetime.date | None:
        try:
            return super().to_python(value)
        except ValidationError:
            try:
                return parse_date(str(value))
            except InvalidDate as error:
                raise ValidationError(str(error), code="invalid") from error
