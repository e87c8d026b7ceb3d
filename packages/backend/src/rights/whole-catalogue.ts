/** Use cases that concern every table that the catalogue says they do, and no service by its name: a word for each. */

export const COUNTING = 'counting rows';
export const FINDING = 'finding a person’s rows';
export const ERASING = 'erasing a person';
export const LOOKING_UP = 'looking up codes';
export const COPYING = 'copying tenants';
export const WRITING = 'writing tenants';
export const FOLLOWING = 'following changes';
export const VERIFYING = 'verifying references';
export const CLEANING = 'cleaning up';

/** What each means, and the command that it is part of. */
export const wholeCatalogueUses: Readonly<Record<string, string>> = {
  [COUNTING]:
    '`tenant delete` and `tenant balance` count every row of a tenant; whoever lacked a table would certify less than there was',
  [FINDING]:
    '`privacy export` and `privacy erase` read every table that leads to a person, as its `subject` says',
  [ERASING]:
    '`privacy erase` deletes the row, or changes the column, as the column’s declaration of personal data says',
  [LOOKING_UP]:
    'reference tables hold nobody’s data and are the same for all: whoever stores a code may read what it stands for',
  [COPYING]: '`tenant move` and `tenant export` read every table of a tenant, and checksums of it',
  [WRITING]: '`tenant move` and `tenant import` write every table of a tenant',
  [FOLLOWING]:
    '`tenant move` repeats what the source deletes or changes meanwhile; append-only rows leave by a function',
  [VERIFYING]: '`tenant move` and `tenant import` look for rows whose reference leads to nothing',
  [CLEANING]: '`partitions ensure` runs VACUUM on a log’s default partition, once strays have left it',
};
