/// A day of the Gregorian calendar.
struct CivilDate {
  var year: Int
  var month: Int
  var day: Int

  /// The day so many days after 1970-01-01.
  init(daysSinceEpoch days: Int) {
    // Years start in March here, so that the leap day is the last.
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// How many days a date is after 1970-01-01; months and days may be out of range, and all may wrap.
  static func days(year: Int, month: Int, day: Int) -> Int {
    let months = month &- 1
    let monthOfYear = (months % 12 + 12) % 12
    let carried = months / 12 - (months % 12 < 0 ? 1 : 0)
    let shiftedYear = year &+ carried &- (monthOfYear < 2 ? 1 : 0)
    let yearOfEra = (shiftedYear % 400 + 400) % 400
    let era = shiftedYear / 400 - (shiftedYear % 400 < 0 ? 1 : 0)
    let daysBefore = (153 * (monthOfYear < 2 ? monthOfYear + 10 : monthOfYear - 2) + 2) / 5
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + daysBefore
    return era &* 146_097 &+ dayOfEra &+ day &- 719_469
  }

  static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  static func daysIn(_ month: Int, of year: Int) -> Int {
    month == 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  static let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
  static let dayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
}
