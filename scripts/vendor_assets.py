"""Fetch Det Fælles Designsystem from npm and keep of it what the pages need, under static/vendor/dkfds/.

    python scripts/vendor_assets.py

Run it by hand to change the version; the result is committed, so that neither a clone nor a server needs npm. Standard
library and the `npm` command only. What npm hands over must have the pinned checksum, or nothing is written.

The package's style sheet is kept as it is but for five changes, each a function below: it loads whole fonts, in old
formats first, where the browser shall fetch only the WOFF2 parts that a page uses; it has a rule for each of 150 icons,
of which pages use some, from one sprite; it shows placeholder logos; it refers to a folder layout that is not ours; and
it writes its colours out everywhere, so that nothing but a second sheet of its size could make them dark.
"""

import base64
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from xml.etree import ElementTree

PACKAGE = "dkfds@11.2.0"
# Of the package's file, as npm's own lock files would pin it.
INTEGRITY = "sha512-JuVf8NjEOeF+TKIhEFXa3BfZvk1ulQM8+XN+6QhgDo6kiwwvupyBY34YU4FglBeyFWHbE5mYDmnrcYTWOSKkEA=="
TARGET = Path(__file__).resolve().parent.parent / "static" / "vendor" / "dkfds"

# Icons that templates/components/icon.html may name.
ICONS = (
    "arrow-back",
    "arrow-forward",
    "attach-file",
    "calendar-month",
    "chevron-left",
    "chevron-right",
    "close",
    "document",
    "download",
    "error",
    "file-pdf",
    "folder",
    "folder-open",
    "home",
    "info",
    "list-bulleted",
    "location",
    "lock",
    "open-in-new",
    "person",
    "search",
    "success",
    "time",
    "tune",
    "warning",
)

# The colours of the style sheet, and what they are for. static/css/tokens.css gives them others in the dark.
COLOURS = {
    "#1a1a1a": "ink",
    "#454545": "ink-soft",
    "#707070": "ink-quiet",
    "#8e8e8e": "line-strong",
    "#bfbfbf": "line",
    "#dcdcdc": "line-quiet",
    "#f5f5f5": "surface",
    "white": "paper",
    "black": "black",
    "#004d99": "link",
    "#800080": "visited",
    "#358000": "success",
    "#ddf7ce": "success-surface",
    "#febb30": "warning",
    "#ffeecc": "warning-surface",
    "#cc0000": "error",
    "#ffe0e0": "error-surface",
    "#1b86c3": "info",
    "#e2f2fb": "info-surface",
    "rgba(0, 0, 0, 0.2)": "shade",
    "rgba(0, 0, 0, 0.4)": "shade-strong",
    "rgba(255, 255, 255, 0.2)": "shine",
}
DARK = "screen and (prefers-color-scheme: dark)"

FACES = {"Regular": ("normal", 400), "Italic": ("italic", 400), "SemiBold": ("normal", 600), "Bold": ("normal", 700)}

# The characters that each part of the split fonts has, from the fonts' own character maps. Danish is within Latin1;
# Latin2 has the names of others, Pi has CO₂, arrows and fractions. A browser fetches a part when a page needs it.
PARTS = {
    "Latin1": "U+0-FF, U+131, U+152-153, U+2C6, U+2DA, U+2DC, U+2013-2014, U+2018-201A, U+201C-201E, U+2020-2022, "
    "U+2026, U+2030, U+2039-203A, U+2044, U+20AC, U+2122, U+2212, U+FB01-FB02",
    "Latin2": "U+100-101, U+104-130, U+132-151, U+154-17F, U+18F, U+192, U+1A0-1A1, U+1AF-1B0, U+1FA-1FF, U+218-21B, "
    "U+237, U+259, U+1E80-1E85, U+1E9E",
    "Pi": "U+2032-2033, U+2070, U+2074-2079, U+2080-2089, U+2113, U+2116, U+2126, U+212E, U+2150-2151, U+2153-215E, "
    "U+2190-2199, U+2202, U+2206, U+220F, U+2211, U+2215, U+221A, U+221E, U+222B, U+2248, U+2260, U+2264-2265, "
    "U+25CA, U+2713, U+274C",
}


def main() -> None:
    """Write static/vendor/dkfds/ anew, and a list of checksums of all that is in it."""
    members = unpack(fetch(PACKAGE, INTEGRITY))
    style = members["dist/css/dkfds.css"].decode()
    style = named_colours(flat_paths(without_logos(without_icon_rules(style))))
    shown = sorted(set(re.findall(r'url\("icons/([a-z0-9-]+)\.svg"\)', style)))
    style = own_fonts(named_icons(style, shown))
    files = {
        "dkfds.css": style.encode(),
        "icons.svg": sprite({name: members[f"dist/img/svg-icons/{name}.svg"] for name in ICONS}),
        "LICENSE.md": members["LICENSE.md"],
        "fonts/LICENSE.OFL-1.1.txt": members["dist/fonts/IBMPlexSans/split/woff2/license.txt"],
    }
    for name in shown:
        icon = members[f"dist/img/svg-icons/{name}.svg"]
        files |= {f"icons/{name}.svg": icon, f"icons/{name}-in-the-dark.svg": inverted(icon)}
    for face in FACES:
        for part in PARTS:
            name = f"IBMPlexSans-{face}-{part}.woff2"
            files[f"fonts/{name}"] = members[f"dist/fonts/IBMPlexSans/split/woff2/{name}"]
    write(files)


