//! One file for each format that frameworks come in. Each has two functions: whether a bundle is of its format, judged by
//! content, and the reading of it into a [`super::release::Release`].
