"""Files into rows: what was read, corrected and stored, in one transaction.

Import `service` for what can be done with files, and `edits` for what an editor puts right.
"""
