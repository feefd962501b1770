import { classes } from '../../ui/classes.ts';
import { ChangingCount } from '../../ui/changing-count.tsx';

const LOW = 10;

/** What is available of a product, in words; a change is marked for a moment. */
export const Availability = ({ available }: { readonly available: number }) => (
  <span
    className={classes(
      'text-sm whitespace-nowrap',
      available <= 0 ? 'text-rejected' : available <= LOW ? 'text-pending' : 'text-muted',
    )}
  >
    {available <= 0 ? (
      'Sold out just now'
    ) : (
      <>
        {available <= LOW && 'Only '}
        <ChangingCount count={available} /> {available <= LOW ? 'left' : 'available'}
      </>
    )}
  </span>
);
