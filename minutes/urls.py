"""The archive's addresses. They are permanent: people keep them in mails and in other systems."""

from django.contrib.auth.decorators import login_not_required
from django.urls import get_script_prefix, path, register_converter
from django.views.generic import RedirectView

from . import converters
from .views import (
    abbreviations,
    calendar,
    cases,
    confirming,
    correcting,
    deadlines,
    decisions,
    drafts,
    editions,
    erasing,
    front,
    help,
    insight,
    items,
    linking,
    meetings,
    missing,
    originals,
    page_images,
    preview,
    register_file,
    search,
    style_guide,
    subjects,
    uploading,
    years,
)

register_converter(converters.NumberConverter, "number")
register_converter(converters.YearConverter, "year")
register_converter(converters.MeetingSlugConverter, "meeting")
register_converter(converters.CaseSlugConverter, "case")
register_converter(converters.SubjectConverter, "subject")


class _Elsewhere(RedirectView):
    def get_redirect_url(self, *args, **kwargs) -> str:
        return get_script_prefix().rstrip("/") + super().get_redirect_url(*args, **kwargs)


def _leads_to(address: str):
    """A view for an address with æ, ø or å, which people type: it leads to the one in ASCII."""
    return login_not_required(_Elsewhere.as_view(url=address, permanent=True, query_string=True))


urlpatterns = [
    path("", front.show, name="front"),
    path("moeder/", years.index, name="meetings"),
    path("moeder/<year:year>/", years.in_year, name="year"),
    path("moeder/<meeting:slug>/", meetings.show, name="meeting"),
    path("moeder/<meeting:slug>/punkt/<number:number>/", items.show, name="item"),
    path("moeder/<meeting:slug>/gennemset/", confirming.meeting, name="confirm-meeting"),
    path("moeder/<meeting:slug>/punkt/<number:number>/gennemset/", confirming.item, name="confirm-item"),
    path("moeder/<meeting:slug>/punkt/<number:number>/sammen/", linking.show, name="item-links"),
    path("moeder/<meeting:slug>/ret/", preview.correct, name="correct"),
    path("moeder/<meeting:slug>/ret/moede/", correcting.facts, name="correct-facts"),
    path("moeder/<meeting:slug>/ret/punkt/<number:number>/", correcting.item, name="correct-item"),
    path("moeder/<meeting:slug>/ret/punkt/<number:number>/graenser/", correcting.borders, name="correct-borders"),
    path("moeder/<meeting:slug>/original/", originals.show, name="original"),
    path("moeder/<meeting:slug>/original/side/<number:page>/", page_images.of_original, name="original-page"),
    path("moeder/<meeting:slug>/udgaver/", editions.index, name="editions"),
    path("moeder/<meeting:slug>/udgaver/sammenlign/", editions.side_by_side, name="editions-compared"),
    path("moeder/<meeting:slug>/udgaver/<number:number>/", editions.original, name="edition-original"),
    path("moeder/<meeting:slug>/slet-endeligt/", erasing.meeting, name="erase-meeting"),
    path("slet-endeligt/", erasing.index, name="erasures"),
    path("slet-endeligt/<number:key>/", erasing.source, name="erase-source"),
    path("indsigt/", insight.show, name="insight"),
    path("sager/", cases.index, name="cases"),
    path("sager/andre-numre/", subjects.others, name="other_cases"),
    path("sager/<case:slug>/", cases.show, name="case"),
    path("emner/", subjects.index, name="subjects"),
    path("emner/<subject:code>/", subjects.show, name="subject"),
    path("beslutninger/", decisions.show, name="decisions"),
    path("beslutninger/csv/", register_file.show, name="decisions-file"),
    path("soeg/", search.show, name="search"),
    path("soeg/forslag/", search.suggestions, name="suggestions"),
    path("frister/", deadlines.show, name="deadlines"),
    path("frister/kalender.ics", calendar.download, name="calendar"),
    path("mangler/", missing.show, name="missing"),
    path("forkortelser/", abbreviations.show, name="abbreviations"),
    path("hjaelp/", help.show, name="help"),
    path("was/", help.accessibility, name="accessibility"),
    path("stil/", style_guide.show, name="style_guide"),
    path("laeg-op/", uploading.show, name="upload"),
    path("kladder/", drafts.index, name="drafts"),
    path("kladder/<number:key>/", preview.draft, name="draft"),
    path("kladder/<number:key>/laeg-i-arkivet/", preview.publish, name="draft-publish"),
    path("kladder/<number:key>/side/<number:page>/", page_images.of_source, name="page-image"),
    path("kladder/<number:key>/kasser/", drafts.discard, name="discard-draft"),
    path("kladder/<number:key>/moede/", correcting.draft_facts, name="draft-facts"),
    path("kladder/<number:key>/punkt/<number:number>/", correcting.draft_item, name="draft-item"),
    path("kladder/<number:key>/punkt/<number:number>/graenser/", correcting.draft_borders, name="draft-borders"),
    path("læg-op/", _leads_to("/laeg-op/"), name="upload-typed"),
    path("hjælp/", _leads_to("/hjaelp/"), name="help-typed"),
    path("møder/", _leads_to("/moeder/"), name="meetings-typed"),
    path("møder/<path:rest>", _leads_to("/moeder/%(rest)s"), name="meeting-typed"),
    path("søg/", _leads_to("/soeg/"), name="search-typed"),
    path("søg/<path:rest>", _leads_to("/soeg/%(rest)s"), name="suggestions-typed"),
]
