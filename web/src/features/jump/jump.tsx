import { useNavigate } from '@tanstack/react-router';
import { useEffect, useId, useState, type KeyboardEvent } from 'react';
import { useQuery } from 'urql';
import { classes } from '../../ui/classes.ts';
import { shortId } from '../../ui/copyable.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { controlClasses } from '../../ui/field.tsx';
import { statusName } from '../../ui/order-status.tsx';
import { useViewer } from '../viewer/viewer-gate.tsx';
import {
  JumpFacilitiesDocument,
  JumpOrderDocument,
  JumpOrdersDocument,
  JumpProductsDocument,
} from './jump.generated.ts';
import { closeJump, useIsJumpOpen } from './jump-state.ts';

const SEARCH_AFTER_MS = 120;
const longestSearch = 200;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

interface Target {
  readonly kind: 'Order' | 'SKU' | 'Facility';
  readonly id: string;
  readonly name: string;
  readonly note: string;
}

/** Finds an order by its id or reference, a product or a facility, and goes there. */
export function Jump() {
  const isOpen = useIsJumpOpen();
  return (
    <Dialog isOpen={isOpen} onClose={closeJump} title="Jump to …">
      {isOpen && <Finder />}
    </Dialog>
  );
}

function Finder() {
  const listId = useId();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const { targets, isSearching } = useTargets(useSettled(text.trim()));
  const go = useJump();
  const current = Math.min(chosen, Math.max(0, targets.length - 1));

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setChosen((current + step + targets.length) % Math.max(1, targets.length));
    }
    const target = targets[current];
    if (event.key === 'Enter' && target) go(target);
  };
  return (
    <>
      <input
        autoFocus
        role="combobox"
        aria-expanded={targets.length > 0}
        aria-controls={listId}
        aria-activedescendant={targets.length > 0 ? `${listId}-${current}` : undefined}
        aria-label="Order id or reference, SKU, product or facility"
        placeholder="Order id or reference, SKU, product or facility"
        maxLength={longestSearch}
        className={controlClasses}
        value={text}
        onChange={({ target }) => (setText(target.value), setChosen(0))}
        onKeyDown={onKeyDown}
      />
      <div id={listId} role="listbox" aria-label="Found" className="mt-2 min-h-64">
        {targets.map((target, place) => (
          <div
            key={`${target.kind} ${target.id}`}
            id={`${listId}-${place}`}
            role="option"
            tabIndex={-1}
            aria-selected={place === current}
            onPointerMove={() => setChosen(place)}
            onClick={() => go(target)}
            className={classes(
              'flex cursor-pointer items-baseline gap-3 rounded-md px-3 py-2 text-sm',
              place === current && 'bg-accent-soft',
            )}
          >
            <span className="w-14 shrink-0 text-xs text-muted">{target.kind}</span>
            <span className="min-w-0 flex-1 truncate">{target.name}</span>
            <span className="shrink-0 font-mono text-xs text-muted">{target.note}</span>
          </div>
        ))}
      </div>
      <p className="text-xs text-muted" role="status">
        {text.trim() === ''
          ? 'Arrows choose, Enter goes there, Escape closes.'
          : targets.length === 0
            ? isSearching
              ? 'Searching …'
              : 'Nothing has this name.'
            : `${targets.length} found`}
      </p>
    </>
  );
}

function useTargets(search: string): { targets: readonly Target[]; isSearching: boolean } {
  const pause = search === '';
  const isId = uuid.test(search);
  const [products] = useQuery({ query: JumpProductsDocument, variables: { search }, pause });
  const [facilities] = useQuery({ query: JumpFacilitiesDocument, pause });
  const [orders] = useQuery({
    query: JumpOrdersDocument,
    variables: { reference: search },
    pause: pause || isId,
  });
  const [order] = useQuery({ query: JumpOrderDocument, variables: { id: search }, pause: !isId });
  if (pause) return { targets: [], isSearching: false };

  const foundOrders = isId
    ? order.data?.order
      ? [order.data.order]
      : []
    : (orders.data?.orders?.edges ?? []).map(({ node }) => node);
  const wanted = search.toLowerCase();
  const targets: Target[] = [
    ...foundOrders.map(({ id, reference, status }) => ({
      kind: 'Order' as const,
      id,
      name: `${reference ?? 'Without reference'} · ${statusName(status)}`,
      note: shortId(id),
    })),
    ...(facilities.data?.facilities ?? [])
      .filter(({ id, name }) => `${id} ${name}`.toLowerCase().includes(wanted))
      .slice(0, 4)
      .map(({ id, name, country }) => ({
        kind: 'Facility' as const,
        id,
        name: `${name}, ${country}`,
        note: id,
      })),
    ...(products.data?.products?.edges ?? []).map(({ node: { sku, name } }) => ({
      kind: 'SKU' as const,
      id: sku,
      name,
      note: sku,
    })),
  ];
  return { targets, isSearching: products.fetching || orders.fetching || order.fetching };
}

/** An operator lands in the console, a customer at what the shop shows. */
function useJump(): (target: Target) => void {
  const navigate = useNavigate();
  const { isOperator } = useViewer();
  return ({ kind, id }) => {
    closeJump();
    if (kind === 'Order') {
      void navigate({
        to: isOperator ? '/console/orders/$orderId' : '/orders/$orderId',
        params: { orderId: id },
      });
    } else if (!isOperator) {
      void navigate({ to: '/', search: kind === 'SKU' ? { q: id } : {} });
    } else if (kind === 'SKU') {
      void navigate({ to: '/console/inventory/$sku', params: { sku: id } });
    } else {
      void navigate({ to: '/console/facilities/$facilityId', params: { facilityId: id } });
    }
  };
}

/** The text as it is when nobody has typed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), SEARCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
