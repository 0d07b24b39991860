"""What of an answer may be released, decided from the records themselves.

A cell tells about the records that contribute to it. The conditions of a row's cells part all records that
there could be into classes; a cell is a sum over classes, and whoever sees cells knows every sum and
difference of them, and that a class in a cell of 0 is 0."""

import itertools
from fractions import Fraction

from common.aggregates import Count
from common.predicates import conjunction


class Elimination:
    """Linear equations over the classes, in reduced form."""

    def __init__(self):
        self._rows = []

    def add(self, coefficients, value):
        row = self._reduced([Fraction(x) for x in coefficients] + [Fraction(value)])
        lead = next((place for place, x in enumerate(row[:-1]) if x), None)
        if lead is None:
            return
        row = [x / row[lead] for x in row]
        self._rows = [(place, self._without(other, lead, row)) for place, other in self._rows]
        self._rows.append((lead, row))

    @staticmethod
    def _without(row, lead, other):
        factor = row[lead]
        return [x - factor * y for x, y in zip(row, other)] if factor else row

    def _reduced(self, row):
        for lead, other in self._rows:
            row = self._without(row, lead, other)
        return row

    def unions(self):
        """Every sum of whole classes that follows, and its value. Each equation has a class of its own, so
        such a sum is one of some of the equations."""
        for chosen in itertools.product((False, True), repeat=len(self._rows)):
            rows = [row for (_, row), is_chosen in zip(self._rows, chosen) if is_chosen]
            if not rows:
                continue
            *sums, value = [sum(column) for column in zip(*rows)]
            if all(x in (0, 1) for x in sums):
                yield sums, value

    def value(self, coefficients):
        """The value that a sum must have; None where the equations leave it open."""
        rest = self._reduced([Fraction(x) for x in coefficients] + [Fraction(0)])
        return None if any(rest[:-1]) else -rest[-1]


class Policy:
    """The settings of a key, and what is known of the tables."""

    def __init__(self, cohort=11, complement=None, dominance=None, rounding=1, per_person=1, records=None):
        self.cohort, self.rounding, self.per_person, self.records = cohort, rounding, per_person, records
        self.complement = cohort > 1 if complement is None else complement
        self.dominance = dominance

    def yaml(self):
        text = f"minimum_cohort: {self.cohort}\ncomplement: {str(self.complement).lower()}\n"
        text += f"rounding: {self.rounding}\n"
        return text + (f"dominance: {self.dominance}\n" if self.dominance else "")

    def tells(self, count):
        """So few records could be fewer people than the minimum cohort."""
        return 0 < count < (self.cohort - 1) * self.per_person + 1

    def rounded(self, value):
        """The nearest multiple of the base, halves away from 0."""
        if self.rounding == 1:
            return value
        steps = (2 * abs(value) + self.rounding) // (2 * self.rounding)
        return steps * self.rounding * (-1 if value < 0 else 1)

    def is_dominated(self, values):
        """Whether Σx − √2·S is below the share of S, S being √Σx²: then the two largest could be most of
        it."""
        total, squares = sum(values), sum(x * x for x in values)
        if self.dominance is None or total == 0:
            return False
        share = Fraction(self.dominance) / 100
        margin = total**2 - (2 + share**2) * squares
        return margin < 0 or margin**2 < 8 * share**2 * squares**2


class Contributors:
    """The records that an aggregate tells about."""

    def __init__(self, aggregate):
        self._aggregate = aggregate

    def has(self, row):
        aggregate = self._aggregate
        if aggregate.where is not None and aggregate.where.value(row) is not True:
            return False
        if isinstance(aggregate, Count):
            return aggregate.column is None or row[aggregate.column.name] is not None
        if None in [argument.value(row) for argument in aggregate.arguments]:
            return False
        return not all(argument.is_nothing(row) for argument in aggregate.arguments)


def classes(aggregates, columns):
    """For each aggregate which classes of records it is over; the classes in no aggregate are left out."""
    cohorts = [Contributors(aggregate) for aggregate in aggregates]
    found = {}
    for values in itertools.product(*([*x.everything(), *([None] if x.nullable else [])] for x in columns)):
        row = {column.name: value for column, value in zip(columns, values)}
        found.setdefault(tuple(cohort.has(row) for cohort in cohorts))
    members = [key for key in found if any(key)]
    return [[key[place] for key in members] for place in range(len(aggregates))]


def shown_in_row(policy, memberships, counts, forbidden):
    """Cells are judged in order: one is shown unless something that must not be known would follow."""
    forbidden = [count > 0 and (no or policy.tells(count)) for count, no in zip(counts, forbidden)]
    shown, decisions = [], []
    for place, (members, count) in enumerate(zip(memberships, counts)):
        if count == 0:
            decisions.append(True)
            continue
        close = any(
            nested(memberships[other], members) and policy.tells(abs(counts[other] - count))
            for other in shown
        )
        if forbidden[place] or close or gives_away(policy, [*shown, place], counts, memberships, forbidden):
            decisions.append(False)
            continue
        shown.append(place)
        decisions.append(True)
    return decisions


