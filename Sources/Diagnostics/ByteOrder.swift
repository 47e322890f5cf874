extension String {
  /// Whether its bytes come before those of `other`: the order in which Go and file systems sort names. Swift's own order is
  /// that of the characters.
  package func precedesByBytes(_ other: String) -> Bool {
    let (own, others) = (utf8.span, other.utf8.span)
    for index in 0..<min(own.count, others.count) where own[index] != others[index] {
      return own[index] < others[index]
    }
    return own.count < others.count
  }
}
