/** What tenants play with: releases content packs into a tenant's library, and hands them to the game. */
export { contentErrors } from './errors.ts';
export { currentPackVersion, PackLibrary } from './packs.ts';
export { contentReviews } from './records.ts';
export { readPackFiles, releasePack } from './release.ts';
