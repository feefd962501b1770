import { controlClasses, Field, SelectField } from '../../ui/field.tsx';
import { formatShort } from '../../ui/figures.tsx';
import { NumberField } from './number-field.tsx';
import type { OrderShape, Reach } from './order-shape.ts';
import type { DemoSkus } from './use-demo-skus.ts';

export interface RunSettingsForm {
  readonly perSecond: number;
  readonly minutes: number;
  readonly lines: number;
  readonly leastUnits: number;
  readonly mostUnits: number;
  readonly reach: Reach;
  readonly hotSku: string | null;
}

export const startSettings: RunSettingsForm = {
  perSecond: 10,
  minutes: 2,
  lines: 2,
  leastUnits: 1,
  mostUnits: 2,
  reach: 'europe',
  hotSku: null,
};

const MOST_PER_SECOND = 200;
const reaches: readonly { readonly value: Reach; readonly name: string }[] = [
  { value: 'gb', name: 'Great Britain' },
  { value: 'europe', name: 'Europe' },
  { value: 'world', name: 'The world' },
];

/** The shape that the settings ask for, with the ends of the range in their order. */
export const shapeOf = (
  { lines, leastUnits, mostUnits, reach, hotSku }: RunSettingsForm,
  skus: readonly string[],
): OrderShape => ({
  lines: Math.max(1, Math.min(lines, skus.length)),
  leastUnits: Math.min(leastUnits, mostUnits),
  mostUnits: Math.max(leastUnits, mostUnits),
  reach,
  hotSku,
});

interface SettingsFormProps {
  readonly settings: RunSettingsForm;
  readonly products: NonNullable<DemoSkus['products']>;
  readonly onChange: (settings: RunSettingsForm) => void;
  readonly isRunning: boolean;
}

export function SettingsForm({ settings, products, onChange, isRunning }: SettingsFormProps) {
  const change = (parts: Partial<RunSettingsForm>): void => onChange({ ...settings, ...parts });
  const mostAvailable = products.reduce((best, each) => (each.available > best.available ? each : best));
  return (
    <div className="grid grid-cols-2 gap-x-4 gap-y-1 sm:grid-cols-3">
      <div className="col-span-2 grid grid-cols-[minmax(0,1fr)_6rem] items-end gap-4 sm:col-span-3">
        <Field label="Orders a second">
          {(control) => (
            <input
              {...control}
              type="range"
              min={1}
              max={MOST_PER_SECOND}
              value={settings.perSecond}
              onChange={({ target }) => change({ perSecond: Number(target.value) })}
              className="h-10 w-full accent-accent"
            />
          )}
        </Field>
        <NumberField
          label="Exactly"
          min={1}
          max={MOST_PER_SECOND}
          value={settings.perSecond}
          onChange={(perSecond) => change({ perSecond })}
        />
      </div>
      <NumberField
        label="Lines an order"
        min={1}
        max={20}
        value={settings.lines}
        onChange={(lines) => change({ lines })}
      />
      <NumberField
        label="Units, least"
        min={1}
        max={1_000}
        value={settings.leastUnits}
        onChange={(leastUnits) => change({ leastUnits })}
      />
      <NumberField
        label="Units, most"
        min={1}
        max={1_000}
        value={settings.mostUnits}
        onChange={(mostUnits) => change({ mostUnits })}
      />
      <SelectField
        label="Destinations"
        value={settings.reach}
        onChange={({ target }) => change({ reach: target.value as Reach })}
      >
        {reaches.map(({ value, name }) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="Stops by itself after"
        disabled={isRunning}
        value={settings.minutes}
        onChange={({ target }) => change({ minutes: Number(target.value) })}
      >
        {[1, 2, 5, 10].map((minutes) => (
          <option key={minutes} value={minutes}>
            {minutes} min
          </option>
        ))}
      </SelectField>
      <div className="col-span-2 flex flex-col gap-1 sm:col-span-3">
        <label className="flex min-h-8 items-center gap-2 text-sm font-medium">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={settings.hotSku !== null}
            onChange={({ target }) => change({ hotSku: target.checked ? mostAvailable.sku : null })}
          />
          One hot SKU that every order wants
        </label>
        <select
          aria-label="The hot SKU"
          className={controlClasses}
          disabled={settings.hotSku === null}
          value={settings.hotSku ?? mostAvailable.sku}
          onChange={({ target }) => change({ hotSku: target.value })}
        >
          {products.map(({ sku, name, available }) => (
            <option key={sku} value={sku}>
              {name} ({sku}), {formatShort(available)} available
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}
