/** Names the first place in which two JSON values differ, for people: `data.trustDelta: stored 3, expected 2`. */
export function firstDifference(stored: unknown, expected: unknown, at = ''): string | undefined {
  if (isObject(stored) && isObject(expected)) {
    const keys = [...new Set([...Object.keys(stored), ...Object.keys(expected)])].sort();
    for (const key of keys) {
      const found = firstDifference(stored[key], expected[key], at ? `${at}.${key}` : key);
      if (found) return found;
    }
    return undefined;
  }
  return Object.is(stored, expected)
    ? undefined
    : `${at || 'value'}: stored ${show(stored)}, expected ${show(expected)}`;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const show = (value: unknown): string =>
  value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80);
