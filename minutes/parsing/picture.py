"""A picture of a page: the few shades it is made of, and how it becomes a PNG.

The child draws and packs, its parent unpacks, checks and writes the PNG: a child that a hostile file has taken over can
send wrong pixels, and nothing else that a browser would read.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

SHADES = 16  # of a grey: enough for sharp letters, at a third of the bytes of 256
MARK = (255, 240, 180)  # laid over a marked line as a marker's ink is: white becomes this, black stays black
BAR = (0, 77, 153)  # beside it, for who does not see the yellow
GREYS = [shade * 255 // (SHADES - 1) for shade in range(SHADES)]
# A page without colours is one byte a pixel: the greys, the same under the marker, and the bar.
MARKED, BARRED = SHADES, 2 * SHADES
PALETTE = bytes(
    [
        *(grey for grey in GREYS for _ in MARK),
        *(grey * ink // 255 for grey in GREYS for ink in MARK),
        *BAR,
    ]
)
_NUMBERS = bytes((grey * (SHADES - 1) + 127) // 255 for grey in range(256))
_NEAREST = bytes(GREYS[number] for number in _NUMBERS)
_UNDER_MARK = bytes(number + MARKED if number < SHADES else number for number in range(256))
_INKS = [bytes(value * ink // 255 for value in range(256)) for ink in MARK]
_PACKING = 6  # of zlib: 9 takes five times as long for a twentieth less


@dataclass(frozen=True, slots=True)
class Area:
    """Pixels from `left` to before `right`, from `top` to before `bottom`."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Picture:
    """Packed rows of pixels: numbers in PALETTE, or red, green and blue where the page has colours."""

    width: int
    height: int
    coloured: bool
    packed: bytes

    def png(self) -> bytes:
        """The picture as a PNG file. Raises ValueError where what is packed is not what it is said to be."""
        row = 1 + self.width * (3 if self.coloured else 1)
        unpacking = zlib.decompressobj()
        try:
            rows = unpacking.decompress(self.packed, row * self.height + 1)
        except zlib.error as error:
            raise ValueError("not packed by zlib") from error
        whole = len(rows) == row * self.height and unpacking.eof and not unpacking.unused_data
        if not whole or any(rows[::row]) or not (self.coloured or max(rows) <= BARRED):
            raise ValueError("not the rows of this picture")
        head = struct.pack(">IIBBBBB", self.width, self.height, 8, 2 if self.coloured else 3, 0, 0, 0)
        palette = b"" if self.coloured else _chunk(b"PLTE", PALETTE)
        body = palette + _chunk(b"IDAT", self.packed)
        return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + body + _chunk(b"IEND", b"")


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def packed(width: int, height: int, colours: bytes, marks: Sequence[Area], bars: Sequence[Area]) -> Picture:
    """A picture of red, green and blue a pixel, with what is marked laid over it."""
    grey = colours[0::3]
    coloured = not grey == colours[1::3] == colours[2::3]
    pixels = bytearray(colours.translate(_NEAREST) if coloured else grey.translate(_NUMBERS))
    depth = 3 if coloured else 1
    for area in marks:
        for start in range(area.top * width, area.bottom * width, width):
            left, right = depth * (start + area.left), depth * (start + area.right)
            if coloured:
                for channel, ink in enumerate(_INKS):
                    pixels[left + channel : right : 3] = pixels[left + channel : right : 3].translate(ink)
            else:
                pixels[left:right] = pixels[left:right].translate(_UNDER_MARK)
    bar = bytes(BAR) if coloured else bytes([BARRED])
    for area in bars:
        for start in range(area.top * width, area.bottom * width, width):
            pixels[depth * (start + area.left) : depth * (start + area.right)] = bar * (area.right - area.left)
    row = depth * width
    packer = zlib.compressobj(_PACKING)
    pieces = [packer.compress(b"\0" + pixels[start : start + row]) for start in range(0, row * height, row)]
    return Picture(width, height, coloured, b"".join([*pieces, packer.flush()]))
