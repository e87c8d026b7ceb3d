/**
 * The bytes that other modules keep: logos, attachments, packages, documents. What is stored is known by its content's
 * hash, is served only once it was scanned, and is removed only when nothing refers to it any more.
 */
export {};
