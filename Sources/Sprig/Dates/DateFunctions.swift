import GoTemplate

/// Dates. The only zone is UTC, which is what Flux's controllers run in; `now` is a fixed moment.
enum DateFunctions {
  static let functions: [Function] =
    [
      Function("now") { (_, evaluator) throws(FunctionError) in
        evaluator.madeUp.insert("now")
        return .object(Moment.fixedNow)
      },
      Function("ago", .any) { (arguments, evaluator) throws(FunctionError) in
        let then = moment(arguments[0], &evaluator)
        evaluator.madeUp.insert("ago")
        let elapsed = Moment.fixedNow.seconds &- then.seconds
        return .text(Durations.text(Int64(elapsed).multipliedReportingOverflow(by: 1_000_000_000).partialValue))
      },
      Function("date", .string, .any) { (arguments, evaluator) throws(FunctionError) in
        .text(Layout(arguments.string(0).text).format(moment(arguments[1], &evaluator).utc))
      },
      Function("htmlDate", .any) { (arguments, evaluator) throws(FunctionError) in
        .text(Layout("2006-01-02").format(moment(arguments[0], &evaluator).utc))
      },
      Function("htmlDateInZone", .any, .string) { (arguments, evaluator) throws(FunctionError) in
        .text(Layout("2006-01-02").format(moment(arguments[0], &evaluator).utc))
      },
      Function("toDate", .string, .string) { arguments in
        .object((try? LayoutParser.parse(arguments.string(0).text, arguments.string(1).text)) ?? Moment.zero)
      },
      Function("mustToDate", .string, .string) { (arguments) throws(FunctionError) in
        do throws(LayoutParser.Mismatch) {
          return .object(try LayoutParser.parse(arguments.string(0).text, arguments.string(1).text))
        } catch {
          throw .message(error.message)
        }
      },
      Function("unixEpoch", Moment.goType) { arguments in
        guard case .object(let object) = arguments[0], let moment = object as? Moment else { return "" }
        return .text(String(moment.seconds))
      },
      Function("duration", .any) { arguments in
        let seconds: Int64
        switch arguments[0] {
        case .string(let text): seconds = Casting.decimal(text)
        case .int(let value, .int64): seconds = value
        default: seconds = 0
        }
        return .text(Durations.text(seconds.multipliedReportingOverflow(by: 1_000_000_000).partialValue))
      },
      Function("durationRound", .any) { (arguments, evaluator) throws(FunctionError) in
        switch arguments[0] {
        case .string(let text): return .text(Durations.rounded(Durations.parse(text.text) ?? 0))
        case .int(let value, .int64): return .text(Durations.rounded(value))
        case .object(let object):
          guard let moment = object as? Moment else { return "0s" }
          evaluator.madeUp.insert("durationRound")
          let elapsed = Int64(Moment.fixedNow.seconds &- moment.seconds)
          return .text(Durations.rounded(elapsed.multipliedReportingOverflow(by: 1_000_000_000).partialValue))
        default: return "0s"
        }
      },
    ]
    + ["dateInZone", "date_in_zone"].map { name in
      Function(name, .string, .any, .string) { (arguments, evaluator) throws(FunctionError) in
        .text(Layout(arguments.string(0).text).format(moment(arguments[1], &evaluator).utc))
      }
    }
    + ["dateModify", "date_modify"].map { Function($0, .string, Moment.goType) { modified($0) ?? $0[1] } }
    + ["mustDateModify", "must_date_modify"].map { name in
      Function(name, .string, Moment.goType) { (arguments) throws(FunctionError) in
        guard let result = modified(arguments) else {
          throw .message("time: invalid duration \(Quoting.quote(arguments.string(0)))")
        }
        return result
      }
    }

  private static func modified(_ arguments: [Value]) -> Value? {
    guard let duration = Durations.parse(arguments.string(0).text), case .object(let object) = arguments[1],
      let moment = object as? Moment
    else { return nil }
    return .object(moment.adding(nanoseconds: Int(duration)))
  }

  /// What a date argument stands for: a time, seconds since 1970, or else now.
  private static func moment(_ value: Value, _ evaluator: inout Evaluator) -> Moment {
    switch value {
    case .object(let object):
      if let moment = object as? Moment { return moment }
    case .int(let seconds, .int), .int(let seconds, .int64), .int(let seconds, .int32):
      return Moment(seconds: Int(seconds))
    default: break
    }
    evaluator.madeUp.insert("now")
    return Moment.fixedNow
  }
}
