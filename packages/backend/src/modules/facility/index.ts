/**
 * The data centre of each session: its room, power, cooling and bandwidth, the guests who rent them, what was built and
 * what must be maintained. Guests never take more than is online, and no more is online than the house can hold.
 */
export {};
