/** What can be wrong with a signed archive, or with writing one. */
import { defineErrors } from '../errors/index.ts';

const OBTAIN_AGAIN =
  'obtain the archive again from where it was written; nothing of this one is to be believed';

export const archiveErrors = defineErrors({
  ARCHIVE_EXISTS: {
    message: 'There is a file of this name already, and an archive never replaces one.',
    next: 'choose another name, or put that file elsewhere',
    exitCode: 2,
  },
  ARCHIVE_NOT_FOUND: {
    message: 'There is no such archive.',
    next: 'name the archive’s file',
    exitCode: 2,
  },
  ARCHIVE_UNREADABLE: {
    message: 'This is no ZIP file, or one that was cut off or damaged.',
    next: OBTAIN_AGAIN,
    exitCode: 1,
  },
  ARCHIVE_MANIFEST_INVALID: {
    message: 'The archive has no manifest that can be understood.',
    next: OBTAIN_AGAIN,
    exitCode: 1,
  },
  ARCHIVE_FORMAT_UNKNOWN: {
    message: 'The archive is of another format, or of another version of it.',
    next: 'read it with the command and the release that it was written for',
    exitCode: 1,
  },
  ARCHIVE_KEY_UNKNOWN: {
    message: 'The archive is signed with a key that is not believed here.',
    next: 'obtain the public key from whoever wrote the archive, by another way than the archive, and give it with --key',
    exitCode: 1,
  },
  ARCHIVE_SIGNATURE_INVALID: {
    message: 'The signature is not that of the archive’s manifest.',
    next: OBTAIN_AGAIN,
    exitCode: 1,
  },
  ARCHIVE_FILE_NAME: {
    message: 'A file in an archive is named so that it could leave the folder that it is unpacked to.',
    next: OBTAIN_AGAIN,
    exitCode: 1,
  },
  ARCHIVE_FILE_DOUBLED: {
    message: 'Two files in an archive have one name.',
    next: OBTAIN_AGAIN,
    exitCode: 1,
  },
  ARCHIVE_FILE_MISSING: {
    message: 'A file that the manifest lists is not in the archive.',
    next: OBTAIN_AGAIN,
    exitCode: 1,
  },
  ARCHIVE_FILE_UNLISTED: {
    message: 'The archive has a file that the manifest does not list.',
    next: OBTAIN_AGAIN,
    exitCode: 1,
  },
  ARCHIVE_FILE_CHANGED: {
    message: 'A file in the archive is not the one that was signed.',
    next: OBTAIN_AGAIN,
    exitCode: 1,
  },
});
