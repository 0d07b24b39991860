"""Clear columns as tables store them: cells by distinct values, and statistics."""

from common.wire import Layout, boolean, string, u8, u32


def codes_width(count):
    """The bytes of a code when there are so many values."""
    return 1 if count < 1 << 8 else 2 if count < 1 << 16 else 4


def cells_layout(cells, **changes):
    """The fields of stored cells, some of them changed. None is NULL."""
    values = changes.get(
        "values", sorted({cell for cell in cells if cell is not None}, key=str.encode)
    )
    codes = changes.get("codes")
    if codes is None:
        codes = [0 if cell is None else 1 + values.index(cell) for cell in cells]
    width = changes.get("width", codes_width(len(values)))
    result = Layout()
    result.add("slot count", u32(changes.get("count", len(cells))))
    result.add("value count", u32(changes.get("value_count", len(values))))
    for value in values:
        result.add("value", string(value))
    result.add("codes", b"".join(code.to_bytes(width, "little") for code in codes))
    return result


def _number(text):
    return int(text.replace(".", ""))


class Statistics:
    """What is known of a column's cells without reading them."""

    def __init__(self, cells, order="bytes"):
        values = {cell for cell in cells if cell is not None}
        self.records, self.nulls, self.order = len(cells), cells.count(None), order
        self.bounds = self.counts = None
        if all(len(value.encode()) <= 256 for value in values):
            key = _number if order == "number" else str.encode
            if values:
                self.bounds = (min(values, key=key), max(values, key=key))
            if len(values) <= 16:
                self.counts = [
                    (value, cells.count(value)) for value in sorted(values, key=str.encode)
                ]

    def layout(self, **changes):
        result = Layout()
        result.add("record count", u32(changes.get("records", self.records)))
        result.add("NULL count", u32(changes.get("nulls", self.nulls)))
        result.add(
            "order of values", u8(changes.get("order", ["bytes", "number"].index(self.order)))
        )
        result.add("whether there are bounds", changes.get("has_bounds", boolean(self.bounds)))
        for value in changes.get("bounds", self.bounds) or ():
            result.add("value", string(value))
        listed = changes.get("has_counts", boolean(self.counts is not None))
        result.add("whether values are listed", listed)
        if self.counts is not None:
            result.add("value count", u32(changes.get("value_count", len(self.counts))))
            for value, count in changes.get("counts", self.counts):
                result.add("value", string(value))
                result.add("records of a value", u32(count))
        return result

    @property
    def fields(self):
        result = {"records": self.records, "nulls": self.nulls, "order": self.order}
        if self.bounds:
            result["bounds"] = list(self.bounds)
        if self.counts is not None:
            result["value_counts"] = [
                {"value": value, "count": count} for value, count in self.counts
            ]
        return result
