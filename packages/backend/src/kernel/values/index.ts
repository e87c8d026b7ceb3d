/** What values must be to be kept and given back as they are: one rule for texts, one for JSON, one for lists, one refusal. */

export { refuseValue, valueErrors } from './errors.ts';
export { requireJson } from './json.ts';
export { requireList } from './list.ts';
export { faultOfText, keptText, requireText } from './text.ts';
