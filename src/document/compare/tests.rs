//! Fates of clauses, on small documents.
