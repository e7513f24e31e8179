"""Forms in the look of Det Fælles Designsystem, and fields that take what Danes type."""

import datetime
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
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
