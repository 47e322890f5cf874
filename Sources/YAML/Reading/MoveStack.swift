/// A stack whose elements move into arrays of their exact size, without being copied or counted again.
@safe
struct MoveStack<Element>: ~Copyable {
  private var base: UnsafeMutablePointer<Element>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int = 64) {
    self.capacity = capacity
    unsafe base = .allocate(capacity: capacity)
  }

  deinit {
    unsafe base.deinitialize(count: count)
    unsafe base.deallocate()
  }

  mutating func push(_ element: consuming Element) {
    if count == capacity { grow() }
    unsafe (base + count).initialize(to: element)
    count += 1
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
    unsafe larger.moveInitialize(from: base, count: count)
    unsafe base.deallocate()
    unsafe base = larger
    capacity *= 2
  }

  /// The element at a place that was pushed before.
  subscript(index: Int) -> Element {
    get {
      return unsafe base[index]
    }
    set {
      unsafe base[index] = newValue
    }
  }

  /// Takes the elements from `start` on off the stack.
  mutating func take(from start: Int) -> [Element] {
    let taken = count - start
    guard taken > 0 else { return [] }
    count = start
    return unsafe Array(unsafeUninitializedCapacity: taken) { buffer, initialized in
      if let target = buffer.baseAddress { unsafe target.moveInitialize(from: base + start, count: taken) }
      initialized = taken
    }
  }
}

extension MoveStack where Element == Mapping.Entry {
  /// Where `key` stands among the elements from `start` on.
  func index(of key: String, from start: Int) -> Int? {
    for index in start..<count where unsafe base[index].key.text == key { return index }
    return nil
  }
}
