//! Tests of the drawn badge.
