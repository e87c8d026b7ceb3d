/**
 * The techniques of MITRE ATT&CK’s tactic Credential Access (Enterprise, release 19.1): ids and names as MITRE writes
 * them, descriptions in our words. © 2026 The MITRE Corporation. This work is reproduced and distributed with the
 * permission of The MITRE Corporation.
 */
import type { Technique } from './attack-techniques.ts';

export const GUESSED_AND_TRICKED: readonly Technique[] = [
  {
    id: 'T1110',
    name: 'Brute Force',
    tactics: ['TA0006'],
    description: 'Tries credentials until one works.',
    kinds: [
      ['Password Guessing', 'Tries likely passwords for an account.'],
      ['Password Cracking', 'Recovers passwords from hashes that were taken.'],
      ['Password Spraying', 'Tries one common password on many accounts.'],
      ['Credential Stuffing', 'Tries credentials that leaked elsewhere.'],
    ],
  },
  {
    id: 'T1557',
    name: 'Adversary-in-the-Middle',
    tactics: ['TA0006', 'TA0009'],
    description: 'Stands between two systems, to read or change what they say.',
    kinds: [
      ['Name Resolution Poisoning and SMB Relay', 'Answers name queries falsely to receive authentication.'],
      ['ARP Cache Poisoning', 'Falsifies which device an address belongs to.'],
      ['DHCP Spoofing', 'Hands out a false network configuration.'],
      ['Evil Twin', 'Offers a wireless network that looks like a genuine one.'],
    ],
  },
  {
    id: 'T1056',
    name: 'Input Capture',
    tactics: ['TA0006', 'TA0009'],
    description: 'Captures what people enter.',
    kinds: [
      ['Keylogging', 'Records keystrokes.'],
      ['GUI Input Capture', 'Shows a false prompt for credentials.'],
      ['Web Portal Capture', 'Records credentials on a compromised sign-in page.'],
      ['Credential API Hooking', 'Hooks functions that credentials pass through.'],
    ],
  },
  {
    id: 'T1111',
    name: 'Multi-Factor Authentication Interception',
    tactics: ['TA0006'],
    description: 'Intercepts the second factor on its way.',
  },
  {
    id: 'T1621',
    name: 'Multi-Factor Authentication Request Generation',
    tactics: ['TA0006'],
    description: 'Sends requests for the second factor until somebody approves one.',
  },
  {
    id: 'T1187',
    name: 'Forced Authentication',
    tactics: ['TA0006'],
    description: 'Makes a system authenticate to one that the adversary holds.',
  },
  {
    id: 'T1212',
    name: 'Exploitation for Credential Access',
    tactics: ['TA0006'],
    description: 'Exploits a weakness of software to get credentials.',
  },
  {
    id: 'T1040',
    name: 'Network Sniffing',
    tactics: ['TA0006', 'TA0007'],
    description: 'Reads traffic to find credentials and other knowledge.',
  },
];

export const STOLEN_AND_FORGED: readonly Technique[] = [
  {
    id: 'T1539',
    name: 'Steal Web Session Cookie',
    tactics: ['TA0006'],
    description: 'Takes the cookie of a session that is signed in.',
  },
  {
    id: 'T1528',
    name: 'Steal Application Access Token',
    tactics: ['TA0006'],
    description:
      'Takes a token by which an application acts for a person, such as by a false consent screen.',
  },
  {
    id: 'T1606',
    name: 'Forge Web Credentials',
    tactics: ['TA0006'],
    description: 'Makes cookies or tokens that a web application accepts.',
    kinds: [
      ['Web Cookies', 'Makes session cookies with a stolen secret.'],
      ['SAML Tokens', 'Makes assertions with a stolen signing key.'],
    ],
  },
  {
    id: 'T1649',
    name: 'Steal or Forge Authentication Certificates',
    tactics: ['TA0006'],
    description: 'Takes or makes certificates that people or devices authenticate with.',
  },
  {
    id: 'T1558',
    name: 'Steal or Forge Kerberos Tickets',
    tactics: ['TA0006'],
    description: 'Takes or makes Kerberos tickets.',
    kinds: [
      ['Golden Ticket', 'Makes tickets with the key of the ticket-granting service.'],
      ['Silver Ticket', 'Makes tickets for one service with its key.'],
      ['Kerberoasting', 'Cracks service tickets to learn a service account’s password.'],
      ['AS-REP Roasting', 'Cracks answers for accounts without pre-authentication.'],
      ['Ccache Files', 'Takes tickets from credential cache files.'],
    ],
  },
  {
    id: 'T1556',
    name: 'Modify Authentication Process',
    tactics: ['TA0006', 'TA0112', 'TA0003'],
    description: 'Changes how authentication works, to learn credentials or to pass without.',
    kinds: [
      ['Domain Controller Authentication', 'Patches authentication on a domain controller.'],
      ['Password Filter DLL', 'Registers a filter that sees new passwords.'],
      ['Pluggable Authentication Modules', 'Changes PAM on Unix systems.'],
      ['Network Device Authentication', 'Patches authentication of a network device.'],
      ['Reversible Encryption', 'Has passwords kept in a form that can be read.'],
      ['Multi-Factor Authentication', 'Disables or changes the second factor.'],
      ['Hybrid Identity', 'Changes what ties a local directory to the cloud.'],
      ['Network Provider DLL', 'Registers a provider that sees credentials at sign-in.'],
      ['Conditional Access Policies', 'Weakens the conditions of signing in.'],
    ],
  },
];
