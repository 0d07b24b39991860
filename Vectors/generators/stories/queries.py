"""The stories whose answers are opened."""

import random

from stories import products, records, sums

FLAGS = {
    "Withheld": "The disclosure policy withholds cells.",
    "Null": "Cells are NULL.",
    "Masked": "Clear columns mask a part of a chunk.",
    "Skipped": "Clear columns leave out whole chunks, or admit all of one.",
    "Appended": "Records are added to a chunk that holds some.",
    "HiddenGroups": "The server does not learn which record is in which group.",
    "Packed": "Totals travel packed, several in one ciphertext.",
    "Empty": "Nothing contributes to a total, so it is an encryption of zero.",
    "Limbs": "Values lie in several limbs.",
    "TwoTables": "The tables of two hospitals are queried together.",
    "TwoSchemes": "One query has totals of both schemes.",
    "HiddenFields": "The server masks fields that the query does not ask for.",
    "Blocks": "Paillier records have several blocks.",
    "Persons": "Cohorts are counted in people, not records.",
    "Deleted": "Records were deleted, so that a mask leaves them out everywhere.",
    "Products": "Products of two columns are stored and summed.",
}


def add_to(file):
    generator = random.Random(20261129)

    def story(group, make, comment, *flags):
        fields = make(generator).fields()
        assert bool(fields["answer"]["withheld"]) == ("Withheld" in flags), comment
        group.case(comment, flags, **fields)

    group = file.group("no product of ciphertexts")
    story(
        group, sums.clear_groups, "counts and sums by a clear column, with a minimum cohort",
        "Withheld", "Masked", "Null",
    )  # fmt: skip
    story(group, sums.packed_totals, "thirty-nine totals by a clear column", "Packed", "Masked")
    story(group, sums.nothing_contributes, "a condition that no record meets", "Empty", "HiddenGroups")
    group = file.group("products of ciphertexts")
    story(
        group, products.joint_index, "depth 1: a joint index of sex and age band, times an amount",
        "Masked", "Skipped", "Null",
    )  # fmt: skip
    story(
        group, products.hidden_groups, "depth 2: two digits, a hidden key and an amount",
        "HiddenGroups", "Appended", "Null",
    )  # fmt: skip
    story(
        group, products.persons, "depth 1: a hidden key, people by buckets",
        "HiddenGroups", "Persons", "Withheld", "Null",
    )  # fmt: skip
    story(
        group, products.months_and_products, "depth 1: months, stored products, deleted records",
        "HiddenGroups", "Products", "Deleted", "Null", "Withheld",
    )  # fmt: skip
    group = file.group("Paillier records")
    story(
        group, records.paillier_alone, "sums and counts by a clear column, with a clear condition",
        "HiddenFields", "Blocks", "Null", "Withheld",
    )  # fmt: skip
    story(
        group, records.paillier_filters, "a sum with a FILTER that nothing meets",
        "Empty", "HiddenFields",
    )  # fmt: skip
    group = file.group("both schemes")
    story(
        group, records.both_schemes, "amounts in limbs and costs under Paillier, of two hospitals",
        "TwoSchemes", "TwoTables", "Limbs", "Withheld", "HiddenFields",
    )  # fmt: skip
