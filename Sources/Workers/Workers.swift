import Glibc
import Synchronization

/// Runs independent pieces of work on several threads and gives their results in the order of the input.
///
/// The threads have large stacks: trees and templates are walked recursively up to stated depth limits, which the
/// small stacks of the concurrency runtime would not hold. With one job everything runs on one such thread.
public struct Workers: Sendable {
  /// How many threads work at once; at least 1.
  public let jobs: Int
  /// Address space reserved for each thread's stack, in bytes; memory is taken only as it is used.
  public static let stackSize = 64 << 20

  /// Workers on `jobs` threads.
  public init(jobs: Int) {
    self.jobs = max(1, jobs)
  }

  /// As many threads as the machine has processors.
  public static var allProcessors: Workers {
    Workers(jobs: Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  /// The results of `work` on each of `items`, in their order, whatever order they were finished in.
  public func map<Item: Sendable, Result: Sendable>(
    _ items: [Item], _ work: @Sendable (Item) -> Result
  ) -> [Result] {
    if items.isEmpty { return [] }
    return unsafe withUnsafeTemporaryAllocation(of: Result?.self, capacity: items.count) { slots in
      unsafe slots.initialize(repeating: nil)
      defer { unsafe slots.deinitialize() }
      let next = Atomic<Int>(0)
      let results = unsafe ResultSlots(base: slots)
      runThreads(count: min(jobs, items.count)) {
        while true {
          let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard index < items.count else { return }
          results.set(index, work(items[index]))
        }
      }
      return unsafe slots.compactMap { $0 }
    }
  }

  /// Runs `work` once on a thread with a large stack, and waits for it.
  public func run<Result: Sendable>(_ work: @Sendable () -> Result) -> Result? {
    map([()]) { _ in work() }.first
  }

  /// Runs `body` on `count` threads of our own and waits for all of them.
  private func runThreads(count: Int, _ body: @Sendable () -> Void) {
    withoutActuallyEscaping(body) { body in
      var threads: [pthread_t] = []
      for _ in 0..<count {
        if let thread = Self.start(body) { threads.append(thread) }
      }
      // Without any thread (the system refuses to make one) the work is done here, on the stack at hand.
      if threads.isEmpty { body() }
      for thread in threads { pthread_join(thread, nil) }
    }
  }

  private static func start(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
    var attributes = pthread_attr_t()
    unsafe pthread_attr_init(&attributes)
    defer { unsafe pthread_attr_destroy(&attributes) }
    unsafe pthread_attr_setstacksize(&attributes, stackSize)
    let context = unsafe Unmanaged.passRetained(ThreadBody(body))
    var thread = pthread_t()
    let status = unsafe pthread_create(
      &thread, &attributes,
      { raw in
        guard let raw = unsafe raw else { return nil }
        unsafe Unmanaged<ThreadBody>.fromOpaque(raw).takeRetainedValue().body()
        return nil
      }, context.toOpaque())
    guard status == 0 else {
      unsafe context.release()
      return nil
    }
    return thread
  }
}

/// Hands a closure through the `void *` of a thread's start routine.
private final class ThreadBody: Sendable {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

/// Result slots, each written by exactly one thread and read after all have been joined: hence unchecked.
@safe
private struct ResultSlots<Result>: @unchecked Sendable {
  private let base: UnsafeMutableBufferPointer<Result?>

  init(base: UnsafeMutableBufferPointer<Result?>) {
    unsafe self.base = base
  }

  func set(_ index: Int, _ result: Result) {
    unsafe base[index] = result
  }
}
