/**
 * What people are told, how, and whether it reached them.
 * Nothing is sent on a channel that the person has switched off, unless the category is mandatory.
 */
export { notificationErrors } from './errors.ts';
export {
  CHANNELS,
  type Channel,
  type Delivered,
  type Dispatch,
  type MessageName,
  type NewMessage,
  recordMessageDelivery,
  type WordedMessage,
  type WrittenMessage,
  wordMessage,
  writeMessage,
} from './messages.ts';
export { seedNotifications } from './seed.ts';
