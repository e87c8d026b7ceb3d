/** Finding a Redis to start: whichever program of that kind the PATH has, taken as it is. */
import fs from 'node:fs';
import path from 'node:path';

const PROGRAMS = ['redis-server', 'valkey-server'] as const;

/** The first that may be run, by its whole path; null where there is none. */
export function findRedisProgram(searched = process.env.PATH ?? ''): string | null {
  const folders = searched.split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const files = PROGRAMS.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return files.find(isProgram) ?? null;
}

function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
