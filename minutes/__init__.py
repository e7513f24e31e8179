"""The archive: parsing, storing, finding and showing minutes."""
