import GoTemplate

/// What the functions of templates do with values that they are given; all others take them whole.
enum ReadingRoles {
  static let table: [String: ReadingRole] = [
    ("passes", "default coalesce ternary required and or deepCopy mustDeepCopy list tuple append mustAppend prepend"),
    ("passes", "mustPrepend push mustPush concat first mustFirst last mustLast rest mustRest initial mustInitial uniq"),
    ("passes", "mustUniq compact mustCompact reverse mustReverse without mustWithout pick omit unset slice mustSlice"),
    ("merges", "merge mustMerge mergeOverwrite mustMergeOverwrite"),
    ("asks", "not empty eq ne lt le gt ge len kindOf kindIs typeOf typeIs typeIsLike all any"),
    ("dict", "dict"), ("index", "index get"), ("has", "hasKey"), ("dig", "dig"), ("pluck", "pluck"), ("set", "set"),
    ("include", "include"), ("evaluate", "tpl"),
  ].reduce(into: [:]) { table, entry in
    guard let role = roles[entry.0] else { return }
    for name in entry.1.split(separator: " ") { table[String(name)] = role }
  }

  private static let roles: [String: ReadingRole] = [
    "passes": .passes, "merges": .merges, "asks": .asks, "dict": .dict, "index": .index, "has": .has, "dig": .dig,
    "pluck": .pluck, "set": .set, "include": .include, "evaluate": .evaluate,
  ]
}

extension ChartPreparation {
  /// What the templates read of the values: of those of this chart and of those inside, which call each other with the
  /// values of either. Nil where one of them does not parse.
  var valuesRead: ReadPaths? {
    var set = Engine.emptySet
    // As Helm reads them: what a parent defines replaces what its subcharts define.
    for path in Engine.order(of: Array(templates.keys)) {
      guard case .success(let parsed)? = templates[path]?.parsed else { return nil }
      set.add(parsed)
    }
    var paths = ReadPaths()
    let roots = templates.keys.filter { !Engine.isPartial($0) }.sorted()
    for read in set.valuesRead(by: roots, roles: ReadingRoles.table) {
      paths.insert(read.path[...], isWhole: read.isWhole)
    }
    return paths
  }
}
