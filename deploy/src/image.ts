import { parseArgs } from 'node:util';
import { buildImage, type BaseChoice } from './image/build-image.ts';
import { findEngine, NoContainerEngineError } from './image/container-engine.ts';

/** `npm run image -- [--tag NAME] [--base auto|registry|distribution]`: the image of every service, by whichever engine is here. */
const BASES: readonly BaseChoice[] = ['auto', 'registry', 'distribution'];

const { values } = parseArgs({
  options: {
    tag: { type: 'string', default: 'holdfast:dev' },
    base: { type: 'string', default: 'auto' },
  },
});
const base = BASES.find((choice) => choice === values.base);
if (base === undefined) fail(`--base is "${values.base}"; allowed: ${BASES.join(', ')}`);

try {
  const engine = await findEngine(['docker', 'podman', 'buildah']);
  await buildImage(engine, { tag: values.tag, base, keepsLayers: true, say: (line) => console.log(line) });
} catch (error) {
  // What a failed build had to say, it has said.
  fail(error instanceof NoContainerEngineError ? error.message : String(error));
}

function fail(line: string): never {
  console.error(line);
  process.exit(1);
}
