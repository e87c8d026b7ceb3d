/** How e-mails leave the platform: a port, so that whoever runs it puts their own provider there. */

export interface OutgoingEmail {
  /** Id of the message: the same e-mail, sent again after a kill, is known by it. */
  readonly id: string;
  readonly tenantId: string;
  readonly userId: string;
  readonly to: string;
  readonly subject: string;
  /** Plain text. */
  readonly body: string;
  readonly date: Date;
}

export interface Mailer {
  /** @returns what it is known by at whoever takes it @throws where it was not taken */
  send(email: OutgoingEmail): Promise<string>;
}
