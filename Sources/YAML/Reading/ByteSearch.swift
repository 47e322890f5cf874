#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension [UInt8] {
  /// The offset of the first `byte` at or behind `start`; nil where there is none. The C library compares many at once.
  package func offset(of byte: UInt8, from start: Int = 0) -> Int? {
    guard start < count else { return nil }
    return unsafe withUnsafeBufferPointer { buffer in
      guard let first = buffer.baseAddress,
        let found = unsafe memchr(first + start, Int32(byte), buffer.count - start)
      else { return nil }
      return unsafe first.distance(to: found.assumingMemoryBound(to: UInt8.self))
    }
  }
}