def nested(a, b):
    return all(y or not x for x, y in zip(a, b)) or all(x or not y for x, y in zip(a, b))


def gives_away(policy, shown, counts, memberships, forbidden):
    """Whether a cell that must not be known follows, or the number of few records that are in some classes
    together."""
    empty = {
        place
        for place in range(len(memberships[0]))
        if any(members[place] and count == 0 for members, count in zip(memberships, counts))
    }
    while True:
        equations = Elimination()
        for place in empty:
            equations.add([place == one for one in range(len(memberships[0]))], 0)
        for cell in shown:
            equations.add(memberships[cell], counts[cell])
        # Nothing is negative, so what adds up to 0 is 0.
        unions = list(equations.unions())
        more = {
            place for sums, value in unions if value == 0 for place, own in enumerate(sums) if own
        } - empty
        if not more:
            break
        empty |= more
    if any(policy.tells(value) for _, value in unions):
        return True
    return any(no and equations.value(members) is not None for members, no in zip(memberships, forbidden))


def shown_over_rows(policy, counts, shown):
    """The rows part the table, whose size is known: what is withheld of an aggregate is at least two cells
    and enough records together. The smallest are taken, of equal ones the first."""
    shown = list(shown)
    withheld = [count for count, is_shown in zip(counts, shown) if not is_shown and count > 0]
    if not withheld:
        return shown
    enough = (policy.cohort - 1) * policy.per_person + 1
    order = sorted((count, row) for row, count in enumerate(counts) if shown[row] and count > 0)
    for count, row in order:
        if len(withheld) >= 2 and sum(withheld) >= enough:
            break
        shown[row] = False
        withheld.append(count)
    return shown


def released(policy, query, columns, rows):
    """The rows of the answer in order: keys, and for each aggregate whether it is shown, and its value."""
    groups = {} if query.by else {(): []}
    selected = [
        row
        for row in rows
        if row is not None and conjunction([query.where is None or query.where.value(row)])
    ]
    for row in selected:
        groups.setdefault(tuple(key.key(row) for key in query.by), []).append(row)
    ordered = sorted(groups, key=lambda keys: [(key is None, (key or "").encode()) for key in keys])
    cohorts = [Contributors(aggregate) for aggregate in query.aggregates]
    counts = [[sum(cohort.has(row) for row in groups[keys]) for cohort in cohorts] for keys in ordered]
    few_left = (
        policy.complement
        and query.where is not None
        and policy.records is not None
        and policy.tells(policy.records - len(selected))
    )
    forbidden = [
        [
            few_left
            or (
                policy.complement
                and aggregate.where is not None
                and count > 0
                and policy.tells(len(groups[keys]) - count)
            )
            or (not isinstance(aggregate, Count) and policy.is_dominated(values_of(aggregate, groups[keys])))
            for aggregate, count in zip(query.aggregates, counts[place])
        ]
        for place, keys in enumerate(ordered)
    ]
    memberships = classes(query.aggregates, columns)
    while True:
        shown = [shown_in_row(policy, memberships, *row) for row in zip(counts, forbidden)]
        if not policy.complement:
            break
        stable = True
        for place in range(len(query.aggregates)):
            before = [row[place] for row in shown]
            after = shown_over_rows(policy, [row[place] for row in counts], before)
            for row, (old, new) in enumerate(zip(before, after)):
                if old and not new:
                    shown[row][place], forbidden[row][place], stable = False, True, False
        if stable:
            break
    return [
        {
            "keys": list(keys),
            "shown": "".join("1" if cell else "0" for cell in shown[row]),
            "values": [
                text_of(policy, aggregate, groups[keys])
                for aggregate, cell in zip(query.aggregates, shown[row])
                if cell
            ],
        }
        for row, keys in enumerate(ordered)
    ]


def values_of(aggregate, rows):
    """What is summed, record by record, without NULL."""
    rows = [row for row in rows if aggregate.where is None or aggregate.where.value(row) is True]
    values = [aggregate.arguments[0].value(row) for row in rows]
    return [value for value in values if value is not None]


def text_of(policy, aggregate, rows):
    """A count, or the sum of a column with its decimals; None for NULL."""
    if isinstance(aggregate, Count):
        return str(policy.rounded(sum(Contributors(aggregate).has(row) for row in rows)))
    values = values_of(aggregate, rows)
    if not values:
        return None
    total, column = policy.rounded(sum(values)), aggregate.arguments[0].column
    return column.decimal(int(total * 10**column.scale))
