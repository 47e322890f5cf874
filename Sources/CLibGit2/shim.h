#include <git2.h>

/// The options of libgit2 are set through a function with variable arguments, which Swift cannot call.

/// Reads repositories whatever user owns them.
static inline int sluice_git_disable_owner_validation(void) {
  return git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
}

/// Looks for the configuration of one level (system, user) in no directory at all.
static inline int sluice_git_clear_search_path(git_config_level_t level) {
  return git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, "");
}

/// Accepts repositories that use these extensions besides those that libgit2 knows itself.
static inline int sluice_git_accept_extensions(void) {
  const char *names[] = {"worktreeconfig", "partialclone", "preciousobjects", "relativeworktrees"};
  return git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, names, sizeof(names) / sizeof(names[0]));
}

/// Keeps parsed objects of a type in memory up to this size each.
static inline int sluice_git_cache_objects(git_object_t type, size_t bytes) {
  return git_libgit2_opts(GIT_OPT_SET_CACHE_OBJECT_LIMIT, type, bytes);
}
