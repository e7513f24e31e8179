"""The files of others: as the script wrote them, with licences beside, and enough for every page."""

import hashlib
import re
from pathlib import Path

from django.conf import settings

VENDOR = Path(settings.BASE_DIR, "static", "vendor", "dkfds")
TEMPLATES = Path(settings.BASE_DIR, "templates")
BY_HAND = {"README.md", "LICENSE.Apache-2.0.txt", "SHA256SUMS"}


def test_nobody_has_changed_them_by_hand() -> None:
    listed = dict(reversed(line.split("  ")) for line in (VENDOR / "SHA256SUMS").read_text().splitlines())
    files = {path.relative_to(VENDOR).as_posix(): path for path in VENDOR.rglob("*") if path.is_file()}
    assert set(files) - BY_HAND == set(listed)
    assert {name: hashlib.sha256(files[name].read_bytes()).hexdigest() for name in listed} == listed


def test_licences_lie_beside() -> None:
    assert "MIT license" in (VENDOR / "LICENSE.md").read_text()
    assert "SIL OPEN FONT LICENSE" in (VENDOR / "fonts" / "LICENSE.OFL-1.1.txt").read_text()
    assert "Apache License" in (VENDOR / "LICENSE.Apache-2.0.txt").read_text()


def test_style_sheets_ask_for_what_is_here() -> None:
    for sheet in Path(settings.BASE_DIR, "static").rglob("*.css"):
        style = sheet.read_text(encoding="utf-8")
        for address in re.findall(r"url\(\s*['\"]?([^)'\"]+)", style):
            assert (sheet.parent / address).is_file(), f"{address} in {sheet.name}"
        assert "@import" not in style
        assert "sourceMappingURL" not in style


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    icons = set(re.findall(r'id="([a-z-]+)"', (VENDOR / "icons.svg").read_text()))
    named = {"info", "success", "warning", "error"}  # components/alert.html, by kind
    for template in TEMPLATES.rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        named |= set(re.findall(r'(?:icon\.html" with name|\bicon)="([a-z-]+)"', text))
    assert named <= icons
