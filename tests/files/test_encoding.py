import pytest

from channelsim.files.encoding import decode

TEXT = "id,name\na,上海 Köln\n"


@pytest.mark.parametrize(
    ("data", "guessed"),
    [
        (TEXT.encode("utf-8"), False),
        (TEXT.encode("utf-8-sig"), False),  # Excel's "CSV UTF-8"
        (TEXT.encode("utf-16"), False),  # Excel's "Unicode text"
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), False),
        (TEXT.encode("gb18030"), True),  # Chinese Excel's plain CSV
    ],
)
def test_text_is_read_whatever_saved_it(data, guessed):
    assert decode(data) == (TEXT, guessed)


@pytest.mark.parametrize(
    ("data", "cure"),
    [
        (b"PK\x03\x04rest", "workbook under another name"),  # .xlsx renamed to .csv
        ("id,name\n".encode("utf-16-le"), "zero bytes"),  # UTF-16 without a mark
        (b"id,name\na,K\xf6\nb,\xff\xff", "neither UTF-8 nor GB18030"),
        (b"\xff\xfea", "neither UTF-8 nor GB18030"),  # UTF-16 cut in half
    ],
)
def test_what_is_no_text_is_refused_with_the_cure(data, cure):
    with pytest.raises(ValueError, match=f"{cure}.*save it as CSV UTF-8"):
        decode(data)
