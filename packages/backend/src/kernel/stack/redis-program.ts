/** Finding a Redis to start: the program that DMZ_REDIS_SERVER names, else whichever of that kind the PATH has, taken as it is. */
import fs from 'node:fs';
import path from 'node:path';

const PROGRAMS = ['redis-server', 'valkey-server'] as const;

/** By its whole path; null where there is none. What is named is not looked at: where it does not start, that is said. */
export function findRedisProgram(searched = process.env.PATH ?? ''): string | null {
  const named = process.env.DMZ_REDIS_SERVER;
  if (named) return named;
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
