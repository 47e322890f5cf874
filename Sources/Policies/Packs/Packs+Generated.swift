extension Pack {
  /// The packs that come with the program.
  public static let builtIn: [Pack] = []
}
