"""Erasing for good, and everything held for one person's name."""

from __future__ import annotations

from types import SimpleNamespace

from minutes.models.erasures import ErasedKind, Erasure

from .example import Example

_SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
_ERASURE = Erasure(pk=1, kind=ErasedKind.SOURCE, sha256=_SHA256)
_FILES = [
    SimpleNamespace(name="Referat af 4. marts 2031.pdf", kind="", edition=2, size=151_000, sha256=_SHA256),
    SimpleNamespace(name="Forslag til åbningstider.docx", kind="bilag", edition=None, size=24_000, sha256=_SHA256),
    SimpleNamespace(name="referat.txt", kind="", edition=None, size=0, sha256=_SHA256),
]


def _marked(*texts: str) -> list[SimpleNamespace]:
    """Every other text is marked, from the second."""
    return [SimpleNamespace(text=text, is_marked=place % 2 == 1) for place, text in enumerate(texts)]


EXAMPLES = {
    "erased_counts": [
        Example(
            "møder og ord",
            {
                "changes": [
                    SimpleNamespace(what="Møder", before=41, after=40),
                    SimpleNamespace(what="Ord, som søgningen kender", before=12_480, after=12_431),
                ]
            },
        )
    ],
    "erased_files": [Example("udgave, bilag og kladde", {"files": _FILES})],
    "erasure_buttons": [
        Example("filen ligger der endnu", {"erasure": _ERASURE, "is_left": [1], "csrf_token": "stil"}),
        Example("kun spærringen er tilbage", {"erasure": _ERASURE, "is_left": [], "csrf_token": "stil"}),
    ],
    "insight_account": [
        Example(
            "en konto",
            {
                "account": SimpleNamespace(
                    user=SimpleNamespace(username="redaktør"), facts=[("Sidst logget ind", "Aldrig")]
                )
            },
        )
    ],
    "insight_group": [
        Example(
            "et møde",
            {
                "heading": "Mødet 4. marts 2031",
                "places": [
                    SimpleNamespace(
                        where="Punkt 2, beslutning",
                        address="#",
                        passages=[_marked("Det gør ", "kantinens bestyrer", " inden sommer.")],
                        more=2,
                    ),
                    SimpleNamespace(
                        where="En tidligere udgave",
                        address="",
                        passages=[_marked("", "Bestyreren", " var med.")],
                        more=0,
                    ),
                ],
            },
        )
    ],
}
