"""Words about original files, and links into them."""

from django import template

from minutes.models import SourceDocument

register = template.Library()

PDF = "application/pdf"
KINDS = {
    PDF: "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "text/markdown": "Markdown",
    "text/plain": "Tekst",
}


@register.filter
def file_kind(source: SourceDocument) -> str:
    """PDF, Word: what people call the file's type."""
    return KINDS.get(source.media_type, "Fil")


@register.simple_tag
def page_anchor(source: SourceDocument, page: int | None = None) -> str:
    """The end of an address that opens a PDF at `page`; blank where the file has no pages to open."""
    return f"#page={page}" if page and source.media_type == PDF else ""
