//! Sheets in, text out: one file per output form.
