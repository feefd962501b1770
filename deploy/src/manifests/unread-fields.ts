type Reads = WeakMap<object, Set<string>>;

/**
 * The fields of `data` that `validate` never looks at, each with its path, such as `spec.template.spec.hostnames`. A validator
 * that was generated from a schema looks at every field that the schema has, and at every entry of a map: so what is left
 * over is a field that the schema does not know. An object of which nothing is looked at is one that may hold anything.
 */
export function unreadFields(data: object, validate: (data: object) => void): readonly string[] {
  const reads: Reads = new WeakMap();
  validate(watched(data, reads, new WeakMap()));
  return unreadOf(data, reads, '');
}

/** Behaves as `data`, and notes what is read of it and of all that is in it. */
function watched(data: object, reads: Reads, known: WeakMap<object, object>): object {
  const earlier = known.get(data);
  if (earlier !== undefined) return earlier;
  const proxy = new Proxy(data, {
    get(target, key, receiver) {
      const value: unknown = Reflect.get(target, key, receiver);
      if (typeof key === 'string') {
        const fields = reads.get(target) ?? new Set();
        reads.set(target, fields.add(key));
      }
      return isObject(value) ? watched(value, reads, known) : value;
    },
  });
  known.set(data, proxy);
  return proxy;
}

function unreadOf(data: object, reads: Reads, path: string): readonly string[] {
  const read = reads.get(data);
  if (read === undefined) return [];
  return Object.entries(data).flatMap(([key, value]: [string, unknown]) => {
    const at = Array.isArray(data) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
    if (!Array.isArray(data) && !read.has(key)) return [at];
    return isObject(value) ? unreadOf(value, reads, at) : [];
  });
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
