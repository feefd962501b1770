import { useEffect, useState } from 'react';
import type { CombinedError } from 'urql';
import type { ParkedState } from '../../graphql/schema.generated.ts';
import { CopyButton } from '../../ui/copyable.tsx';
import { errorText, Loading, Skeleton } from '../../ui/states.tsx';
import { useUncachedClient } from '../viewer/session-provider.tsx';
import type { ParkedContentFragment } from './parked.generated.ts';
import { headerPairs, readable } from './readable.ts';
import type { Service } from './services.ts';

type Content = ParkedContentFragment['edges'][number]['node'];

interface ParkedContentProps {
  readonly service: Service;
  readonly state: ParkedState;
  readonly before: string | null;
  readonly id: string;
}

/** What a parked message holds, read when it is asked for: a payload may be large. */
export function ParkedContent({ service, state, before, id }: ParkedContentProps) {
  const client = useUncachedClient();
  // A parked message never changes: where it stood in the list when it was opened is where it is looked for.
  const [after] = useState(before);
  const [content, setContent] = useState<Content | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  useEffect(() => {
    let isShown = true;
    const read = async (): Promise<void> => {
      const { data, error } = await client.query(service.content, { state, after }).toPromise();
      if (!isShown) return;
      const found = data?.messaging?.parked.edges.find(({ node }) => node.id === id)?.node;
      if (found) setContent(found);
      else setFailure(failureText(error));
    };
    void read();
    return () => {
      isShown = false;
    };
  }, [client, service, state, after, id]);

  if (content === null) {
    if (failure !== null) return <p className="text-sm text-rejected">{failure}</p>;
    return (
      <Loading what="the payload">
        <Skeleton className="h-24" />
      </Loading>
    );
  }
  const payload = readable(content.payload);
  const pairs = headerPairs(content.headers);
  return (
    <div className="flex flex-col gap-3">
      <div className="min-w-0">
        <div className="flex items-center gap-1 text-xs text-muted">
          {payload.isJson ? 'Payload' : 'Payload, which is no JSON'}
          <CopyButton text={content.payload} label="Copy the payload" />
        </div>
        {payload.text === '' ? (
          <p className="text-xs">It is empty.</p>
        ) : (
          <textarea
            readOnly
            aria-label="Payload"
            spellCheck={false}
            rows={Math.min(16, payload.text.split('\n').length)}
            value={payload.text}
            className="block w-full resize-y rounded-md bg-sunken p-3 font-mono text-xs"
          />
        )}
      </div>
      <div className="min-w-0">
        <p className="text-xs text-muted">Headers</p>
        {pairs === null || pairs.length === 0 ? (
          <pre className="font-mono text-xs break-words whitespace-pre-wrap">
            {pairs === null ? content.headers : 'It has none.'}
          </pre>
        ) : (
          <dl className="grid grid-cols-1 gap-x-4 gap-y-1 font-mono text-xs sm:grid-cols-[max-content_minmax(0,1fr)]">
            {pairs.map(([name, value], place) => (
              <div key={`${name} ${place}`} className="contents">
                <dt className="text-muted">{name}</dt>
                <dd className="break-all">{value}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </div>
  );
}

const failureText = (error: CombinedError | undefined): string =>
  error ? errorText(error) : 'It is not there any more: somebody closed it, or the list has moved on.';
