import { useNavigate } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useEffect, useRef, useState, type SubmitEvent } from 'react';
import { classes } from '../../ui/classes.ts';
import { controlClasses } from '../../ui/field.tsx';
import { longestSearch } from './catalogue-search.ts';

const SEARCH_AFTER_MS = 250;

/** Writes into the address what is searched for: a moment after the last key, or at once with Enter. */
export function SearchField({ of }: { readonly of: string }) {
  const navigate = useNavigate({ from: '/' });
  const [text, setText] = useState(of);
  const written = useRef(of);

  const write = (): void => {
    const q = text.trim();
    if (q === written.current) return;
    written.current = q;
    void navigate({ search: q === '' ? {} : { q }, replace: true });
  };
  const latestWrite = useRef(write);
  latestWrite.current = write;

  useEffect(() => {
    // An address that came from elsewhere, such as the way back, is what the field shows.
    if (of !== written.current) setText(of);
    written.current = of;
  }, [of]);
  useEffect(() => {
    const timer = setTimeout(() => latestWrite.current(), SEARCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text]);

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    write();
  };
  return (
    <form role="search" onSubmit={submit} className="relative min-w-0 flex-1 sm:max-w-96">
      <Search aria-hidden size={16} className="absolute top-3 left-3 text-muted" />
      <input
        type="search"
        aria-label="Search the shop"
        placeholder="Search by name or SKU"
        maxLength={longestSearch}
        className={classes(controlClasses, 'pl-9')}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
    </form>
  );
}
