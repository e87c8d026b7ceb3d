/**
 * The learning record store: xAPI statements and documents, and the courses of other makers that are launched by LTI,
 * SCORM, cmi5 and AICC. A statement is never changed; a wrong one is voided by another.
 */
export { aiccResults } from './records.ts';
