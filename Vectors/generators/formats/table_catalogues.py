"""Tables whose list of columns, or whose bytes, are wrong."""

from formats.clear_columns import Statistics, cells_layout
from formats.table_cases import redigested, set_value
from formats.tables import CIPHERTEXT


def add_catalogue_cases(cases, table):
    """The list of columns."""
    columns = "list of columns: "
    # The parts of the third batch: two ciphertexts, two clear columns, two Paillier blocks.
    first = next(number for number, row in table.rows["part"].items() if row[1] == 3)
    clear, paillier = first + 2, first + 4
    for comment, part, column, value, text in (
        ("a part of kind 3", first, 2, 3, columns + "a column belongs to no chunk"),
        ("a part of kind −1", first, 2, -1, columns + "a column belongs to no chunk"),
        ("a part begins before 0", first, 4, -1, columns + "a count is out of range"),
        ("a part of 2^32 bytes", first, 6, 1 << 32, columns + "a count is out of range"),
        ("a digest of 31 bytes", first, 8, bytes(31), columns + "a digest has the wrong length"),
        (
            "a ciphertext that does not cover its records",
            first,
            5,
            2,
            "chunk 1: a ciphertext does not cover",
        ),
        (
            "a clear column that does not cover its records",
            clear,
            5,
            2,
            "chunk 1: the column 'state' does not cover",
        ),
        (
            "a Paillier block that does not cover its records",
            paillier,
            4,
            1,
            "chunk 1: the column '0' does not cover",
        ),
        (
            "Paillier records of unequal size",
            paillier,
            6,
            25,
            "chunk 1: Paillier block 0 has records of unequal size",
        ),
        (
            "Paillier records of another size than before",
            paillier,
            6,
            27,
            "chunk 1: its column 'Paillier block 0' is missing or differs",
        ),
        (
            "Paillier records of no bytes",
            paillier,
            6,
            0,
            "chunk 1: its column 'Paillier block 0' is missing or differs",
        ),
        (
            "a column of another name",
            clear,
            3,
            "City",
            "chunk 1: its column 'City' is missing or differs",
        ),
    ):
        cases.refused(comment, ["Catalogue"], text, set_value("part", part, column, value), False)

    def without(*numbers):
        def change(t):
            for number in numbers:
                del t.rows["part"][number]
                del t.rows["blob"][number]

        return change

    for comment, number, name in (
        ("a ciphertext column is missing", first, "occupied"),
        ("a clear column is missing", clear, "state"),
        ("a Paillier block is missing", paillier, "Paillier block 0"),
    ):
        cases.refused(
            comment,
            ["Catalogue"],
            f"chunk 1: its column '{name}' is missing or differs",
            without(number),
            False,
        )
    appended = next(number for number, row in table.rows["part"].items() if row[1] == 2) + 2
    cases.refused(
        "a clear column was not appended to",
        ["Catalogue"],
        "chunk 0: the column 'state' does not cover its records",
        without(appended),
        False,
    )
    cases.refused(
        "a ciphertext was not appended to",
        ["Catalogue"],
        "chunk 0: a ciphertext does not cover its records",
        without(appended - 2),
        False,
    )
    unmatched = "catalogue: it does not match its digest"
    for comment, column, value in (
        ("a part's key, in all its batches", 3, "statf"),
        ("a part's statistics", 7, b""),
        ("a part's digest", 8, bytes(32)),
    ):

        def change(t, column=column, value=value):
            for row in t.rows["part"].values():
                if row[3] == "state":
                    row[column] = value

        cases.refused(comment, ["Digest"], unmatched, change, False)


def add_content_cases(cases, table):
    """What is found only when the bytes are read."""
    ciphertext = next(
        number for number, row in table.rows["part"].items() if row[1] == 3 and row[2] == CIPHERTEXT
    )
    clear, paillier = ciphertext + 2, ciphertext + 4
    unmatched = "it does not match its digest"
    for number, place in (
        (ciphertext, "chunk 1, column 'occupied'"),
        (clear, "chunk 1, column 'state'"),
        (paillier, "chunk 1, Paillier block 0"),
    ):
        data = table.rows["blob"][number][1]
        for comment, change in (
            ("with a flipped bit", set_value("blob", number, 1, bytes([data[0] ^ 1]) + data[1:])),
            ("cut short", set_value("blob", number, 1, data[:-1])),
            ("with a byte more", set_value("blob", number, 1, data + b"\0")),
            ("missing", lambda t, number=number: t.rows["blob"].pop(number)),
        ):
            cases.refused(
                f"{place}: bytes {comment}", ["Bytes"], f"{place}: {unmatched}", change, False
            )

    def exchanged(t):
        a, b = t.rows["blob"][ciphertext], t.rows["blob"][ciphertext + 1]
        a[1], b[1] = b[1], a[1]

    cases.refused(
        "two columns change places",
        ["Bytes"],
        f"chunk 1, column 'amount/0': {unmatched}",
        exchanged,
        False,
    )
    place = "chunk 1, column 'state': "
    cells = ["NW", None, "BY"]
    for comment, data, text in (
        (
            "of other slots",
            cells_layout([*cells, None]).bytes,
            "slot count is 4; at most 3 is allowed",
        ),
        ("cut short", cells_layout(cells).bytes[:-1], "cut short at codes"),
        ("with a byte more", cells_layout(cells).bytes + b"\0", "1 bytes after its end"),
        (
            "in another order",
            cells_layout(cells, values=["NW", "BY"]).bytes,
            "value: values are not ascending",
        ),
        (
            "with a code too high",
            cells_layout(cells, codes=[3, 0, 1]).bytes,
            "codes: a code names no value",
        ),
        (
            "that are not UTF-8",
            cells_layout(cells, values=[b"\xff"], codes=[0, 0, 0]).bytes,
            "value: it is not valid UTF-8",
        ),
    ):
        cases.refused(
            f"cells {comment}", ["Cells"], f"{place}{place}{text}", redigested(clear, data=data)
        )
    good = Statistics(cells)
    for comment, data, text in (
        ("empty", b"", "cut short at record count"),
        ("with a byte more", good.layout().bytes + b"\0", "1 bytes after its end"),
        (
            "with more NULLs than records",
            good.layout(nulls=4).bytes,
            "NULL count is 4; at most 3 is allowed",
        ),
    ):
        cases.refused(
            f"statistics {comment}",
            ["Statistics"],
            f"{place}{place}{text}",
            redigested(clear, 7, data),
        )
