import Analysis
import ArchiveSamples
import Diagnostics
import Documents
import Files
import Flux
import GoTemplate
import Helm
import Kustomize
import Policies
import Reports
import Sprig
import Workers
import YAML

/// What is given spoilt inputs. Errors are answers; only crashes, hangs and broken promises are not.
enum FuzzTarget: String, CaseIterable {
  case yaml, substitution, template, expression, kustomization, chart, archive, repository

  /// How often it comes up, for one that takes long.
  private var weight: Int { self == .repository ? 1 : 4 }

  /// One of those that `corpus` has inputs for.
  static func any(of corpus: FuzzCorpus, _ random: inout RandomSource) -> FuzzTarget? {
    random.pick(allCases.filter { $0.hasInputs(in: corpus) }.flatMap { repeatElement($0, count: $0.weight) })
  }

  private func hasInputs(in corpus: FuzzCorpus) -> Bool {
    switch self {
    case .yaml: !corpus.documents.isEmpty
    case .substitution: !corpus.substitutions.isEmpty || !corpus.documents.isEmpty
    case .template: !corpus.templates.isEmpty
    case .expression: !corpus.expressions.isEmpty
    case .kustomization: !corpus.kustomizations.isEmpty
    case .chart, .archive: !corpus.charts.isEmpty
    case .repository: !corpus.repositories.isEmpty
    }
  }

  /// The input of one case.
  func input(_ corpus: FuzzCorpus, _ random: inout RandomSource) -> FuzzInput {
    switch self {
    case .yaml: text(corpus.documents, corpus.documents, &random)
    case .substitution:
      text(random.oneIn(4) ? corpus.documents : corpus.substitutions, corpus.substitutions, &random)
    case .template: text(corpus.templates, corpus.templates, &random)
    case .expression: text(corpus.expressions, corpus.expressions, &random)
    case .kustomization: tree(corpus.kustomizations, corpus, &random)
    case .chart: tree(corpus.charts, corpus, &random)
    case .archive: archive(corpus, &random)
    case .repository: tree(corpus.repositories, corpus, &random)
    }
  }

  /// All inputs of a corpus as they are.
  func plainInputs(_ corpus: FuzzCorpus) -> [FuzzInput] {
    func texts(_ texts: [[UInt8]]) -> [FuzzInput] {
      texts.map { FuzzInput(files: [(.root.child("input"), $0)], start: .root) }
    }
    func trees(_ starts: [FuzzCorpus.Start]) -> [FuzzInput] {
      starts.map { FuzzInput(files: corpus.trees[$0.tree].files, start: $0.directory) }
    }
    switch self {
    case .yaml: return texts(corpus.documents)
    case .substitution: return texts(corpus.documents + corpus.substitutions)
    case .template: return texts(corpus.templates)
    case .expression: return texts(corpus.expressions)
    case .kustomization: return trees(corpus.kustomizations)
    case .chart: return trees(corpus.charts)
    case .archive:
      return corpus.charts.map { FuzzInput(files: [(.root.child("input"), tar($0, corpus))], start: .root) }
    case .repository: return trees(corpus.repositories)
    }
  }

  private func text(_ texts: [[UInt8]], _ donors: [[UInt8]], _ random: inout RandomSource) -> FuzzInput {
    let text = random.pick(texts) ?? []
    return FuzzInput(files: [(.root.child("input"), Mutator(donors: donors).mutated(text, &random))], start: .root)
  }

  /// A tree of which a few files near the start are spoilt.
  private func tree(
    _ starts: [FuzzCorpus.Start], _ corpus: FuzzCorpus, _ random: inout RandomSource
  ) -> FuzzInput {
    guard let start = random.pick(starts) else { return FuzzInput(files: [], start: .root) }
    var files = corpus.trees[start.tree].files
    let near = files.indices.filter { files[$0].path.isInside(start.directory) }
    let mutator = Mutator(donors: near.map { files[$0].bytes } + (random.pick(corpus.documents).map { [$0] } ?? []))
    for _ in 0...random.below(3) {
      guard let index = random.pick(near) else { break }
      files[index].bytes = mutator.mutated(files[index].bytes, &random)
    }
    return FuzzInput(files: files, start: start.directory)
  }

  /// The archive of a chart, of which bytes are spoilt, half of the time in the headers of its entries.
  private func archive(_ corpus: FuzzCorpus, _ random: inout RandomSource) -> FuzzInput {
    var bytes = random.pick(corpus.charts).map { tar($0, corpus) } ?? []
    if random.oneIn(2) {
      bytes = Mutator(donors: []).mutated(bytes, &random)
    } else {
      for _ in 0...random.below(6) where !bytes.isEmpty {
        let header = random.below(bytes.count / 512 + 1) * 512
        let place = min(header + random.below(512), bytes.count - 1)
        bytes[place] = random.pick(Array("0127/.\\x\u{0}\u{FF}".utf8)) ?? 0
      }
    }
    return FuzzInput(files: [(.root.child("input"), bytes)], start: .root)
  }

