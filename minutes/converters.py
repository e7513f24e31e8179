"""What a piece of an address may look like. Whether there is such a meeting or case, the view finds out."""


class YearConverter:
    """2017: four digits, as a number."""

    regex = "[12][0-9]{3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class NumberConverter:
    """3: an item's number as it is printed, so that 03 is no second address of it."""

    regex = "0|[1-9][0-9]{0,9}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class MeetingSlugConverter:
    """2017-06-14, with what tells it from another meeting of that date appended: `Meeting.slug`."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}(?:-[a-z0-9]+)*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class CaseSlugConverter:
    """00.01.00-S00-6-17, 14_45987: `CaseNumber.slug`, which has no slash."""

    regex = "[A-Za-z0-9._~-]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class SubjectConverter:
    """00, 00.01, 00.01.10: a main group, a group or a subject of KLE."""

    regex = r"[0-9]{2}(?:\.[0-9]{2}){0,2}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
