import ClusterModel
import Diagnostics
import Files
import Testing
import YAML

/// Which comments are markers: those that are JSON as a whole.
@Suite struct ImageMarkerTests {
  private func markers(_ comment: String) throws -> [ImageMarker] {
    let file = SourceFile(path: "a.yaml", bytes: Array("image: a:1 \(comment)\n".utf8))
    return ImageMarker.all(
      in: AnalysedFile(path: try RepoPath("a.yaml"), file: file, documents: try YAMLReader.read(file), error: nil))
  }

  @Test(arguments: [
    (#"# {"$imagepolicy": "apps:web"}"#, "ImagePolicy/apps/web "),
    (#"#{"$imagepolicy":"apps:web:tag"}  "#, "ImagePolicy/apps/web tag"),
    (#"## { "$imagepolicy" : "apps:web:name" , "by" : "us" }"#, "ImagePolicy/apps/web name"),
    (#"# {"by": null, "$imagepolicy": "apps:web"}"#, "ImagePolicy/apps/web "),
    (#"# {"$imagepolicy": "apps:\u0077eb"}"#, "ImagePolicy/apps/web "),
  ])
  func isAMarker(_ comment: String, _ expected: String) throws {
    #expect(try markers(comment).map { "\($0.policy) \($0.part)" } == [expected])
  }

  @Test(arguments: [
    #"# {"$imagepolicy": "apps:web"} and more"#, "# {$imagepolicy: apps:web}", #"# {'$imagepolicy': 'apps:web'}"#,
    #"# {"$imagepolicy": "apps:web", "n": 1}"#, #"# {"$imagepolicy": "apps:web",}"#,
    #"# x {"$imagepolicy": "apps:web"}"#,
    #"# {"$imagepolicy": "apps:web""#, #"# {"$imagepolicy": "apps:\x"}"#,
  ])
  func isNoMarker(_ comment: String) throws {
    #expect(try markers(comment).isEmpty)
  }
}
