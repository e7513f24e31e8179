"""What is left to say of a hit when some of it stands above already."""

from minutes.search.answers import Marked, Piece
from minutes.templatetags.marked import beyond, says


def marked(text: str) -> Marked:
    """ "Om [budget]." → pieces, what stands in brackets marked."""
    pieces = text.replace("]", "[").split("[")
    return tuple(Piece(piece, bool(place % 2)) for place, piece in enumerate(pieces) if piece)


def test_what_stands_above_is_not_said_again() -> None:
    shown = marked("Chefforum drøftede [budgettet].")
    assert beyond(marked("Chefforum drøftede [budgettet]. [Budget]mødet er i juni."), shown) == marked(
        " [Budget]mødet er i juni."
    )
    assert beyond(marked("Chefforum drøftede [budgettet]. Andet blev udsat."), shown) == ()


def test_another_part_is_said_in_full() -> None:
    assert beyond(marked("… [Budgettet] er lagt."), marked("Godkendt.")) == marked("… [Budgettet] er lagt.")
    assert beyond(marked("[Budgettet] er lagt."), ()) == marked("[Budgettet] er lagt.")


def test_a_sentence_within_another() -> None:
    assert says(marked("Der købes en [kaffemaskine]. Mødet sluttede."), marked("Der købes en kaffemaskine."))
    assert not says(marked("Der købes en [kaffemaskine]."), ())
    assert not says((), marked("Godkendt."))
