//! Tables: any CSV or Excel file whose columns can be told apart.

pub(super) mod excel;
pub(super) mod quotes;
pub(super) mod rows;
