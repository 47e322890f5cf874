import ClusterModel
import Diagnostics
import Kubernetes
import YAML

/// A flag in the arguments of a controller.
///
/// Source: github.com/spf13/pflag, which Flux's controllers read their arguments with, and strconv.ParseBool.
struct ControllerFlag {
  let name: String
  let value: String
  let place: Location

  /// The flags in `arguments`: `--name=value`, `--name` and the value as the next argument, or `--name` of a switch. What
  /// looks like a flag is no value, so that a switch that is not known takes nothing away.
  static func all(in arguments: [Node]) -> [ControllerFlag] {
    var flags: [ControllerFlag] = []
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      guard let text = argument.scalar?.text, text.hasPrefix("--") else { continue }
      // What stands behind a bare `--` is no flag.
      if text == "--" { break }
      let place = argument.origin.location
      if let separator = text.firstIndex(of: "=") {
        let value = String(text[text.index(after: separator)...])
        flags.append(ControllerFlag(name: String(text[..<separator]), value: value, place: place))
      } else if !switches.contains(text), let value = rest.first?.scalar?.text, !value.hasPrefix("--") {
        flags.append(ControllerFlag(name: text, value: value, place: place))
        rest.removeFirst()
      } else {
        flags.append(ControllerFlag(name: text, value: "true", place: place))
      }
    }
    return flags
  }

  /// The flags that need no value, of all controllers.
  private static let switches: Set = [
    "--watch-all-namespaces", "--no-cross-namespace-refs", "--no-remote-bases", "--enable-leader-election",
    "--leader-election-release-on-cancel", "--leader-elect", "--insecure-kubeconfig-exec", "--insecure-kubeconfig-tls",
    "--log-caller", "--help", "--version", "--override-manager", "--disallow-foreign-references",
    "--export-http-path-metrics",
  ]

  /// Whether the text of a switch or a gate means that it is on; nil where a controller would not start with it.
  static func isOn(_ text: some StringProtocol) -> Bool? {
    switch text {
    case "1", "t", "T", "TRUE", "true", "True": true
    case "0", "f", "F", "FALSE", "false", "False": false
    default: nil
    }
  }

  var isOn: Bool { Self.isOn(value) ?? false }
}

extension ControllerInstance {
  /// Takes what a flag says of the objects that are looked at.
  mutating func read(_ flag: ControllerFlag) {
    switch flag.name {
    case "--watch-label-selector":
      selectorText = flag.value
      selector = (try? LabelSelector(flag.value)).map { ControllerSettings.Setting($0, at: flag.place) }
    case "--watch-all-namespaces": isConfined = !flag.isOn
    default: break
    }
  }
}
