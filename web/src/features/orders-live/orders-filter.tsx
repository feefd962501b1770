import { useEffect, useEffectEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { fromLocalText, toLocalText } from './local-time.ts';
import { longestName, type OrdersSearch } from './orders-search.ts';

const SETTLED_AFTER_MS = 350;

interface OrdersFilterProps {
  readonly search: OrdersSearch;
  readonly onChange: (changes: OrdersSearch) => void;
  readonly onClear: () => void;
}

/** Whose orders, which, and of when. What is typed counts when nobody has typed for a moment. */
export function OrdersFilter({ search, onChange, onClear }: OrdersFilterProps) {
  const { placedFrom, placedBefore } = search;
  const isBackwards = placedFrom !== undefined && placedBefore !== undefined && placedBefore <= placedFrom;
  return (
    <div className="grid items-start gap-x-4 gap-y-1 border-b border-line px-4 pt-3 pb-1 sm:grid-cols-2 lg:grid-cols-[1fr_1fr_1fr_1fr_auto]">
      <SettledField
        label="Customer"
        hint="The whole name"
        value={search.customer ?? ''}
        onSettle={(customer) => onChange({ customer })}
      />
      <SettledField
        label="Reference"
        hint="The whole reference"
        value={search.reference ?? ''}
        onSettle={(reference) => onChange({ reference })}
      />
      <SettledField
        label="Placed from"
        type="datetime-local"
        hint="In your time zone"
        value={toLocalText(placedFrom)}
        onSettle={(text) => onChange({ placedFrom: fromLocalText(text) ?? '' })}
      />
      <SettledField
        label="Placed before"
        type="datetime-local"
        problem={isBackwards ? 'Not after the start: no order is in between' : null}
        value={toLocalText(placedBefore)}
        onSettle={(text) => onChange({ placedBefore: fromLocalText(text) ?? '' })}
      />
      <Button look="quiet" className="mt-6" onClick={onClear}>
        Clear
      </Button>
    </div>
  );
}

interface SettledFieldProps {
  readonly label: string;
  readonly type?: 'text' | 'datetime-local';
  readonly hint?: string;
  readonly problem?: string | null;
  readonly value: string;
  readonly onSettle: (value: string) => void;
}

function SettledField({ value, onSettle, type = 'text', ...field }: SettledFieldProps) {
  const [draft, setDraft] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value); // The address has changed: it says what is sought now.
    setDraft(value);
  }
  const settle = useEffectEvent(() => onSettle(draft.trim()));
  useEffect(() => {
    if (draft.trim() === value) return;
    const timer = setTimeout(() => settle(), SETTLED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [draft, value]);
  return (
    <TextField
      {...field}
      type={type}
      step={type === 'datetime-local' ? 1 : undefined}
      maxLength={longestName}
      value={draft}
      onChange={({ target }) => setDraft(target.value)}
    />
  );
}
