/// Text from files that others wrote.
enum TerminalText {
  /// The text without control characters, on which a terminal would act.
  static func shown(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }))
  }
}
