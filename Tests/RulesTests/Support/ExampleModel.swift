import ClusterModel
import Policies
import TestSupport

/// The model of an example.
func exampleModel(_ example: LiterateExample, _ policy: Policy) throws -> RepositoryModel {
  try SmallModel(example.files).model
}
