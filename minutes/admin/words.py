"""The archive's words, and those that search treats alike."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.urls import reverse

from minutes.models import Synonym, Word
from minutes.search.synonyms import MOST_WORDS, count_words, is_same

from .base import ReadOnlyAdmin, VisibleRows
from .shows_history import ShowsHistory


@admin.register(Word)
class WordAdmin(ReadOnlyAdmin):
    fields = ["text", "open_count", "total_count"]
    list_display = ["text", "open_count"]
    search_fields = ["text"]

    def get_fields(self, request, obj=None):
        """How often a word stands in closed items too is for those who may read them."""
        return self.fields if request.user.has_perm("minutes.read_closed") else ["text", "open_count"]


class SynonymForm(forms.ModelForm):
    """An entry of the list. Two sides that search takes for the same already, and a second one like it, are refused."""

    class Meta:
        model = Synonym
        fields = ["word", "meaning"]
        help_texts = {
            "word": "En forkortelse eller et ord: APV, byråd. Skriv det i grundform.",
            "meaning": "Det, som ordet betyder. Betyder det flere ting, så lav en linje for hver.",
        }

    def clean_word(self) -> str:
        return _checked(self.cleaned_data["word"])

    def clean_meaning(self) -> str:
        return _checked(self.cleaned_data["meaning"])

    def clean(self) -> dict[str, Any]:
        word, meaning = self.cleaned_data.get("word"), self.cleaned_data.get("meaning")
        if word and meaning:
            if is_same(word, meaning):
                self.add_error("meaning", "De to er det samme ord for søgningen, så linjen gør ingen forskel.")
            elif like := Synonym.objects.exclude(pk=self.instance.pk).like(word, meaning):
                self.add_error("meaning", f"Det står allerede på listen: {like}.")
        return self.cleaned_data


def _checked(typed: str) -> str:
    """`typed` with single blanks, when search can make use of it."""
    words = " ".join(typed.split())
    count = count_words(words)
    if count == 0:
        raise ValidationError("Skriv mindst ét bogstav eller tal.")
    if count > MOST_WORDS:
        raise ValidationError(f"Skriv højst {MOST_WORDS} ord.")
    return words


@admin.register(Synonym)
class SynonymAdmin(ShowsHistory):
    form = SynonymForm
    formfield_overrides = VisibleRows.formfield_overrides
    list_display = ["word", "meaning"]
    search_fields = ["word", "meaning"]
    list_per_page = 50

    def view_on_site(self, obj: Synonym) -> str:
        """The list as readers see it."""
        return reverse("abbreviations")
