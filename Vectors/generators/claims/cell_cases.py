"""Cases about cells."""


class Cells:
    """The cases of one column."""

    def __init__(self, file, name, declaration, table=""):
        schema = f"table: claims\ncapacity: 1000\n{table}columns:\n  v: {{ {declaration} }}\n"
        self._group = file.group(name, schema=schema)

    def read(self, cell, value, flags=(), comment=None, **done):
        fields = {"sentinel": False, "padded": False, "format": None, "currency": None, **done}
        self._group.case(self._comment(cell, comment), flags, cell=cell, value=value, **fields)

    def refuse(self, cell, problem, flags=(), comment=None):
        self._group.case(
            self._comment(cell, comment), flags, result="invalid", error=("CellProblem", problem), cell=cell
        )

    @staticmethod
    def _comment(cell, comment):
        if comment:
            return comment
        return "a cell that is not there" if cell is None else ascii(cell)[1:-1][:60] or "an empty cell"
