//! The value of an expression as TIMEX3 writes it: "1943-07-05", "1943-SU", "P3D", "PRESENT_REF".
//!
//! # From
//! TimeML 1.2.1, Annotation Guidelines, and TIDES 2005 for years before Christ ("BC0480").

use super::{Expr, Look, Part, Unit, Value};
use detente_types::Span;
use detente_types::{DayPart, TimeExpression, TimeKind, When};
use jiff::civil::{Date, Weekday};

/// The expression with its value; `when` is what it resolved to without its bound.
pub(crate) fn timed(expr: &Expr, when: &When, span: Span) -> TimeExpression {
    let value = value(expr, when).map(|v| match expr.hour {
        Some(hour) if v.len() >= 10 && !v.starts_with('P') => v + &hour_of(hour),
        _ => v,
    });
    TimeExpression { span, kind: kind(expr), value }
}

fn kind(expr: &Expr) -> TimeKind {
    match expr.value {
        Value::Length { .. } => TimeKind::Duration,
        Value::Repeated(_) => TimeKind::Set,
        Value::Reference(_) | Value::Vague(_) | Value::Sometime(_) if expr.hour.is_none() => {
            TimeKind::Reference
        }
        _ if expr.hour.is_some() => TimeKind::Time,
        _ => TimeKind::Date,
    }
}

fn hour_of(part: DayPart) -> String {
    match part {
        DayPart::Morning => "TMO".to_string(),
        DayPart::Afternoon => "TAF".to_string(),
        DayPart::Evening => "TEV".to_string(),
        DayPart::Night => "TNI".to_string(),
        DayPart::Clock { hour, minute } => format!("T{hour:02}:{minute:02}"),
    }
}

fn value(expr: &Expr, when: &When) -> Option<String> {
    let from = when.from();
    Some(match expr.value {
        Value::Day { month, day, .. } => match from {
            Some(date) => day_of(date),
            None => format!("XXXX-{month:02}-{day:02}"),
        },
        Value::Month { month, .. } => match from {
            Some(date) => month_of(date),
            None => format!("XXXX-{month:02}"),
        },
        Value::Season { month, .. } => {
            let name = match month {
                3 => "SP",
                6 => "SU",
                9 => "FA",
                _ => "WI",
            };
            format!("{}-{name}", from.map_or("XXXX".to_string(), |d| year_of(d.year())))
        }
        Value::Year { year, part } => year_said(year) + half(part),
        Value::Years { from, to } => years(from, to),
        Value::Weekday { day, .. } => {
            match from.filter(|f| when.to().is_some_and(|t| (t - *f).get_days() < 2)) {
                Some(date) => day_of(date),
                None => format!("XXXX-WXX-{}", weekday_number(day)),
            }
        }
        Value::FromToday(_) => from.map_or("PRESENT_REF".to_string(), day_of),
        Value::Period { unit, part, .. } | Value::Later { unit, part, .. } => grain(unit, when) + half(part),
        Value::Ago { unit, n } if n > 0 && when.is_unknown() => length(unit, Some(n)),
        Value::Ago { unit, .. } => grain(unit, when),
        Value::Recent { unit, n } | Value::Length { unit, n } => length(unit, n),
        Value::Vague(look) | Value::Sometime(look) => looks(look),
        Value::Reference(Some(look)) => looks(look),
        Value::Reference(None) => return expr.hour.map(|_| from.map_or("XXXX-XX-XX".to_string(), day_of)),
        Value::Repeated(unit) => match unit? {
            Unit::Minute | Unit::Hour => "XXXX-XX-XXTXX".to_string(),
            Unit::Day => "XXXX-XX-XX".to_string(),
            Unit::Week => "XXXX-WXX".to_string(),
            Unit::Month => "XXXX-XX".to_string(),
            Unit::Year => "XXXX".to_string(),
            Unit::Decade => "XXX".to_string(),
            Unit::Century => "XX".to_string(),
        },
        Value::Days { .. } | Value::Between => return None,
    })
}

fn looks(look: Look) -> String {
    match look {
        Look::Past => "PAST_REF",
        Look::Present => "PRESENT_REF",
        Look::Future => "FUTURE_REF",
    }
    .to_string()
}

fn half(part: Part) -> &'static str {
    match part {
        Part::FirstHalf => "-H1",
        Part::SecondHalf => "-H2",
        _ => "",
    }
}

/// A year of the proleptic calendar; year 0 is 1 BC.
fn year_of(year: i16) -> String {
    if year > 0 { format!("{year:04}") } else { format!("BC{:04}", 1 - year) }
}

/// A year as it is said, negative before Christ.
fn year_said(year: i16) -> String {
    if year > 0 { format!("{year:04}") } else { format!("BC{:04}", -year) }
}

fn day_of(date: Date) -> String {
    format!("{}-{:02}-{:02}", year_of(date.year()), date.month(), date.day())
}

fn month_of(date: Date) -> String {
    format!("{}-{:02}", year_of(date.year()), date.month())
}

/// A decade or century: its first digits.
fn years(from: i16, to: i16) -> String {
    let (sign, first) = if from < 0 { ("BC", -to) } else { ("", from) };
    match to - from {
        9 => format!("{sign}{:03}", first / 10),
        99 => format!("{sign}{:02}", first / 100),
        _ => year_said(from),
    }
}

/// An interval by the unit that it was told in.
fn grain(unit: Unit, when: &When) -> String {
    let Some(from) = when.from() else {
        return match unit {
            Unit::Day | Unit::Hour | Unit::Minute => "XXXX-XX-XX",
            Unit::Week => "XXXX-WXX",
            Unit::Month => "XXXX-XX",
            Unit::Year => "XXXX",
            Unit::Decade => "XXX",
            Unit::Century => "XX",
        }
        .to_string();
    };
    let year = year_of(from.year());
    match unit {
        Unit::Day | Unit::Hour | Unit::Minute if when.days().is_some_and(|d| d <= 2) => day_of(from),
        Unit::Day | Unit::Hour | Unit::Minute => format!("{}-XX", month_of(from)),
        Unit::Week if when.days().is_some_and(|d| d <= 14) => {
            let week = from.iso_week_date();
            format!("{}-W{:02}", year_of(week.year()), week.week())
        }
        Unit::Week => format!("{year}-WXX"),
        Unit::Month => month_of(from),
        Unit::Year => year,
        Unit::Decade => year[..year.len() - 1].to_string(),
        Unit::Century => year[..year.len() - 2].to_string(),
    }
}

fn length(unit: Unit, n: Option<i32>) -> String {
    let n = n.map_or("X".to_string(), |n| n.to_string());
    match unit {
        Unit::Minute => format!("PT{n}M"),
        Unit::Hour => format!("PT{n}H"),
        Unit::Day => format!("P{n}D"),
        Unit::Week => format!("P{n}W"),
        Unit::Month => format!("P{n}M"),
        Unit::Year => format!("P{n}Y"),
        Unit::Decade => format!("P{n}DE"),
        Unit::Century => format!("P{n}CE"),
    }
}

fn weekday_number(day: Weekday) -> i8 {
    day.to_monday_one_offset()
}
