//! What became of clauses, by small documents.
