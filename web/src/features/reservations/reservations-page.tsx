import { useNavigate, useSearch } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { useEffect, useState, type SubmitEvent } from 'react';
import type { ReservationStatus } from '../../graphql/schema.generated.ts';
import { Button } from '../../ui/button.tsx';
import { controlClasses } from '../../ui/field.tsx';
import { PageTitle, Panel } from '../../ui/panel.tsx';
import { reservationStatuses, reservationStatusName } from '../../ui/reservation-status.tsx';
import { Content } from '../shell/shell.tsx';
import { ReservationList } from './reservation-list.tsx';

/** The stock that is or was tied to orders. */
export function ReservationsPage() {
  const { status = null, sku = null } = useSearch({ from: '/console/reservations' });
  return (
    <Content>
      <PageTitle title="Reservations" lead="Stock that inventory has tied to orders, and what became of it.">
        <Filters status={status} sku={sku} />
      </PageTitle>
      <Panel isFlush>
        <ReservationList key={`${status} ${sku}`} status={status} sku={sku} />
      </Panel>
    </Content>
  );
}

interface FiltersProps {
  readonly status: ReservationStatus | null;
  readonly sku: string | null;
}

function Filters({ status, sku }: FiltersProps) {
  const navigate = useNavigate({ from: '/console/reservations' });
  const [text, setText] = useState(sku ?? '');
  useEffect(() => setText(sku ?? ''), [sku]);
  const go = (next: FiltersProps): void =>
    void navigate({
      search: {
        ...(next.status === null ? {} : { status: next.status }),
        ...(next.sku === null ? {} : { sku: next.sku }),
      },
      replace: true,
    });
  const searchSku = (event: SubmitEvent): void => {
    event.preventDefault();
    go({ status, sku: text.trim() === '' ? null : text.trim() });
  };
  return (
    <>
      <select
        aria-label="Status"
        className={`${controlClasses} sm:w-40`}
        value={status ?? ''}
        onChange={({ target }) => {
          const chosen = reservationStatuses.find((each) => each === target.value);
          go({ status: chosen ?? null, sku });
        }}
      >
        <option value="">Every status</option>
        {reservationStatuses.map((each) => (
          <option key={each} value={each}>
            {reservationStatusName(each)}
          </option>
        ))}
      </select>
      <form onSubmit={searchSku} className="flex w-full gap-2 sm:w-auto">
        <input
          type="text"
          aria-label="SKU, exactly"
          placeholder="SKU, exactly"
          maxLength={200}
          className={`${controlClasses} sm:w-48`}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <Button type="submit">Filter</Button>
        {(status !== null || sku !== null) && (
          <Button
            look="quiet"
            aria-label="Show all reservations"
            icon={<X aria-hidden size={16} />}
            onClick={() => go({ status: null, sku: null })}
          />
        )}
      </form>
    </>
  );
}
