import Diagnostics

/// The objects of a kustomization in the order in which they came.
struct ResourceList: Sendable {
  private(set) var items: [Resource] = []
  /// The identities of all items; nil after a change, until the next one is added.
  private var identities: Set<ResourceID>?

  /// Adds an object; an error where one of the same identity is there.
  mutating func append(_ resource: Resource) throws(KustomizeError) {
    var known = identities ?? Set(items.map(\.identity))
    identities = nil
    guard known.insert(resource.identity).inserted else { throw conflict(with: resource) }
    items.append(resource)
    identities = known
  }

  /// Adds objects; an error where one of the same identity is there.
  mutating func append(contentsOf resources: [Resource]) throws(KustomizeError) {
    for resource in resources { try append(resource) }
  }

  /// Puts other objects in place of all; an error where two have the same identity.
  mutating func replaceAll(by resources: [Resource]) throws(KustomizeError) {
    items = []
    identities = nil
    items.reserveCapacity(resources.count)
    try append(contentsOf: resources)
  }

  /// Changes objects in place.
  mutating func update<Failure: Error>(_ body: (inout [Resource]) throws(Failure) -> Void) throws(Failure) {
    identities = nil
    try body(&items)
  }

  /// Changes one object in place.
  mutating func update<Failure: Error>(
    at index: Int, _ body: (inout Resource) throws(Failure) -> Void
  ) throws(Failure) {
    identities = nil
    try body(&items[index])
  }

  /// Changes each object in place.
  mutating func updateEach<Failure: Error>(_ body: (inout Resource) throws(Failure) -> Void) throws(Failure) {
    identities = nil
    for index in items.indices { try body(&items[index]) }
  }

  /// Takes out the objects of which a transformer left nothing.
  mutating func dropEmpty() {
    guard items.contains(where: \.isEmpty) else { return }
    identities = nil
    items.removeAll(where: \.isEmpty)
  }

  /// Takes out the objects of which nothing is left; an error where two have the same identity now.
  mutating func settle() throws(KustomizeError) {
    let isSettled = identities != nil && !items.contains(where: \.isEmpty)
    if !isSettled { try replaceAll(by: items.filter { !$0.isEmpty }) }
  }

  /// The positions of the objects whose identity, of today or earlier, `matches`.
  func positions(withIdentity matches: (ResourceID) -> Bool) -> [Int] {
    items.indices.filter { !items[$0].isEmpty && items[$0].hasIdentity(where: matches) }
  }

  private func conflict(with resource: Resource) -> KustomizeError {
    let first = items.first { $0.identity == resource.identity }
    var trace = resource.trace
    if let first {
      trace.append(RelatedLocation("the first one is here", at: first.location))
      trace += first.trace.map { RelatedLocation("the first one is taken in here", at: $0.location) }
    }
    // A file that is taken in twice: the second entry is what is wrong, not the file.
    let isSame = first?.location == resource.location
    let entry = isSame ? resource.trace.first { !(first?.trace.contains($0) ?? false) }?.location : nil
    return KustomizeError(
      .conflict, "there is already an object with the id '\(resource.identity)'", at: entry ?? resource.location,
      trace: trace)
  }
}

// MARK: What generators make

extension ResourceList {
  /// Adds, replaces or merges a generated object as its behavior says.
  mutating func absorb(_ generated: Resource) throws(KustomizeError) {
    let matches = positions { $0 == generated.identity }
    switch (matches.count, generated.behavior) {
    case (0, .merge), (0, .replace):
      throw KustomizeError(
        .generator,
        "no object with the id '\(generated.identity)' to \(generated.behavior.rawValue)", at: generated.location)
    case (0, _):
      try append(generated)
    case (1, .replace), (1, .merge):
      try merge(generated, into: matches[0])
    case (1, _):
      throw KustomizeError(
        .generator,
        "an object with the id '\(generated.identity)' exists: set 'behavior' to merge or replace to change it",
        at: generated.location,
        trace: [RelatedLocation("the object is here", at: items[matches[0]].location)])
    default:
      throw KustomizeError(
        .generator, "\(matches.count) objects could take '\(generated.identity)'", at: generated.location,
        trace: matches.map { RelatedLocation("one of them is here", at: items[$0].location) })
    }
  }

  private mutating func merge(_ generated: Resource, into position: Int) throws(KustomizeError) {
    let old = items[position]
    var merged = generated
    merged.takeMetadata(from: old)
    merged.transformations = old.transformations
    if generated.behavior == .merge {
      merged.mergeData(from: old)
      merged.provenance = old.provenance
    }
    if merged.identity != old.identity,
      items.indices.contains(where: { $0 != position && items[$0].identity == merged.identity })
    {
      throw conflict(with: merged)
    }
    update(at: position) { $0 = merged }
  }
}
