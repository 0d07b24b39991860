"""What the decrypted sums of packed records say."""

import random

from common.packing import MASK_BITS, packings
from common.vectorfile import VectorFile

REFUSED = ("PackingError", "refused")


def totals(source):
    file = VectorFile(
        "paillier/packed-totals.json",
        "paillier.packed-totals",
        "What the decrypted sums of blocks say about the totals that were asked for.",
        "paillier/totals.py",
        {
            "FullCapacity": "As many records as the capacity, all with the same values at an edge.",
            "Masked": "Fields that are not asked for are hidden by the largest masks.",
            "CountOnly": "Only counts are asked for.",
            "NoRecord": "There is no record.",
            "Missing": "A block's sum, or a measure, is not there.",
            "Impossible": "No records within the capacity have these totals.",
        },
    )
    for name, packing in packings().items():
        group = file.group(name, **packing.parameters())
        measures = packing.measures
        everything = list(range(len(measures)))

        def given(blocks, sums, counts):
            return {
                "sums_asked": list(sums),
                "counts_asked": list(counts),
                "block_sums": [
                    {"block": block, "sum": f"{total:x}"} for block, total in sorted(blocks.items())
                ],
            }

        def case(comment, flags, rows, sums, counts=(), masks=None):
            """`rows` are records with how often each is there."""
            blocks = packing.blocks_of(sums, counts)
            summed = {
                block: sum(packing.pack(record)[block] * times for record, times in rows)
                for block in blocks
            }
            hidden = [packing.hidden(block, sums, counts) for block in blocks]
            if masks:
                for block, indices in zip(blocks, hidden):
                    for index in indices:
                        field = packing.fields[index]
                        summed[block] += masks(field.sum_bits + MASK_BITS) << field.offset

            def of(measure, total):
                return sum(
                    (total(record[measure])) * times
                    for record, times in rows
                    if record[measure] is not None
                )

            asked = set(sums) | set(counts)
            group.case(
                comment,
                flags + (["CountOnly"] if not sums else []) + (["NoRecord"] if not rows else []),
                **given(summed, sums, counts),
                blocks=blocks,
                hidden_fields=hidden,
                record_count=sum(times for _, times in rows),
                counts=[of(i, lambda _: 1) if i in asked else None for i in everything],
                sums=[f"{of(i, lambda v: v):x}" if i in sums else None for i in everything],
            )

        def invalid(comment, flags, blocks, sums, counts=(), error=REFUSED):
            group.case(comment, flags, "invalid", error, **given(blocks, sums, counts))

        rows = [([m.random(source) for m in measures], 1) for _ in range(min(6, packing.capacity))]
        case("everything", [], rows, everything)
        case("nothing but the count", [], rows, [])
        case("no record", [], [], everything)
        for edge, record in (
            ("least", [m.low for m in measures]),
            ("largest", [m.high for m in measures]),
            ("NULL", [None if m.nullable else m.low for m in measures]),
        ):
            times = min(packing.capacity, (1 << 53) - 1)
            case(
                f"as many of the {edge} as may be", ["FullCapacity"], [(record, times)], everything
            )
        for measure in everything[:3]:
            case(
                f"the sum of measure {measure}",
                ["Masked"],
                rows,
                [measure],
                (),
                lambda bits: (1 << bits) - 1,
            )
            case(
                f"the count of measure {measure}",
                ["Masked"],
                rows,
                [],
                [measure],
                source.getrandbits,
            )
        if len(measures) > 2:
            case("a sum and a count", ["Masked"], rows, [1], [2, 0], source.getrandbits)
        if not measures:
            continue

        # One record that is not NULL anywhere, and what cannot be.
        record = [m.high for m in measures]
        good = {block: total for block, total in enumerate(packing.pack(record))}
        last = len(measures)

        def changed(field, change):
            return {**good, field.block: good[field.block] + (change << field.offset)}

        count = packing.field("record_count")
        value = packing.field("value", 0)
        width = measures[0].high - measures[0].low
        invalid(
            "the first block's sum is not there",
            ["Missing"],
            {b: t for b, t in good.items() if b},
            everything,
            (),
            ("PackingError", "the sum of block 0 is missing"),
        )
        invalid(
            "no measure of this number",
            ["Missing"],
            good,
            [last],
            (),
            ("PackingError", f"there is no packed column {last}"),
        )
        invalid(
            "a negative measure",
            ["Missing"],
            good,
            [],
            [-1],
            ("PackingError", "there is no packed column -1"),
        )
        invalid("a negative sum", ["Impossible"], {**good, 0: -1}, everything)
        invalid(
            "more records than the capacity",
            ["Impossible"],
            changed(count, packing.capacity),
            everything,
        )
        invalid(
            "values of no record",
            ["Impossible"],
            {**{b: 0 for b in good}, 0: 1 << value.offset},
            everything,
        )
        invalid("above the largest value of one", ["Impossible"], changed(value, 1), everything)
        invalid(
            "above the largest sum",
            ["Impossible"],
            changed(value, value.maximum - width + 1),
            everything,
        )
        invalid(
            "a bit in the room for masks",
            ["Impossible"],
            changed(value, 1 << value.sum_bits),
            everything,
        )
        invalid(
            "the highest bit of a field",
            ["Impossible"],
            changed(value, 1 << value.bits - 1),
            everything,
        )
        invalid(
            "a bit above the count of records",
            ["Impossible"],
            changed(count, 1 << count.bits),
            everything,
        )
        invalid(
            "as many bits as the modulus",
            ["Impossible"],
            {**good, 0: good[0] + (1 << packing.modulus_bits - 1)},
            everything,
        )
        if measures[0].nullable:
            flag = packing.field("flag", 0)
            invalid("more values than records", ["Impossible"], changed(flag, 1), everything)
            invalid(
                "more values than records, counted only", ["Impossible"], changed(flag, 1), [], [0]
            )
            if width:
                invalid("a value that is NULL", ["Impossible"], changed(flag, -1), [0])
        if packing.block_count > 1:
            other = packing.field("record_count", block=1)
            if packing.capacity > 1:
                invalid(
                    "blocks that differ in their records",
                    ["Impossible"],
                    changed(other, 1),
                    everything,
                )
            invalid(
                "a later block's sum is not there",
                ["Missing"],
                {0: good[0]},
                everything,
                (),
                ("PackingError", "the sum of block 1 is missing"),
            )
    return file


def files():
    return [totals(random.Random(20240307))]
