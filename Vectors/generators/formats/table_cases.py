"""Ways to spoil a table."""

FILE = "vector.enc: "
"""What errors begin with: the file's name."""


class TableCases:
    def __init__(self, group, table):
        self._group, self._table = group, table

    def accepted(self, comment, flags, change):
        table = self._table.copy()
        change(table)
        table.publish()
        self._group.case(comment, flags, changes=self._table.changes_to(table), table=table.fields)

    def refused(self, comment, flags, text, change, publishes=True, error="TableError"):
        """`publishes`: the digest over everything is made to fit."""
        table = self._table.copy()
        change(table)
        if publishes:
            table.publish()
        self.raw(comment, flags, text, self._table.changes_to(table), error)

    def raw(self, comment, flags, text, changes, error="TableError"):
        self._group.case(comment, flags, "invalid", (error, FILE + text), changes=changes)


def set_value(name, number, column, value):
    """A change of one value of a row."""

    def change(table):
        table.rows[name][number][column] = value

    return change


def redigested(number, column=None, value=None, data=None):
    """A change of a part or its bytes, with the part's own digest made to fit."""

    def change(table):
        row = table.rows["part"][number]
        if column is not None:
            row[column] = value
        if data is not None:
            table.rows["blob"][number][1], row[6] = data, len(data)
        chunk = table.rows["batch"][row[1]][2]
        row[8] = table.part_digest(
            row[2], chunk, row[4], row[4] + row[5], row[3], table.rows["blob"][number][1]
        )

    return change
