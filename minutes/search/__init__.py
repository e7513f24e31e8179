"""Search that understands Danish: analysis of words, the index, queries and hits."""
