from channelsim.study.aligned import aligned


def test_columns_are_aligned_whatever_the_script():
    text = aligned([["区域", "1"], ["zone", "200"]])
    assert text.splitlines() == ["区域     1", "zone   200"]
