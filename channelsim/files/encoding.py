"""The bytes of a text file as text, whatever saved it: UTF-8, UTF-16 or GB18030."""

import codecs

_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode(data: bytes) -> tuple[str, bool]:
    """Return the text, and whether its encoding had to be guessed.

    UTF-16 is read where a byte order mark announces it; else UTF-8 is tried strictly, then GB18030,
    which Chinese Excel writes.

    Raises
    ------
    ValueError
        If the bytes are no text in any of these; the message is the cure.
    """
    if data.startswith(_WORKBOOK):
        raise ValueError("is a workbook under another name; save it as CSV UTF-8")
    if data.startswith(_UTF16):
        return _strictly(data, "utf-16"), False
    if b"\0" in data:
        raise ValueError("holds zero bytes, as UTF-16 without its mark does; save it as CSV UTF-8")
    try:
        return data.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        return _strictly(data, "gb18030"), True


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ValueError(
            f"is neither UTF-8 nor GB18030 text (byte {error.start + 1}); save it as CSV UTF-8"
        ) from error
