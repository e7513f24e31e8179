"""The archive's words, and those that search treats alike."""

from django.contrib import admin

from minutes.models import Synonym, Word

from .base import ReadOnlyAdmin


@admin.register(Word)
class WordAdmin(ReadOnlyAdmin):
    fields = ["text", "open_count", "total_count"]
    list_display = ["text", "open_count"]
    search_fields = ["text"]

    def get_fields(self, request, obj=None):
        """How often a word stands in closed items too is for those who may read them."""
        return self.fields if request.user.has_perm("minutes.read_closed") else ["text", "open_count"]


@admin.register(Synonym)
class SynonymAdmin(admin.ModelAdmin):
    list_display = ["word", "meaning"]
    search_fields = ["word", "meaning"]
