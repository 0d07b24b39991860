/// The words that PostgreSQL reads as something else than a column's name unless they are quoted.
enum SQLKeywords {
  /// Whether `name` has to be quoted: it is such a word, or not of the plain form.
  static func needsQuotes(_ name: String) -> Bool {
    guard let first = name.utf8.first, isLetter(first) else { return true }
    return !name.utf8.allSatisfy { isLetter($0) || isDigit($0) } || words.contains(name)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "_")
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// PostgreSQL 17's reserved words, and those that can be only a type's, a function's or a
  /// column's name.
  private static let words = Set(
    """
    all analyse analyze and any array as asc asymmetric both case cast check collate column \
    constraint create current_catalog current_date current_role current_time current_timestamp \
    current_user default deferrable desc distinct do else end except false fetch for foreign from \
    grant group having in initially intersect into lateral leading limit localtime localtimestamp \
    not null offset on only or order placing primary references returning select session_user some \
    symmetric system_user table then to trailing true union unique user using variadic when where \
    window with \
    authorization binary collation concurrently cross current_schema freeze full ilike inner is \
    isnull join left like natural notnull outer overlaps right similar tablesample verbose \
    between bigint bit boolean char character coalesce dec decimal exists extract float greatest \
    grouping inout int integer interval json json_array json_arrayagg json_exists json_object \
    json_objectagg json_query json_scalar json_serialize json_table json_value least merge_action \
    national nchar none normalize nullif numeric out overlay position precision real row setof \
    smallint substring time timestamp treat trim values varchar xmlattributes xmlconcat xmlelement \
    xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable
    """.split(separator: " ").map(String.init))
}
