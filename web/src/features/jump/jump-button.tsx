import { Search } from 'lucide-react';
import { buttonClasses } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { openJump } from './jump-state.ts';

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Opens what `Ctrl K` opens, for who has no keyboard or does not know. */
export const JumpButton = () => (
  <button type="button" className={classes(buttonClasses('quiet', 'sm'), 'max-sm:px-2')} onClick={openJump}>
    <Search aria-hidden size={16} />
    <span className="sr-only">Jump to an order, SKU or facility</span>
    <kbd className="hidden rounded-sm border border-line px-1 font-sans text-xs text-muted md:inline">
      {isMac ? '⌘K' : 'Ctrl K'}
    </kbd>
  </button>
);
