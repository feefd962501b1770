import { useMemo, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { SelectField, TextField } from '../../ui/field.tsx';
import { problemAt, type FoundProblem } from '../../ui/problem-paths.ts';
import { countryName } from '../destination/destination-words.ts';
import { DestinationCountriesDocument } from './destination.generated.ts';
import type { OrderDraft } from './order-draft.ts';

/** The longest text that the API takes. */
const LONGEST = 200;

interface DestinationFieldsProps {
  readonly draft: OrderDraft;
  readonly onChange: (changed: Partial<OrderDraft>) => void;
  /** With paths that begin at the order's input. */
  readonly problems: readonly FoundProblem[];
  /** Stands below what it shows. */
  readonly map: ReactNode;
}

export function DestinationFields({ draft, onChange, problems, map }: DestinationFieldsProps) {
  const [{ data }] = useQuery({ query: DestinationCountriesDocument });
  const countries = useMemo(
    () =>
      (data?.countries ?? [{ code: draft.country }])
        .map(({ code }) => ({ code, name: countryName(code) }))
        .sort((one, other) => one.name.localeCompare(other.name)),
    [data, draft.country],
  );
  return (
    <div className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
      <SelectField
        label="Country"
        className="sm:col-span-2"
        autoComplete="shipping country"
        value={draft.country}
        onChange={({ target }) => onChange({ country: target.value })}
        problem={problemAt(problems, ['destination', 'country'])}
      >
        {countries.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextField
        label="City"
        autoComplete="shipping address-level2"
        maxLength={LONGEST}
        value={draft.city}
        onChange={({ target }) => onChange({ city: target.value })}
        problem={problemAt(problems, ['destination', 'city'])}
        hint="May be empty."
      />
      <TextField
        label="Postal code"
        autoComplete="shipping postal-code"
        maxLength={LONGEST}
        value={draft.postalCode}
        onChange={({ target }) => onChange({ postalCode: target.value })}
        problem={problemAt(problems, ['destination', 'postalCode'])}
        hint="May be empty."
      />
      <div className="mb-4 sm:col-span-2">{map}</div>
      <TextField
        label="Your reference"
        className="sm:col-span-2"
        maxLength={LONGEST}
        value={draft.reference}
        onChange={({ target }) => onChange({ reference: target.value })}
        problem={problemAt(problems, ['reference'])}
        hint="Your own name for the order. May be empty."
      />
    </div>
  );
}

export const destinationPaths: readonly (readonly string[])[] = [
  ['destination', 'country'],
  ['destination', 'city'],
  ['destination', 'postalCode'],
  ['reference'],
];
