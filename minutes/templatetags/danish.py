"""Dates, times and numbers as Danes write them, whatever the locale of the system."""

import datetime

from django import template
from django.utils import timezone

register = template.Library()

MONTHS = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)
WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")


@register.filter
def danish_date(day: datetime.date | None) -> str:
    """14. juni 2017; blank for no date."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}" if day else ""


@register.filter
def short_date(day: datetime.date | None) -> str:
    """14. juni, where the year stands above; blank for no date."""
    return f"{day.day}. {MONTHS[day.month - 1]}" if day else ""


@register.filter
def weekday(day: datetime.date | None) -> str:
    """Onsdag; blank for no date."""
    return WEEKDAYS[day.weekday()] if day else ""


@register.filter
def month_name(month: int) -> str:
    """6 becomes juni."""
    return MONTHS[month - 1]


@register.filter
def clock(time: datetime.time | datetime.datetime | None) -> str:
    """kl. 13.00, with the full stop of Dansk Sprognævn's rules; blank for no time."""
    return f"kl. {time.hour}.{time.minute:02}" if time else ""


@register.filter
def danish_moment(moment: datetime.datetime | None) -> str:
    """14. juni 2017 kl. 13.00, by Danish time; blank for none."""
    return f"{danish_date(local)} {clock(local)}" if moment and (local := timezone.localtime(moment)) else ""


@register.filter
def number(value: int) -> str:
    """12.345: thousands are set off by full stops."""
    return f"{value:,}".replace(",", ".")


@register.simple_tag
def counted(value: int, one: str, many: str) -> str:
    """1 møde, 12 møder: the number with the word that fits it."""
    return f"{number(value)} {one if value == 1 else many}"