def fetch(package: str, integrity: str) -> bytes:
    """Return the package's .tgz from npm. Exits when its checksum is not the pinned one."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(  # noqa: S603 - constants of this file
            ["npm", "pack", package, "--silent", "--pack-destination", folder],  # noqa: S607 - npm from the PATH
            check=True,
            stdout=subprocess.DEVNULL,
        )
        (archive,) = Path(folder).glob("*.tgz")
        content = archive.read_bytes()
        digest = "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()
        if digest != integrity:
            sys.exit(f"{package} is not the file that was pinned: {digest} instead of {integrity}")
        return content


def unpack(archive: bytes) -> dict[str, bytes]:
    """Return the files of an npm package by their path in it, without the leading "package/"."""
    with tempfile.TemporaryFile() as file:
        file.write(archive)
        file.seek(0)
        with tarfile.open(fileobj=file) as tar:
            return {
                member.name.removeprefix("package/"): extracted.read()
                for member in tar
                if (extracted := tar.extractfile(member)) is not None
            }


def without_icon_rules(style: str) -> str:
    """Drop the rule of each icon: pages take them from the sprite, in the colour of the text around them."""
    return re.sub(r"\.icon-[a-z-]+:not\(a\)\{[^}]*\}\n*", "", style)


def without_logos(style: str) -> str:
    """Drop the placeholder logos of header and footer: the archive has none."""
    return re.sub(r' *background-image:url\("\.\./img/logo-[^)]*\);\n', "", style)


def flat_paths(style: str) -> str:
    """Point at icons/ beside the style sheet."""
    return style.replace("../img/svg-icons/", "icons/")


def named_colours(style: str) -> str:
    """Give every colour a name, a custom property whose value is the package's own. Exits at a colour without one."""
    colour = re.compile(r"#[0-9a-f]{3,8}\b|rgba?\([^)]*\)|(?<![\w-])(?:white|black)(?![\w-])", re.IGNORECASE)

    def named(match: re.Match[str]) -> str:
        name = COLOURS.get(match[0].lower())
        return f"var(--dkfds-{name})" if name else sys.exit(f"{match[0]} has no name in COLOURS")

    declared = re.compile(r"^( +[a-z-]+:)([^;]*;)$", re.MULTILINE)
    style = declared.sub(lambda match: match[1] + colour.sub(named, match[2]), style)
    return with_root(style, "".join(f"  --dkfds-{name}:{value};\n" for value, name in COLOURS.items()))


def named_icons(style: str, icons: list[str]) -> str:
    """Give every background icon a name too, and in the dark the inverted file."""
    style = re.sub(r'url\("icons/([a-z0-9-]+)\.svg"\)', r"var(--dkfds-icon-\1)", style)
    light, dark = (
        "".join(f'  --dkfds-icon-{icon}:url("icons/{icon}{end}.svg");\n' for icon in icons)
        for end in ("", "-in-the-dark")
    )
    return with_root(style, light, f"@media {DARK}{{\n:root{{\n{dark}}}\n}}\n")


def with_root(style: str, properties: str, more: str = "") -> str:
    """Put custom properties, and what else shall stand there, before the first rule."""
    head, body = style.split("\n", 1)  # @charset stays the first line
    return f"{head}\n:root{{\n{properties}}}\n{more}{body}"


def inverted(icon: bytes) -> bytes:
    """A black icon in white, a white one in black."""
    ElementTree.register_namespace("", "http://www.w3.org/2000/svg")
    root = ElementTree.fromstring(icon)  # noqa: S314 - its checksum is pinned
    is_white = any(part.get("fill", "").lower() in {"white", "#ffffff", "#fff"} for part in root.iter())
    for part in root.iter():
        if part.get("fill") not in {None, "none"}:
            del part.attrib["fill"]
    root.set("fill", "#16191d" if is_white else "#fff")
    return ElementTree.tostring(root)


def own_fonts(style: str) -> str:
    """Put WOFF2 parts with their ranges of characters in the place of the whole fonts."""
    faces = "".join(
        "@font-face{\n"
        '  font-family:"IBM Plex Sans";\n'
        f"  font-style:{form};\n"
        f"  font-weight:{weight};\n"
        f'  src:url("fonts/IBMPlexSans-{face}-{part}.woff2") format("woff2");\n'
        f"  unicode-range:{characters};\n"
        "  font-display:swap;\n"
        "}\n"
        for face, (form, weight) in FACES.items()
        for part, characters in PARTS.items()
    )
    head, body = style.split("\n", 1)  # @charset stays the first line
    return f"{head}\n{faces}" + re.sub(r"@font-face\{[^}]*\}\n*", "", body)


def sprite(icons: dict[str, bytes]) -> bytes:
    """Return one SVG with a symbol for each icon."""
    svg = "http://www.w3.org/2000/svg"
    ElementTree.register_namespace("", svg)
    root = ElementTree.Element(f"{{{svg}}}svg")
    for name, content in icons.items():
        icon = ElementTree.fromstring(content)  # noqa: S314 - its checksum is pinned
        symbol = ElementTree.SubElement(root, f"{{{svg}}}symbol", id=name, viewBox=icon.attrib["viewBox"])
        symbol.extend(icon)
    ElementTree.indent(root, " ")
    return ElementTree.tostring(root) + b"\n"


def write(files: dict[str, bytes]) -> None:
    """Write `files` below TARGET, delete what an earlier version left there, and note every checksum."""
    kept_by_hand = {"README.md", "LICENSE.Apache-2.0.txt"}
    for path in TARGET.rglob("*"):
        name = path.relative_to(TARGET).as_posix()
        if path.is_file() and name not in files and name not in kept_by_hand:
            path.unlink()
    for name, content in files.items():
        path = TARGET / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    sums = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    (TARGET / "SHA256SUMS").write_text("".join(sums))
    print(f"{len(files)} files, {sum(map(len, files.values()))} bytes in {TARGET}")  # noqa: T201 - a command's answer


if __name__ == "__main__":
    main()
