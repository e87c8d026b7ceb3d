/**
 * The techniques of MITRE ATT&CK (Enterprise, release 19.1) that take credentials from where they are kept: ids and
 * names as MITRE writes them, descriptions in our words. © 2026 The MITRE Corporation. This work is reproduced and
 * distributed with the permission of The MITRE Corporation.
 */
import type { Technique } from './attack-techniques.ts';

export const KEPT_CREDENTIALS: readonly Technique[] = [
  {
    id: 'T1555',
    name: 'Credentials from Password Stores',
    tactics: ['TA0006'],
    description: 'Takes credentials from where systems keep them for people.',
    kinds: [
      ['Keychain', 'Takes them from the keychain of macOS.'],
      ['Securityd Memory', 'Reads the memory of the keychain’s service.'],
      ['Credentials from Web Browsers', 'Takes what browsers have saved.'],
      ['Windows Credential Manager', 'Takes them from the store of Windows.'],
      ['Password Managers', 'Takes them from third parties’ password managers.'],
      ['Cloud Secrets Management Stores', 'Takes them from a cloud’s store of secrets.'],
    ],
  },
  {
    id: 'T1003',
    name: 'OS Credential Dumping',
    tactics: ['TA0006'],
    description: 'Reads credentials out of the operating system.',
    kinds: [
      ['LSASS Memory', 'Reads the memory of the Windows authority process.'],
      ['Security Account Manager', 'Reads the database of local Windows accounts.'],
      ['NTDS', 'Takes the database of Active Directory.'],
      ['LSA Secrets', 'Reads secrets that Windows keeps for services.'],
      ['Cached Domain Credentials', 'Takes what is cached for signing in without the domain.'],
      ['DCSync', 'Poses as a domain controller to be sent password data.'],
      ['Proc Filesystem', 'Reads the memory of processes through /proc.'],
      ['/etc/passwd and /etc/shadow', 'Reads the password files of Unix systems.'],
    ],
  },
  {
    id: 'T1552',
    name: 'Unsecured Credentials',
    tactics: ['TA0006'],
    description: 'Finds credentials that nobody protected.',
    kinds: [
      ['Credentials In Files', 'Finds them in files.'],
      ['Credentials in Registry', 'Finds them in the Windows registry.'],
      ['Shell History', 'Finds them among commands typed before.'],
      ['Private Keys', 'Finds key files.'],
      ['Cloud Instance Metadata API', 'Asks a cloud machine’s metadata service for them.'],
      ['Group Policy Preferences', 'Finds them in group policies.'],
      ['Container API', 'Asks a container platform’s interface for them.'],
      ['Chat Messages', 'Finds them in what colleagues wrote to each other.'],
    ],
  },
];
