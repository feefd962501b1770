import { nameOf, type Manifest } from './manifest.ts';
import { fieldsLeftOut, models, ownSchemas } from './schemas.ts';
import { unreadFields } from './unread-fields.ts';

/** What is wrong with an object: wrong types and values, missing fields, fields that its kind does not have, an unlisted kind. */
export async function problemsOf(manifest: Manifest): Promise<readonly string[]> {
  return (await contentProblems(manifest)).map((problem) => `${nameOf(manifest)}: ${problem}`);
}

async function contentProblems(manifest: Manifest): Promise<readonly string[]> {
  const kind = `${manifest.apiVersion}/${manifest.kind}`;
  const own = ownSchemas[kind];
  if (own !== undefined) {
    const { error } = own.safeParse(manifest);
    return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
  }
  const model = models[kind];
  if (model === undefined) return [`${kind} is no kind that schemas.ts knows`];
  const { prototype } = await model();
  const errors: string[] = [];
  const unread = unreadFields(withWholeBase64(manifest), (data) => {
    try {
      prototype.validate.call(data);
    } catch (error) {
      errors.push((error as Error).message);
    }
  });
  const unknown = unread.filter((field) => !fieldsLeftOut.has(`${kind} ${field}`));
  return [...unknown.map((field) => `${field}: no such field`), ...errors];
}

/** Values of Secrets may be broken into lines, which the generated schema does not know. */
function withWholeBase64(manifest: Manifest): object {
  if (manifest.kind !== 'Secret') return manifest;
  const data = Object.entries((manifest['data'] ?? {}) as Record<string, string>);
  return {
    ...manifest,
    data: Object.fromEntries(data.map(([key, value]) => [key, value.replace(/\s/g, '')])),
  };
}
