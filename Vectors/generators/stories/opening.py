"""What a custodian's secrets give of an answer's totals, and what they must be by the plain records."""

from stories.tables import clear_text, person_bucket


def opened_groups(evaluation):
    """Keys and totals of every group."""
    plan, layout, custodian = evaluation.plan, evaluation.layout, evaluation.custodian
    values = [x for totals in evaluation.totals for x in custodian.secret.totals(totals)]
    paillier = iter(zip(evaluation.masked, evaluation.paillier_blocks()))
    groups, blocks = [], {}
    for c, (group, (number, _, _), block) in paillier:
        plaintext = custodian.paillier.decrypt(c)
        for field in layout.packing.of_block(block):
            content = plaintext >> field.offset & ((1 << field.bits) - 1)
            blocks[tuple(group), number, field.content] = content
    place = 0
    for clear_group in evaluation.clear_groups:
        for group in plan.groups:
            totals = []
            for total in plan.totals:
                if total.is_lattice:
                    limbs = layout.limbs[total.name] if total.kind == "value" else None
                    count = limbs.count if limbs else 1
                    part = values[place : place + count]
                    place += count
                    totals.append(limbs.value(part) if limbs else part[0])
                else:
                    totals.append(_paillier(blocks, tuple(clear_group), total, layout))
            groups.append((plan.keys(clear_group, group.keys), totals))
    assert place == len(values)
    return groups


def _paillier(blocks, group, total, layout):
    def content(kind, name=None):
        return blocks[group, total.slice, (kind, name)]

    if total.kind == "records":
        return content("records")
    column = layout.schema.column(total.name)
    count = content("flag", total.name) if column.nullable else content("records")
    return count if total.kind == "present" else content("value", total.name) + count * column.low


def plain_groups(evaluation):
    """The same from the plain records."""
    plan, layout = evaluation.plan, evaluation.layout
    rows = [row for table in evaluation.tables for row in table.rows if plan.where(row)]
    groups = []
    for clear_group in evaluation.clear_groups:
        for group in plan.groups:
            keys = plan.keys(clear_group, group.keys)
            own = [row for row in rows if _keys(plan, layout, row) == keys]
            totals = [_plain(evaluation, total, own) for total in plan.totals]
            groups.append((keys, totals))
    return groups


def _keys(plan, layout, row):
    columns = map(layout.schema.column, plan.group_by)
    return [plan.key(clear_text(column, row[column.name])) for column in columns]


def _plain(evaluation, total, rows):
    rows = [row for row in rows if evaluation.plan.slice_holds[total.slice](row)]
    if total.kind == "records":
        return len(rows)
    if total.kind == "bucket":
        key = evaluation.custodian.fingerprint
        buckets = [person_bucket(evaluation.layout, key, row) for row in rows]
        return buckets.count(int(total.name))
    names = total.name.split("*")
    present = [row for row in rows if all(row[name] is not None for name in names)]
    if total.kind == "present":
        return len(present)
    result = 0
    for row in present:
        value = 1
        for name in names:
            value *= row[name]
        result += value
    return result
