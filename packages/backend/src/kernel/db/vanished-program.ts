/**
 * A machine that vanishes says no goodbye: what its programs have locked stays locked until the server's TCP notices,
 * which takes over two hours unless it is told otherwise. Sessions that others wait for tell it.
 */

/** Silence after which the server's kernel asks whether the other one is still there, and asks again. */
const ASK_SECONDS = 5;
/**
 * What is not answered for so long ends the session. Less would end those of a network that is away for a moment, and a
 * copy begins anew then; more would let others wait for a lock that nobody holds.
 */
const GONE_SECONDS = 15;

/** The count is for systems that do not know the last one; there it takes five seconds more. */
export const END_WHEN_VANISHED = `SET tcp_keepalives_idle = ${ASK_SECONDS}; SET tcp_keepalives_interval = ${ASK_SECONDS};
  SET tcp_keepalives_count = ${GONE_SECONDS / ASK_SECONDS}; SET tcp_user_timeout = ${GONE_SECONDS * 1_000}`;
