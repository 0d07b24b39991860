"""Clear columns as tables store them."""

from common.edits import UNCHANGED, append, cut, edited, whole
from common.vectorfile import VectorFile
from common.wire import u32
from formats.clear_columns import Statistics, cells_layout
from formats.forging import COMMON_FLAGS, add_first_cuts, over_limit, trailing, wrong


def _cells():
    file = VectorFile(
        "format/clear-cells.json",
        "format.clear-cells",
        "The cells of a clear column: the distinct values once, and a code for each slot.",
        "formats/clear_parts.py",
        COMMON_FLAGS
        | {
            "Width": "So many values that codes have two bytes.",
            "Order": "The values are not ascending by their bytes, each once.",
            "Code": "A code that names no value.",
            "Limit": "A count or length that does not fit the slots.",
            "Text": "A text that is not UTF-8, or is so in more than one way.",
        },
    )
    group = file.group("columns")
    for comment, flags, cells in (
        ("one cell", [], ["x"]),
        ("NULL alone", [], [None, None]),
        ("an empty text is not NULL", [], ["", None, ""]),
        (
            "two spellings of a letter are two values",
            ["Text"],
            ["\u00e9", "e\u0301", None, "z", "Z"],
        ),
        ("255 values", [], [f"{k:03}" for k in range(255)]),
        ("256 values", ["Width"], [None, *(f"{k:03}" for k in range(256))]),
    ):
        group.case(
            comment, flags, input=whole(cells_layout(cells).bytes), slots=len(cells), cells=cells
        )

    cells = ["b", None, "a", "b", "ccc"]
    base = cells_layout(cells)
    group = file.group("one column and what can be wrong with it", file=base.bytes.hex())
    group.case("as it should be", input=UNCHANGED, slots=5, cells=cells)
    add_first_cuts(group, base, lambda length: edited(cut(length)), slots=5)

    def refused(comment, flags, error, slots=5, **changes):
        group.case(
            comment,
            flags,
            "invalid",
            error,
            input=whole(cells_layout(cells, **changes).bytes),
            slots=slots,
        )

    group.case(
        "one byte more", ["Trailing"], "invalid", trailing(1), input=edited(append(b"\0")), slots=5
    )
    refused("more slots than the batch has", ["Limit"], over_limit("slot count", 5, 4), slots=4)
    refused("fewer slots than the batch has", ["Limit"], wrong("slot count", "it is 5"), slots=6)
    refused("more values than slots", ["Limit"], over_limit("value count", 6, 5), value_count=6)
    group.case(
        "a value of more than 1048576 bytes",
        ["Limit"],
        "invalid",
        over_limit("value", (1 << 20) + 1, 1 << 20),
        input=whole(u32(5) + u32(1) + u32((1 << 20) + 1)),
        slots=5,
    )
    order = wrong("value", "values are not ascending")
    refused("values in another order", ["Order"], order, values=["b", "a", "ccc"])
    refused("a value twice", ["Order"], order, values=["a", "b", "b", "ccc"], codes=[1, 2, 3, 4, 0])
    refused("longer before shorter", ["Order"], order, values=["a", "ba", "b"], codes=[0] * 5)
    refused(
        "values that are not UTF-8",
        ["Text"],
        wrong("value", "it is not valid UTF-8"),
        values=[b"a", b"\xff"],
        codes=[0] * 5,
    )
    refused(
        "a code above the values",
        ["Code"],
        wrong("codes", "a code names no value"),
        codes=[4, 0, 1, 2, 3],
    )
    refused("codes of two bytes", ["Trailing"], trailing(5), width=2)
    return file


def _statistics():
    file = VectorFile(
        "format/clear-statistics.json",
        "format.clear-statistics",
        "What a table knows of a clear column's cells without reading them.",
        "formats/clear_parts.py",
        COMMON_FLAGS
        | {
            "Many": "So many values that they are not listed.",
            "Long": "A value is too long to be a bound.",
            "NotCanonical": "A flag that is neither 0 nor 1.",
            "Limit": "A count or length above what may stand there.",
            "Text": "A text that is not UTF-8.",
        },
    )
    group = file.group("columns")
    for comment, flags, order, cells in (
        ("texts", [], "bytes", ["NW", "BY", "NW", None]),
        ("numbers by size", [], "number", ["-10.00", "9.50", "-2.00", "10.00"]),
        ("the same as texts", [], "bytes", ["-10.00", "9.50", "-2.00", "10.00"]),
        ("NULL alone", [], "bytes", [None, None]),
        ("16 values", [], "number", [str(k) for k in range(16)]),
        ("17 values", ["Many"], "number", [str(k) for k in range(17)]),
        ("a value of 256 bytes", [], "bytes", ["é" * 128, "a"]),
        ("a value of 257 bytes", ["Long"], "bytes", ["x" * 257, "a"]),
    ):
        statistics = Statistics(cells, order)
        group.case(
            comment,
            flags,
            input=whole(statistics.layout().bytes),
            statistics=statistics.fields,
            cells=cells,
        )

    cells = ["NW", "BY", "NW", None]
    base = Statistics(cells)
    group = file.group("one column and what can be wrong with it", file=base.layout().bytes.hex())
    group.case("as it should be", input=UNCHANGED, statistics=base.fields, cells=cells)
    add_first_cuts(group, base.layout(), lambda length: edited(cut(length)))

    def refused(comment, flags, error, **changes):
        group.case(comment, flags, "invalid", error, input=whole(base.layout(**changes).bytes))

    group.case("one byte more", ["Trailing"], "invalid", trailing(1), input=edited(append(b"\0")))
    refused("more NULLs than records", ["Limit"], over_limit("NULL count", 5, 4), nulls=5)
    refused("an order of 2", [], wrong("order of values", "there is no such order"), order=2)
    for name, label in (
        ("has_bounds", "whether there are bounds"),
        ("has_counts", "whether values are listed"),
    ):
        refused(
            f"{label}: 2", ["NotCanonical"], wrong(label, "it is neither 0 nor 1"), **{name: b"\2"}
        )
    refused("17 values", ["Limit"], over_limit("value count", 17, 16), value_count=17)
    refused(
        "a bound of 257 bytes",
        ["Limit"],
        over_limit("value", 257, 256),
        bounds=("BY", "x" * 257),
    )
    refused(
        "a value of 257 bytes",
        ["Limit"],
        over_limit("value", 257, 256),
        counts=[("BY", 1), ("x" * 257, 2)],
    )
    refused(
        "a bound that is not UTF-8",
        ["Text"],
        wrong("value", "it is not valid UTF-8"),
        bounds=("BY", b"\xff"),
    )
    refused(
        "more records of a value than records",
        ["Limit"],
        over_limit("records of a value", 5, 4),
        counts=[("BY", 5), ("NW", 2)],
    )
    return file


def files():
    return [_cells(), _statistics()]
