"""Every address of the site, and what each role gets there. The one table: tests of access and of pages walk it.

A row's answers stand in the order of `archive.ROLES`, once as the site is set up by default, once with OPEN_TO_ALL.
"login" is a redirect to the login page, "staff" to that of the admin, "->/address/" to that address; a number is the
answer's status. What lies behind /admin/ goes by rows, and has its table in tests/admin/test_admin_access.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests import drafts
from tests.archive import CLOSED_CASE, OPEN_CASE


@dataclass(frozen=True)
class Row:
    """An address. `route` is as urls.py writes it, None where none may match; `page` tells whether it is a page of the
    archive for a reader."""

    route: str | None
    address: str
    by_default: str
    open_to_all: str
    page: bool = False
    method: str = "get"


#                      anonym rolleløs læser redaktør adm. lukkede superbr.
READING = "login 403 200 200 200 200 200", "200 200 200 200 200 200 200"
CLOSED = "login 403 404 404 404 200 200", "404 404 404 404 404 200 200"
NOWHERE = "login 403 404 404 404 404 404", "404 404 404 404 404 404 404"
ABSENT = "404 404 404 404 404 404 404", "404 404 404 404 404 404 404"
OWN = "login 200 200 200 200 200 200", "login 200 200 200 200 200 200"
EVERYBODY = "200 200 200 200 200 200 200", "200 200 200 200 200 200 200"
LINKING = "login 403 403 200 200 403 200", "login 403 403 200 200 403 200"
LINKING_CLOSED = "login 403 403 404 404 403 200", "login 403 403 404 404 403 200"
DISCARDING = "login 403 403 404 404 403 404", "login 403 403 404 404 403 404"  # no such draft
SIGNING_OUT = "->/log-ind/ ->/log-ind/ ->/log-ind/ ->/log-ind/ ->/log-ind/ ->/log-ind/ ->/log-ind/"
PREVIEWED = "login 403 403 ->/moeder/2018-03-07/ ->/moeder/2018-03-07/ 403 ->/moeder/2018-03-07/"  # and published
OUTDATED = f"login 403 403 ->/kladder/{drafts.OPEN}/ ->/kladder/{drafts.OPEN}/ 403 ->/kladder/{drafts.OPEN}/"
_MEETING, _ITEM = "->/moeder/2017-06-14/", "->/moeder/2017-06-14/punkt/2/"
CONFIRMING_MEETING = f"login 403 403 {_MEETING} {_MEETING} 403 {_MEETING}"
CONFIRMING_ITEM = f"login 403 403 {_ITEM} {_ITEM} 403 {_ITEM}"
CONFIRMING_CLOSED = "login 403 403 404 404 403 ->/moeder/2016-10-11/punkt/2/"
STAFF = "login staff staff 200 200 staff 200"
GOVERNING = "login 403 403 403 200 403 200", "login 403 403 403 200 403 200"
GOVERNING_CLOSED = "login 403 403 403 404 403 200", "login 403 403 403 404 403 200"


def _leads(address: str) -> tuple[str, str]:
    return " ".join([f"->{address}"] * 7), " ".join([f"->{address}"] * 7)


TABLE = (
    Row("", "/", *READING, page=True),
    Row("moeder/", "/moeder/", *READING, page=True),
    Row("moeder/", "/moeder/?dato=15/6+2017", *READING, page=True),
    Row("moeder/", "/moeder/?dato=hokus", *READING, page=True),
    Row("moeder/<year:year>/", "/moeder/2017/", *READING, page=True),
    Row("moeder/<year:year>/", "/moeder/2015/", *CLOSED),
    Row("moeder/<year:year>/", "/moeder/1999/", *NOWHERE),
    Row("moeder/<meeting:slug>/", "/moeder/2017-06-14/", *READING, page=True),
    Row("moeder/<meeting:slug>/", "/moeder/2016-10-11/", *READING, page=True),
    Row("moeder/<meeting:slug>/", "/moeder/2015-05-05/", *CLOSED),
    Row("moeder/<meeting:slug>/", "/moeder/2017-06-15/", *NOWHERE),
    Row("moeder/<meeting:slug>/punkt/<number:number>/", "/moeder/2017-06-14/punkt/2/", *READING, page=True),
    Row("moeder/<meeting:slug>/punkt/<number:number>/", "/moeder/2017-06-14/punkt/3/", *READING, page=True),
    Row("moeder/<meeting:slug>/punkt/<number:number>/", "/moeder/2016-10-11/punkt/2/", *CLOSED),
    Row(None, "/moeder/2017-06-14/punkt/03/", *ABSENT),  # one address a page
    Row("moeder/<meeting:slug>/punkt/<number:number>/", "/moeder/2015-05-05/punkt/1/", *CLOSED),
    Row("moeder/<meeting:slug>/gennemset/", "/moeder/2017-06-14/gennemset/", *[CONFIRMING_MEETING] * 2, method="post"),
    Row(
        "moeder/<meeting:slug>/punkt/<number:number>/gennemset/",
        "/moeder/2017-06-14/punkt/2/gennemset/",
        *[CONFIRMING_ITEM] * 2,
        method="post",
    ),
    Row(
        "moeder/<meeting:slug>/punkt/<number:number>/gennemset/",
        "/moeder/2016-10-11/punkt/2/gennemset/",
        *[CONFIRMING_CLOSED] * 2,
        method="post",
    ),
    Row("moeder/<meeting:slug>/punkt/<number:number>/sammen/", "/moeder/2017-06-14/punkt/2/sammen/", *LINKING),
    Row("moeder/<meeting:slug>/punkt/<number:number>/sammen/", "/moeder/2016-10-11/punkt/2/sammen/", *LINKING_CLOSED),
    Row("moeder/<meeting:slug>/ret/", "/moeder/2017-06-14/ret/", *LINKING),
    Row("moeder/<meeting:slug>/ret/", "/moeder/2016-10-11/ret/", *LINKING_CLOSED),
    Row("moeder/<meeting:slug>/ret/", "/moeder/2015-05-05/ret/", *LINKING_CLOSED),
    Row("moeder/<meeting:slug>/ret/moede/", "/moeder/2017-06-14/ret/moede/", *LINKING),
    Row("moeder/<meeting:slug>/ret/moede/", "/moeder/2016-10-11/ret/moede/", *LINKING_CLOSED),
    Row("moeder/<meeting:slug>/ret/punkt/<number:number>/", "/moeder/2017-06-14/ret/punkt/2/", *LINKING),
    Row("moeder/<meeting:slug>/ret/punkt/<number:number>/", "/moeder/2016-10-11/ret/punkt/2/", *LINKING_CLOSED),
    Row(
        "moeder/<meeting:slug>/ret/punkt/<number:number>/graenser/",
        "/moeder/2017-06-14/ret/punkt/2/graenser/",
        *LINKING,
    ),
    Row(
        "moeder/<meeting:slug>/ret/punkt/<number:number>/graenser/",
        "/moeder/2016-10-11/ret/punkt/2/graenser/",
        *LINKING_CLOSED,
    ),
    Row("moeder/<meeting:slug>/udgaver/", "/moeder/2017-06-14/udgaver/", *READING, page=True),
    Row("moeder/<meeting:slug>/udgaver/", "/moeder/2016-10-11/udgaver/", *CLOSED),
    Row("moeder/<meeting:slug>/udgaver/sammenlign/", "/moeder/2016-10-11/udgaver/sammenlign/", *DISCARDING),
    Row("moeder/<meeting:slug>/udgaver/<number:number>/", "/moeder/2017-06-14/udgaver/1/", *READING),
    Row("moeder/<meeting:slug>/udgaver/<number:number>/", "/moeder/2016-10-11/udgaver/1/", *CLOSED),
    Row("moeder/<meeting:slug>/udgaver/<number:number>/", "/moeder/2017-06-14/udgaver/2/", *NOWHERE),
    Row("moeder/<meeting:slug>/original/", "/moeder/2017-06-14/original/", *READING),
    Row("moeder/<meeting:slug>/original/", "/moeder/2016-10-11/original/", *CLOSED),
    Row("moeder/<meeting:slug>/original/", "/moeder/2015-05-05/original/", *CLOSED),
    # The archive of these rows has texts, which have no pages: tests/views/test_page_images.py asks for PDFs'.
    Row("moeder/<meeting:slug>/original/side/<number:page>/", "/moeder/2017-06-14/original/side/1/", *NOWHERE),
    Row("moeder/<meeting:slug>/slet-endeligt/", "/moeder/2017-06-14/slet-endeligt/", *GOVERNING),
    Row("moeder/<meeting:slug>/slet-endeligt/", "/moeder/2016-10-11/slet-endeligt/", *GOVERNING_CLOSED),
    Row("moeder/<meeting:slug>/slet-endeligt/", "/moeder/2015-05-05/slet-endeligt/", *GOVERNING_CLOSED),
    Row("slet-endeligt/", "/slet-endeligt/", *GOVERNING),
    Row("slet-endeligt/<number:key>/", "/slet-endeligt/0/", *["login 403 403 403 404 403 404"] * 2),
    Row("indsigt/", "/indsigt/", *GOVERNING),
    Row("sager/", "/sager/", *READING, page=True),
    Row("sager/<case:slug>/", f"/sager/{OPEN_CASE}/", *READING, page=True),
    Row("sager/<case:slug>/", f"/sager/{CLOSED_CASE}/", *CLOSED),
    Row("sager/", "/sager/?nummer=A00", *READING, page=True),
    Row("sager/", "/sager/?nummer=x", *READING, page=True),
    Row("sager/andre-numre/", "/sager/andre-numre/", *NOWHERE),
    Row("emner/", "/emner/", *READING, page=True),
    Row("emner/<subject:code>/", "/emner/00/", *READING, page=True),
    Row("emner/<subject:code>/", "/emner/00.01/", *READING, page=True),
    Row("emner/<subject:code>/", "/emner/00.01.00/", *READING, page=True),
    Row("emner/<subject:code>/", "/emner/27/", *CLOSED),
    Row("emner/<subject:code>/", "/emner/27.00.00/", *CLOSED),
    Row("emner/<subject:code>/", "/emner/99.01/", *NOWHERE),
    Row(None, "/emner/0/", *ABSENT),
    Row("beslutninger/", "/beslutninger/", *READING, page=True),
    Row("beslutninger/", "/beslutninger/?aar=2017&type=godkendt&q=budget&faste=ja", *READING, page=True),
    Row("beslutninger/", "/beslutninger/?aar=1999&q=abc&gruppe=%C3%86", *READING, page=True),
    Row("beslutninger/csv/", "/beslutninger/csv/?aar=2017", *READING),
    Row("soeg/", "/soeg/", *READING, page=True),
    Row("soeg/", "/soeg/?q=budget", *READING, page=True),
    Row("soeg/", "/soeg/?q=katalog&aar=1999&fra=31-02-2020", *READING, page=True),
    Row("soeg/forslag/", "/soeg/forslag/?q=bud", *READING),
    Row("søg/", "/søg/", *_leads("/soeg/")),
    Row("søg/", "/søg/?q=budget&aar=2017", *_leads("/soeg/?q=budget&aar=2017")),
    Row("søg/<path:rest>", "/søg/forslag/?q=bud", *_leads("/soeg/forslag/?q=bud")),
    Row("mangler/", "/mangler/", *READING, page=True),
    Row("mangler/", "/mangler/?del=bilag&side=2", *READING, page=True),
    Row("frister/", "/frister/", *READING, page=True),
    Row("frister/", "/frister/?vis=passerede&q=budget&hvem=HR&aar=x&side=9", *READING, page=True),
    Row("frister/kalender.ics", "/frister/kalender.ics", *READING),
    Row("forkortelser/", "/forkortelser/", *READING, page=True),
    Row("laeg-op/", "/laeg-op/", *LINKING),
    Row("læg-op/", "/læg-op/", *_leads("/laeg-op/")),
    Row("kladder/", "/kladder/", *LINKING),
    Row("kladder/", "/kladder/?side=9", *LINKING),
    Row("kladder/<number:key>/", f"/kladder/{drafts.OPEN}/", *LINKING),
    Row("kladder/<number:key>/", f"/kladder/{drafts.CLOSED}/", *LINKING_CLOSED),
    Row("kladder/<number:key>/", f"/kladder/{drafts.OF_ANOTHER}/", *["login 403 403 404 200 403 200"] * 2),
    Row("kladder/<number:key>/", f"/kladder/{drafts.DISCARDED}/", *["login 403 403 410 410 403 410"] * 2),
    Row("kladder/<number:key>/", f"/kladder/{drafts.PUBLISHED}/", *[PREVIEWED] * 2),
    Row("kladder/<number:key>/", "/kladder/999999/", *DISCARDING),
    Row(
        "kladder/<number:key>/laeg-i-arkivet/",
        f"/kladder/{drafts.OPEN}/laeg-i-arkivet/",
        *[OUTDATED] * 2,
        method="post",
    ),
    Row(
        "kladder/<number:key>/laeg-i-arkivet/",
        f"/kladder/{drafts.CLOSED}/laeg-i-arkivet/",
        *[f"login 403 403 404 404 403 ->/kladder/{drafts.CLOSED}/"] * 2,
        method="post",
    ),
    Row("kladder/<number:key>/moede/", f"/kladder/{drafts.OPEN}/moede/", *LINKING),
    Row("kladder/<number:key>/moede/", f"/kladder/{drafts.CLOSED}/moede/", *LINKING_CLOSED),
    Row("kladder/<number:key>/punkt/<number:number>/", f"/kladder/{drafts.OPEN}/punkt/1/", *LINKING),
    Row("kladder/<number:key>/punkt/<number:number>/", f"/kladder/{drafts.CLOSED}/punkt/1/", *LINKING_CLOSED),
    Row("kladder/<number:key>/punkt/<number:number>/graenser/", f"/kladder/{drafts.OPEN}/punkt/1/graenser/", *LINKING),
    Row("kladder/<number:key>/side/<number:page>/", "/kladder/999999/side/1/", *NOWHERE),
    Row("kladder/<number:key>/moede/", "/kladder/999999/moede/", *DISCARDING),
    Row("kladder/<number:key>/punkt/<number:number>/", "/kladder/999999/punkt/2/", *DISCARDING),
    Row("kladder/<number:key>/punkt/<number:number>/graenser/", "/kladder/999999/punkt/2/graenser/", *DISCARDING),
    Row("kladder/<number:key>/kasser/", "/kladder/999999/kasser/", *DISCARDING, method="post"),
    Row("hjaelp/", "/hjaelp/", *READING, page=True),
    Row("stil/", "/stil/", *READING),  # axe sees it in tests/browser/test_style_guide_in_browser.py
    Row("hjælp/", "/hjælp/", *_leads("/hjaelp/")),
    Row("was/", "/was/", *EVERYBODY, page=True),
    Row("møder/", "/møder/", *_leads("/moeder/")),
    Row("møder/<path:rest>", "/møder/2017-06-14/punkt/2/", *_leads("/moeder/2017-06-14/punkt/2/")),
    Row("log-ind/", "/log-ind/", *EVERYBODY),
    Row("log-ud/", "/log-ud/", SIGNING_OUT, SIGNING_OUT, method="post"),
    Row("konto/adgangskode/", "/konto/adgangskode/", *OWN, page=True),
    Row("admin/login/", "/admin/login/", *_leads("/log-ind/")),
    Row("admin/logout/", "/admin/logout/", SIGNING_OUT, SIGNING_OUT, method="post"),
    Row("admin/", "/admin/", STAFF, STAFF),
)

PAGES = tuple(row.address for row in TABLE if row.page)
