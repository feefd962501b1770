import { useRef, useState, type SubmitEvent } from 'react';
import { useMutation } from 'urql';
import { announce } from '../../ui/announcer.tsx';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { formatCount } from '../../ui/figures.tsx';
import { problemAt, problemsElsewhere, type FoundProblem } from '../../ui/problem-paths.ts';
import { errorText } from '../../ui/states.tsx';
import { AdjustStockDocument, ReceiveStockDocument } from './change-stock.generated.ts';
import type { Level } from './levels.ts';
import { keyFor, parseQuantity, type KeyedContent, type StockChangeForm } from './stock-change-key.ts';
import { zoneName } from './words.ts';

interface ChangeStockProps {
  readonly sku: string;
  readonly facilities: readonly { readonly id: string; readonly name: string }[];
  readonly onChanged: (levels: readonly Level[]) => void;
}

const quantityPath = ['lines', '0', 'quantity'];
const facilityPath = ['lines', '0', 'facilityId'];
const reasonPath = ['reason'];

/** Receives units or corrects their number. Sending the same again after a lost answer changes nothing twice. */
export function ChangeStock({ sku, facilities, onChanged }: ChangeStockProps) {
  const [form, setForm] = useState<StockChangeForm>({
    kind: 'receive',
    facilityId: facilities[0]?.id ?? '',
    zone: 'PRIMARY',
    quantity: '',
    reason: '',
  });
  const [problems, setProblems] = useState<readonly FoundProblem[]>([]);
  const [outcome, setOutcome] = useState<{ text: string; isFailure: boolean } | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [, receive] = useMutation(ReceiveStockDocument);
  const [, adjust] = useMutation(AdjustStockDocument);
  const key = useRef<KeyedContent | null>(null);
  const isReceiving = form.kind === 'receive';

  const change = (parts: Partial<StockChangeForm>): void => {
    setForm({ ...form, ...parts });
    setProblems([]);
    setOutcome(null);
  };

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const quantity = parseQuantity(form);
    if ('problem' in quantity) return setProblems([{ message: quantity.problem, path: quantityPath }]);
    key.current = keyFor(key.current, sku, form, () => crypto.randomUUID());
    const { idempotencyKey } = key.current;
    const { facilityId, zone } = form;
    const lines = [{ sku, facilityId, zone, quantity: quantity.value }];
    const reason = form.reason.trim();
    setIsBusy(true);
    setOutcome(null);
    const { data, error } = isReceiving
      ? await receive({ input: { idempotencyKey, reason: reason === '' ? null : reason, lines } })
      : await adjust({ input: { idempotencyKey, reason, lines } });
    setIsBusy(false);
    const payload = data && ('receiveStock' in data ? data.receiveStock : data.adjustStock);
    if (!payload) return setOutcome({ text: failureText(error && errorText(error)), isFailure: true });
    setProblems(payload.problems);
    if (payload.problems.length > 0) return;
    key.current = null;
    onChanged(payload.levels.map(({ facility, ...level }) => ({ ...level, sku, facilityId: facility.id })));
    const text = outcomeText(facilities, payload.levels);
    setForm({ ...form, quantity: '', reason: '' });
    setOutcome({ text, isFailure: false });
    announce(text);
  };

  const others = problemsElsewhere(problems, [quantityPath, facilityPath, reasonPath]);
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-2">
      <fieldset className="mb-2 flex gap-4 text-sm">
        <legend className="sr-only">What happened</legend>
        {(['receive', 'adjust'] as const).map((kind) => (
          <label key={kind} className="flex min-h-8 items-center gap-2">
            <input
              type="radio"
              name="kind"
              className="size-4 accent-accent"
              checked={form.kind === kind}
              onChange={() => change({ kind })}
            />
            {kind === 'receive' ? 'Receive' : 'Adjust'}
          </label>
        ))}
      </fieldset>
      {others.map(({ message }) => (
        <p key={message} role="alert" className="text-sm text-rejected">
          {message}
        </p>
      ))}
      <SelectField
        label="Facility"
        value={form.facilityId}
        onChange={({ target }) => change({ facilityId: target.value })}
        problem={problemAt(problems, facilityPath)}
      >
        {facilities.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <div className="grid grid-cols-2 gap-4">
        <SelectField
          label="Zone"
          value={form.zone}
          onChange={({ target }) => change({ zone: target.value as StockChangeForm['zone'] })}
        >
          <option value="PRIMARY">{zoneName('PRIMARY')}</option>
          <option value="BACK">{zoneName('BACK')}</option>
        </SelectField>
        <TextField
          label={isReceiving ? 'Units' : 'Units, + or −'}
          inputMode={isReceiving ? 'numeric' : 'text'}
          maxLength={12}
          value={form.quantity}
          onChange={({ target }) => change({ quantity: target.value })}
          problem={problemAt(problems, quantityPath)}
        />
      </div>
      <TextField
        label="Reason"
        maxLength={200}
        placeholder={isReceiving ? 'purchase' : 'stocktake'}
        value={form.reason}
        onChange={({ target }) => change({ reason: target.value })}
        problem={problemAt(problems, reasonPath)}
        hint={
          isReceiving
            ? 'Stands in the ledger; may be empty.'
            : 'Stands in the ledger. On hand never goes below what is reserved.'
        }
      />
      <Button type="submit" look="primary" isBusy={isBusy}>
        {isReceiving ? 'Receive units' : 'Adjust the number'}
      </Button>
      <p
        role={outcome?.isFailure ? 'alert' : undefined}
        className={`min-h-10 text-sm ${outcome?.isFailure ? 'text-rejected' : 'text-muted'}`}
      >
        {outcome?.text}
      </p>
    </form>
  );
}

const failureText = (reason: string | undefined): string =>
  `${reason ?? 'There was no answer.'} Sending the same again is safe: it counts once.`;

function outcomeText(
  facilities: ChangeStockProps['facilities'],
  levels: readonly (Pick<Level, 'zone' | 'onHand' | 'reserved'> & {
    readonly facility: { readonly id: string };
  })[],
): string {
  return levels
    .map(({ facility, zone, onHand, reserved }) => {
      const name = facilities.find(({ id }) => id === facility.id)?.name ?? facility.id;
      return `${name}, ${zoneName(zone)}: now ${formatCount(onHand)} on hand, ${formatCount(reserved)} reserved.`;
    })
    .join(' ');
}
