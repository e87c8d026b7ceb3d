/**
 * Signed archives: a ZIP whose manifest lists every file with its hash and is signed, written from streams and read as
 * streams. What is given out of one was signed by a key that is believed.
 */
export { archiveErrors } from './errors.ts';
export type { ArchivedFile, Manifest } from './manifest.ts';
export { openArchive, type SignedArchive } from './open-archive.ts';
export {
  type ArchiveWriter,
  type Chunks,
  requireAbsent,
  type WrittenArchive,
  writeArchive,
} from './write-archive.ts';
