"""Pages: one module an area. What may be seen is decided in `minutes.models.access`, never here."""
