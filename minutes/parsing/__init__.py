"""From a file's bytes to ParsedMinutes: pure, without Django, database or network.

bytes -> readers -> lines -> recognisers -> assemble -> ParsedMinutes
"""
