"""A small table whose answers are released in part."""

from common.columns import Category, Number
from common.predicates import Compare, Constant, In

SEX = Category("sex", ["F", "M", "X"])


STATUS = Category("status", ["0", "1"], nullable=False)


STAY = Number("stay", 0, 4, use=("filter", "sum"))


COST = Number("cost", 0, 100_000, scale=2, use=("sum",))


COLUMNS = [SEX, STATUS, STAY, COST]


class Imagined:
    """The cells that a column of sums alone can have, as far as conditions tell them apart."""

    def __init__(self, column):
        self.name, self.nullable = column.name, column.nullable

    @staticmethod
    def everything():
        return [1]


POSSIBLE = [SEX, STATUS, STAY, Imagined(COST)]


def record(sex="F", status="0", stay=1, cost=100):
    return {"sex": sex, "status": status, "stay": stay, "cost": cost}


def some(count, **values):
    return [record(**values) for _ in range(count)]


def written(rows):
    return [row and [column.text(row[column.name]) for column in COLUMNS] for row in rows]


def sex(*values):
    if len(values) == 1:
        return Compare(SEX, "=", Constant.of(values[0]))
    return In(SEX, [Constant.of(value) for value in values])


FINAL = Compare(STATUS, "=", Constant.of("1"))
