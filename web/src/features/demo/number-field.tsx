import { useEffect, useState } from 'react';
import { TextField } from '../../ui/field.tsx';

interface NumberFieldProps {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly className?: string;
}

/** A whole number within bounds. While what is typed is none, it says so, and the last good one holds. */
export function NumberField({ label, min, max, value, onChange, className }: NumberFieldProps) {
  const [text, setText] = useState(String(value));
  useEffect(() => setText((shown) => (Number(shown) === value ? shown : String(value))), [value]);
  const parsed = parse(text, min, max);
  return (
    <TextField
      label={label}
      inputMode="numeric"
      maxLength={6}
      className={className ?? ''}
      value={text}
      onChange={({ target }) => {
        setText(target.value);
        const next = parse(target.value, min, max);
        if (next !== null) onChange(next);
      }}
      onBlur={() => parsed === null && setText(String(value))}
      problem={parsed === null ? `${min} to ${max}` : null}
    />
  );
}

function parse(text: string, min: number, max: number): number | null {
  const number = /^\d{1,6}$/.test(text.trim()) ? Number(text) : Number.NaN;
  return number >= min && number <= max ? number : null;
}
