import type { CombinedError } from 'urql';
import { Button } from './button.tsx';
import { errorText } from './states.tsx';

interface LoadMoreProps {
  readonly hasMore: boolean;
  readonly isBusy: boolean;
  readonly onMore: () => void;
  readonly error?: CombinedError | null | undefined;
}

/** The end of a list that is read in pages. Its height stays the same when there is no more. */
export const LoadMore = ({ hasMore, isBusy, onMore, error }: LoadMoreProps) => (
  <div className="flex min-h-14 flex-wrap items-center justify-center gap-4 px-4 py-2 text-sm text-muted">
    {error && <span role="alert">{errorText(error)}</span>}
    {hasMore ? (
      <Button size="sm" isBusy={isBusy} onClick={onMore}>
        Load more
      </Button>
    ) : (
      <span>That is all.</span>
    )}
  </div>
);
