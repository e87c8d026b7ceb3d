/**
 * The techniques of MITRE ATT&CK (Enterprise, release 19.1) for initial access, phishing and credential theft: ids and
 * names as MITRE writes them, descriptions in our words. © 2026 The MITRE Corporation. This work is reproduced and
 * distributed with the permission of The MITRE Corporation.
 */

/** Names of the sub-techniques stand in the order of their numbers, from .001. */
export interface Technique {
  readonly id: string;
  readonly name: string;
  readonly tactics: readonly string[];
  readonly description: string;
  readonly kinds?: readonly (readonly [name: string, description: string])[];
  /** What MITRE revoked it in favour of; it is in no tactic any more. */
  readonly replacedById?: string;
}

export const INITIAL_ACCESS: readonly Technique[] = [
  {
    id: 'T1566',
    name: 'Phishing',
    tactics: ['TA0001'],
    description: 'Sends messages that make people let the adversary in.',
    kinds: [
      [
        'Spearphishing Attachment',
        'A message to chosen people carries a file that runs the adversary’s code.',
      ],
      [
        'Spearphishing Link',
        'A message to chosen people leads to a page that takes credentials or serves malware.',
      ],
      [
        'Spearphishing via Service',
        'The message comes by a third party’s service, such as a social network.',
      ],
      ['Spearphishing Voice', 'A telephone call makes people give access or run something.'],
    ],
  },
  {
    id: 'T1078',
    name: 'Valid Accounts',
    tactics: ['TA0001', 'TA0003', 'TA0004', 'TA0005'],
    description: 'Signs in with credentials of existing accounts.',
    kinds: [
      ['Default Accounts', 'Uses accounts that a product comes with.'],
      ['Domain Accounts', 'Uses accounts that a directory manages.'],
      ['Local Accounts', 'Uses accounts of a single system.'],
      ['Cloud Accounts', 'Uses accounts of a cloud provider or service.'],
    ],
  },
  {
    id: 'T1195',
    name: 'Supply Chain Compromise',
    tactics: ['TA0001'],
    description: 'Tampers with a product before its user receives it.',
    kinds: [
      [
        'Compromise Software Dependencies and Development Tools',
        'Tampers with what software is built from or with.',
      ],
      ['Compromise Software Supply Chain', 'Tampers with software or its updates on their way to the user.'],
      ['Compromise Hardware Supply Chain', 'Tampers with devices or firmware before delivery.'],
    ],
  },
  {
    id: 'T1659',
    name: 'Content Injection',
    tactics: ['TA0001', 'TA0011'],
    description: 'Puts malicious content into network traffic on its way.',
  },
  {
    id: 'T1189',
    name: 'Drive-by Compromise',
    tactics: ['TA0001'],
    description: 'Compromises a visitor of a website in the ordinary course of browsing.',
  },
  {
    id: 'T1190',
    name: 'Exploit Public-Facing Application',
    tactics: ['TA0001'],
    description: 'Exploits a weakness of a system that the internet can reach.',
  },
  {
    id: 'T1133',
    name: 'External Remote Services',
    tactics: ['TA0001', 'TA0003'],
    description: 'Enters through remote access such as a VPN or a remote desktop.',
  },
  {
    id: 'T1200',
    name: 'Hardware Additions',
    tactics: ['TA0001'],
    description: 'Attaches a device to a system or network to get in.',
  },
  {
    id: 'T1091',
    name: 'Replication Through Removable Media',
    tactics: ['TA0001', 'TA0008'],
    description: 'Spreads by removable media that people plug in.',
  },
  {
    id: 'T1199',
    name: 'Trusted Relationship',
    tactics: ['TA0001'],
    description: 'Comes through a third party that is trusted with access.',
  },
  {
    id: 'T1669',
    name: 'Wi-Fi Networks',
    tactics: ['TA0001'],
    description: 'Joins the target’s wireless network from nearby.',
  },
];

export const PHISHING: readonly Technique[] = [
  {
    id: 'T1598',
    name: 'Phishing for Information',
    tactics: ['TA0043'],
    description: 'Sends messages to learn something, often credentials, and not to run code.',
    kinds: [
      ['Spearphishing Service', 'Asks by a third party’s service.'],
      ['Spearphishing Attachment', 'Asks by a file that is to be filled in and sent back.'],
      ['Spearphishing Link', 'Asks on a page that a link leads to.'],
      ['Spearphishing Voice', 'Asks by telephone.'],
    ],
  },
  {
    id: 'T1204',
    name: 'User Execution',
    tactics: ['TA0002'],
    description: 'Relies on a person to run what does the harm.',
    kinds: [
      ['Malicious Link', 'A person follows a link.'],
      ['Malicious File', 'A person opens a file.'],
      ['Malicious Image', 'A person starts a cloud or container image.'],
      ['Malicious Copy and Paste', 'A person pastes code that a page gave them and runs it.'],
      ['Malicious Library', 'A developer installs a library that is not what it seems.'],
    ],
  },
  {
    id: 'T1534',
    name: 'Internal Spearphishing',
    tactics: ['TA0008'],
    description: 'Phishes colleagues from an account within the organisation.',
  },
  {
    id: 'T1684',
    name: 'Social Engineering',
    tactics: ['TA0005'],
    description: 'Moves people to act for the adversary, as if they acted for somebody they trust.',
    kinds: [
      ['Impersonation', 'Poses as a person or organisation that the target trusts.'],
      ['Email Spoofing', 'Forges the sender of an e-mail.'],
    ],
  },
  {
    id: 'T1667',
    name: 'Email Bombing',
    tactics: ['TA0040'],
    description: 'Floods a mailbox, to hide other messages or as a pretext for a call.',
  },
  {
    id: 'T1589',
    name: 'Gather Victim Identity Information',
    tactics: ['TA0043'],
    description: 'Collects details of people, to target them.',
    kinds: [
      ['Credentials', 'Collects credentials that are known already, such as from leaks.'],
      ['Email Addresses', 'Collects addresses to write to.'],
      ['Employee Names', 'Collects names to address and to pose as.'],
    ],
  },
];

/** Ids that older content may name; MITRE keeps them for good. */
export const REVOKED: readonly Technique[] = [
  {
    id: 'T1656',
    name: 'Impersonation',
    tactics: [],
    description: 'Poses as a person or organisation that the target trusts.',
    replacedById: 'T1684.001',
  },
  {
    id: 'T1672',
    name: 'Email Spoofing',
    tactics: [],
    description: 'Forges the sender of an e-mail.',
    replacedById: 'T1684.002',
  },
];
