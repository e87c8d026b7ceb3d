/** The words that several tables of notification share: by which channel, and about what. */
import { text } from 'drizzle-orm/pg-core';
import { described } from '../../../kernel/db/index.ts';

export const channel = () =>
  text('channel', { enum: ['in_app', 'email', 'web_push', 'sms', 'chat'] }).notNull();

export const category = () =>
  described(
    text('category', { enum: ['security', 'account', 'training', 'game', 'social', 'report'] }).notNull(),
    'Security and account are mandatory: they are sent whatever a person prefers.',
  );
