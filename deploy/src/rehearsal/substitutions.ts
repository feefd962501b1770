/** What takes the place of what a container would find in a cluster. */
export interface Substitutions {
  /** The address of the pod, where it says `0.0.0.0`. */
  readonly address: string;
  /** Addresses by name: Services such as `orders`, and pods behind a headless one such as `nats-0.nats-headless`. */
  readonly hosts: ReadonlyMap<string, string>;
  /** Folders of this machine by path in the container, such as `/etc/nats`. */
  readonly paths: ReadonlyMap<string, string>;
}

/** What a name may have behind it inside the namespace. */
const DOMAIN = String.raw`(?:\.holdfast(?:\.svc(?:\.cluster\.local)?)?)?`;

/**
 * The three substitutions that a rehearsal makes, in variables, arguments and mounted configuration, and no others:
 * `0.0.0.0`; names of Services and their pods where they are the host of a URL; and paths in the container, the longest first
 * and only as a whole beginning of a path.
 */
export function substitute(text: string, { address, hosts, paths }: Substitutions): string {
  const onAddress = text.replace(/(?<![\d.])0\.0\.0\.0(?![\d.])/g, address);
  const names = [...hosts.keys()].sort(longestFirst).map(literal).join('|');
  const host = new RegExp(String.raw`(:\/\/(?:[^\s"'/@,]*@)?)(${names})${DOMAIN}(?=[:/?#,\s"']|$)`, 'g');
  const onHosts =
    hosts.size === 0
      ? onAddress
      : onAddress.replace(host, (_, before: string, name: string) => before + hosts.get(name)!);
  const folders = [...paths.keys()].sort(longestFirst).map(literal).join('|');
  const path = new RegExp(String.raw`(?<![\w./-])(${folders})(?![\w.-])`, 'g');
  return paths.size === 0 ? onHosts : onHosts.replace(path, (whole) => paths.get(whole)!);
}

const longestFirst = (one: string, other: string): number => other.length - one.length;
const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
