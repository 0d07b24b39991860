"""What is released of the totals: the minimum cohort k, complements, zero always shown (DESIGN.md,
section 1; docs of the disclosure policy).

Where one person has m records at most, (k − 1)·m + 1 records are k people; so are fewer of them in k
buckets of persons. A cell over fewer people is withheld; so is one that with the others shown would give
such a number away. A cohort is a set of atoms, classes of records that meet the same conditions."""

from fractions import Fraction

from common.columns import decimal_text


def telling(count, least):
    """Whether a number of records is below the least that is shown."""
    return 0 < count < least


def spanned(vectors, target):
    """The coefficients by which a target is a combination of vectors; None when it is none."""
    size = len(target)
    rows = [[Fraction(v[i]) for v in vectors] + [Fraction(target[i])] for i in range(size)]
    pivots, place = [], 0
    for column in range(len(vectors)):
        pivot = next((r for r in range(place, size) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[place], rows[pivot] = rows[pivot], rows[place]
        lead = rows[place][column]
        rows[place] = [x / lead for x in rows[place]]
        for r in range(size):
            if r != place and rows[r][column]:
                factor = rows[r][column]
                rows[r] = [x - factor * y for x, y in zip(rows[r], rows[place])]
        pivots.append(column)
        place += 1
    if any(row[-1] for row in rows[place:]):
        return None
    result = [Fraction(0)] * len(vectors)
    for r, column in enumerate(pivots):
        result[column] = rows[r][-1]
    return result


def row_shown(counts, forbidden, enough, atoms, least):
    """Which cells of one row are shown, judged in their order; `enough` are those of enough people."""
    forbidden = [
        c > 0 and (f or (telling(c, least) and not e)) for c, f, e in zip(counts, forbidden, enough)
    ]
    safe = [atoms[i] for i, e in enumerate(enough) if e and not forbidden[i]]
    known = [(atoms[i], 0) for i, count in enumerate(counts) if count == 0]
    shown = []

    def value(target, cells):
        combination = spanned([vector for vector, _ in cells], target)
        if combination is None:
            return None
        return sum((x * count for x, (_, count) in zip(combination, cells)), Fraction(0))

    def nested(a, b):
        return all(x <= y for x, y in zip(a, b)) or all(x >= y for x, y in zip(a, b))

    def admits(index):
        for other in shown:
            difference = abs(counts[other] - counts[index])
            if nested(atoms[other], atoms[index]) and telling(difference, least):
                return False
        cells = known + [(atoms[index], counts[index])]
        if any(f and value(atoms[i], cells) is not None for i, f in enumerate(forbidden)):
            return False
        for atom in range(len(atoms[0])):
            alone = [int(i == atom) for i in range(len(atoms[0]))]
            single = None if alone in safe else value(alone, cells)
            if single is not None and single.denominator == 1 and telling(single, least):
                return False
        return True

    result = []
    for index, count in enumerate(counts):
        if count and (forbidden[index] or not admits(index)):
            result.append(False)
            continue
        result.append(True)
        if count:
            shown.append(index)
            known.append((atoms[index], count))
    return result


def column_shown(counts, shown, least):
    """Over the rows: what is withheld of an aggregate are at least two cells and as many records as are
    shown at least, the smallest first; nothing where nothing was withheld."""
    shown = list(shown)
    withheld = [c for c, s in zip(counts, shown) if not s and c > 0]
    if not withheld:
        return shown
    for count, row in sorted((c, row) for row, c in enumerate(counts) if shown[row] and c > 0):
        if len(withheld) >= 2 and sum(withheld) >= least:
            break
        shown[row] = False
        withheld.append(count)
    return shown


def released(counts, enough, atoms, least, forbidden_all, complement):
    """By row and aggregate whether the cell is shown."""
    forbidden = [[forbidden_all] * len(row) for row in counts]
    while True:
        shown = [
            row_shown(c, f, e, atoms, least) for c, f, e in zip(counts, forbidden, enough)
        ]
        if not complement:
            return shown
        before = [list(row) for row in shown]
        for aggregate in range(len(atoms)):
            column = column_shown(
                [row[aggregate] for row in counts], [row[aggregate] for row in shown], least
            )
            for row, cell in enumerate(column):
                if shown[row][aggregate] and not cell:
                    forbidden[row][aggregate], shown[row][aggregate] = True, False
        if shown == before:
            return shown


def quotient(units, scale, count):
    """PostgreSQL's division of numerics: at least 16 significant digits by its estimate over digits of
    base 10,000, rounded half away from zero (`select_div_scale` in numeric.c)."""

    def leading(value, scale):
        """The first digit in base 10,000, and its weight."""
        if value == 0:
            return 0, 0
        weight = (len(str(value)) - 1 - scale) // 4
        return int(Fraction(value, 10**scale) / Fraction(10000) ** weight), weight

    top, bottom = leading(abs(units), scale), leading(count, 0)
    weight = top[1] - bottom[1] - (1 if top[0] <= bottom[0] else 0)
    decimals = max(16 - 4 * weight, scale, 0)
    exact = Fraction(abs(units), 10**scale * count) * 10**decimals
    rounded = (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
    return decimal_text(-rounded if units < 0 else rounded, decimals)


def cell_text(aggregate, totals):
    """An aggregate's value as text; None for NULL."""
    count = sum(totals[index] for index in aggregate.counts)
    if aggregate.function == "count":
        return str(count)
    total = aggregate.total
    units = sum(coefficient * totals[index] for index, coefficient, _, _ in total.terms)
    if count == 0:
        return None
    if aggregate.function == "avg":
        return quotient(units, total.scale, count)
    return decimal_text(units, total.scale)


def answer(plan, groups, records, k, largest_person):
    """Rows of texts, and the places of withheld cells; `groups` are keys and totals."""
    least = (k - 1) * max(largest_person, 1) + 1
    listed = [group for group in groups if not plan.key_count or group[1][0] > 0]
    counts = [
        [sum(totals[i] for i in aggregate.counts) for aggregate in plan.aggregates]
        for _, totals in listed
    ]
    left_out = records - sum(totals[0] for _, totals in groups)
    rest_tells = k > 1 and plan.has_where and telling(left_out, least)
    enough = [
        [sum(totals[i] > 0 for i in aggregate.buckets) >= k for aggregate in plan.aggregates]
        for _, totals in listed
    ]
    atoms = plan.atoms or [[1]] * len(plan.aggregates)
    shown = released(counts, enough, atoms, least, rest_tells, k > 1)
    order = sorted(
        range(len(listed)),
        key=lambda row: [(key is None, (key or "").encode()) for key in listed[row][0]],
    )
    rows, withheld = [], []
    for place, row in enumerate(order):
        keys, totals = listed[row]
        cells = []
        for column, (kind, index) in enumerate(plan.select):
            if kind == "key":
                cells.append(keys[index])
            elif shown[row][index]:
                cells.append(cell_text(plan.aggregates[index], totals))
            else:
                cells.append(None)
                withheld.append([place, column])
        rows.append(cells)
    return rows, withheld
