import { describe, expect, it } from '@jest/globals';
import { parseManifests } from './manifest.ts';
import { unreadFields } from './unread-fields.ts';
import { problemsOf } from './validate.ts';

const DEPLOYMENT = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: gateway, labels: { anything: goes } }
spec:
  selector: { matchLabels: { anything: goes } }
  strategy: { rollingUpdate: { maxSurge: 1 } }
  template:
    metadata: { labels: { anything: goes } }
    spec:
      containers:
        - name: gateway
          resources: { limits: { memory: 512Mi } }
          securityContext: { readOnlyRootFilesystem: true }
          lifecycle: { preStop: { sleep: { seconds: 10 } } }
`;
const CLUSTER = `
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: postgres }
spec: { instances: 3, storage: { size: 50Gi } }
`;

describe('validating an object', () => {
  const problemsIn = async (text: string) => (await Promise.all(parseManifests(text).map(problemsOf))).flat();

  it.each([DEPLOYMENT, CLUSTER])('finds nothing in what is right', async (text) => {
    expect(await problemsIn(text)).toEqual([]);
  });

  it.each([
    [DEPLOYMENT, 'readOnlyRootFilesystem', 'readOnlyRootFileSystem', /readOnlyRootFileSystem: no such field/],
    [DEPLOYMENT, 'spec:\n  selector', 'specs: {}\nspec:\n  selector', /specs: no such field/],
    [DEPLOYMENT, 'sleep: { seconds', 'sleep: { secs: 1, seconds', /preStop\.sleep\.secs: no such field/],
    [DEPLOYMENT, 'maxSurge: 1', 'maxSurge: [1]', /maxSurge/],
    [DEPLOYMENT, 'memory: 512Mi', 'memory: much', /memory/],
    [DEPLOYMENT, '- name: gateway', '- image: gateway', /name/],
    [CLUSTER, 'instances', 'instanceCount', /instanceCount/],
    [CLUSTER, '50Gi', 'fifty', /spec\.storage\.size/],
    [CLUSTER, 'Cluster', 'Klaster', /no kind that schemas\.ts knows/],
  ])('in %j names what stands in place of %j: %j', async (text, right, wrong, problem) => {
    expect(text).toContain(right);
    expect(await problemsIn(text.replace(right, wrong))).toContainEqual(expect.stringMatching(problem));
  });
});

describe('finding fields that a validator does not look at', () => {
  it('names them with their paths, in lists too', () => {
    const data = { known: { a: 1, b: 2 }, list: [{ a: 1 }, { a: 1, c: 3 }], other: 1 };
    const looked: number[] = [];
    const validate = (watched: object) => {
      const { known, list } = watched as typeof data;
      looked.push(known.a, ...list.map(({ a }) => a));
    };
    expect(unreadFields(data, validate)).toEqual(['known.b', 'list[1].c', 'other']);
    expect(looked).toEqual([1, 1, 1]);
  });

  it('lets an object hold anything of which nothing is looked at', () => {
    const data = { anything: { a: { b: 1 } } };
    const validate = (watched: object) => expect(watched).toHaveProperty('anything');
    expect(unreadFields(data, validate)).toEqual([]);
  });
});