  private func tar(_ start: FuzzCorpus.Start, _ corpus: FuzzCorpus) -> [UInt8] {
    let entries = corpus.trees[start.tree].files.compactMap { path, bytes -> (String, [UInt8])? in
      guard let own = path.relative(to: start.directory)?.string, own.utf8.count < 90 else { return nil }
      return ("chart/\(own)", bytes)
    }
    return Archive.tar(entries)
  }

  /// Runs one case. Returns what promise does not hold, if any.
  func run(_ input: FuzzInput) -> String? {
    switch self {
    case .yaml: Self.readAndWrite(input.text)
    case .substitution: Self.substitute(input.text)
    case .template: Self.renderTemplate(input.text)
    case .expression: Self.evaluate(input.text)
    case .kustomization: Self.build(input)
    case .chart: Self.renderChart(input)
    case .archive: Self.renderArchive(input.text)
    case .repository: Self.check(input)
    }
  }
}

/// The files of one case.
struct FuzzInput {
  var files: [(path: RepoPath, bytes: [UInt8])]
  var start: RepoPath

  /// The only file.
  var text: [UInt8] { files.first?.bytes ?? [] }

  var tree: MemoryTree {
    var tree = MemoryTree()
    for (path, bytes) in files { tree.insert(SourceFile(path: path.string, bytes: bytes), at: path) }
    return tree
  }
}

extension FuzzTarget {
  /// What is written can be read again and says the same.
  private static func readAndWrite(_ text: [UInt8]) -> String? {
    guard let documents = try? YAMLReader.read(SourceFile(path: "input.yaml", bytes: text)) else { return nil }
    for document in documents { _ = try? JSONEmitter().emit(document.root) }
    guard let written = try? YAMLEmitter.emit(documents.map(\.root)) else { return nil }
    guard let again = try? YAMLReader.read(SourceFile(path: "written.yaml", bytes: written)) else {
      return "what was written cannot be read"
    }
    guard let twice = try? YAMLEmitter.emit(again.map(\.root)), twice == written else {
      return "what was written is written otherwise the second time"
    }
    return nil
  }

  private static func substitute(_ text: [UInt8]) -> String? {
    _ = try? Envsubst.expand(text) { name in
      name.utf8.count % 3 == 0 ? nil : name.utf8.count % 3 == 1 ? .known(Array(name.utf8)) : .unknown
    }
    guard let documents = try? YAMLReader.read(SourceFile(path: "input.yaml", bytes: text)) else { return nil }
    let variables = ["a", "domain", "SECRET_DOMAIN", "cluster_name"].enumerated().map { number, name in
      SubstitutionVariables.Variable(
        name: name, value: ["x: y", nil, "1", "*a"][number],
        origin: Origin(file: SourceFile(path: "variables", bytes: []), span: .fileStart))
    }
    for document in documents {
      _ = try? Substitution(SubstitutionVariables(variables), isAlways: true).apply(to: document.root)
    }
    return nil
  }

  private static func renderTemplate(_ text: [UInt8]) -> String? {
    var set = TemplateSet(name: "gotpl", functions: Sprig.helm, missingKey: .zero)
    guard (try? set.add(TemplateSource(name: "t", bytes: text))) != nil else { return nil }
    let data = try? JSONReader.read(
      "{\"a\": {\"b\": [1, \"x\", null, true, 1e300]}, \"Values\": {\"name\": \"web\"}, \"n\": -3}")
    _ = try? set.render("t", with: data ?? .null)
    return nil
  }

  private static func build(_ input: FuzzInput) -> String? {
    var options = BuildOptions()
    options.loadRestriction = .none
    guard let built = try? KustomizeBuild.run(input.start, in: ParsedTree(input.tree), options: options) else {
      return nil
    }
    _ = try? YAMLEmitter.emit(built.resources.map(\.node))
    return nil
  }

  private static func renderChart(_ input: FuzzInput) -> String? {
    guard let chart = try? ChartLoader.load(input.start, in: input.tree) else { return nil }
    _ = try? chart.render(nil as Node?, ReleaseOptions(name: "web"))
    return nil
  }

  private static func renderArchive(_ tar: [UInt8]) -> String? {
    let file = SourceFile(path: "chart.tgz", bytes: Archive.gzip(tar))
    guard let chart = try? ChartLoader.load(archive: file) else { return nil }
    _ = try? chart.render(nil as Node?, ReleaseOptions(name: "web"))
    return nil
  }

  private static func check(_ input: FuzzInput) -> String? {
    let workers = Workers(jobs: 1)
    guard let today = CalendarDate("2026-01-01"), let workspace = try? Workspace.load(input.tree, workers: workers),
      let analysis = try? Analysis(of: workspace, options: AnalysisOptions(today: today), workers: workers)
    else { return nil }
    let report = analysis.report(toolVersion: "fuzz", workers: workers)
    for format in ReportFormat.allCases { _ = format.render(report) }
    return nil
  }
}
