/** Requests to addresses that tenants choose. */
export { type OutboundOutcome, type OutboundRequest, type Post, postWithin, type Reach } from './post.ts';
export { isPublicAddress } from './public-addresses.ts';
