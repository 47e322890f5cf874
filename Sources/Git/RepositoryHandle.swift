import CLibGit2
import Synchronization

/// An open repository of libgit2.
///
/// `@unchecked Sendable`: libgit2 allows an object in any thread, but in one at a time, and keeps its last error per
/// thread. So every call goes through ``use(_:)``, which holds the lock until the result is a Swift value.
@safe final class RepositoryHandle: @unchecked Sendable {
  private let pointer: OpaquePointer
  private let lock = Mutex(())

  /// Takes over `pointer`, a `git_repository`.
  init(_ pointer: OpaquePointer) {
    unsafe self.pointer = pointer
  }

  deinit {
    unsafe git_repository_free(pointer)
  }

  /// Runs `body` with the repository, alone.
  func use<Value, Failure: Error>(_ body: (OpaquePointer) throws(Failure) -> Value) throws(Failure) -> Value {
    let result: Result<Value, Failure> = lock.withLock { _ in
      do throws(Failure) {
        return .success(try unsafe body(pointer))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }
}

/// libgit2 itself, made ready once per process.
enum Library {
  /// Zero or more when libgit2 is ready.
  ///
  /// Repositories may belong to anybody: in a CI container the checkout seldom belongs to the user that runs, and
  /// what the check guards against, commands from a stranger's configuration, never happens here, as nothing is run.
  /// Configuration of the system and of the user is not read either, so that a run depends on the repository alone.
  /// The extensions accepted change how git writes or fetches, not how what is there is read: CI services make
  /// sparse and partial clones with them.
  ///
  /// Directories stay parsed in memory: libgit2 would parse one with more than about a hundred entries anew for each
  /// file that is read from it.
  static let status: Int32 = {
    let status = git_libgit2_init()
    guard status >= 0 else { return status }
    let levels = [GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL]
    let results = [
      sluice_git_disable_owner_validation(), sluice_git_accept_extensions(),
      sluice_git_cache_objects(GIT_OBJECT_TREE, 4 << 20),
    ]
    return (results + levels.map(sluice_git_clear_search_path)).min() ?? 0
  }()

  /// The reason of the last failure in this thread.
  static var lastReason: String {
    guard let error = unsafe git_error_last(), let text = unsafe error.pointee.message else { return "unknown error" }
    return unsafe String(cString: text)
  }

  static func fail() -> GitError {
    GitError(.library(lastReason))
  }
}
