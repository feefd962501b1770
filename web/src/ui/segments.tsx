import { classes } from './classes.ts';

interface SegmentsProps<Value extends string> {
  /** What is chosen between, for who does not see the buttons beside each other. */
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly name: string }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** A choice between a few views of one place. */
export function Segments<Value extends string>({ label, options, value, onChange }: SegmentsProps<Value>) {
  return (
    <div role="group" aria-label={label} className="inline-flex rounded-md bg-sunken p-0.5">
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          className={classes(
            'min-h-8 rounded-md px-3 text-sm font-medium whitespace-nowrap',
            option.value === value ? 'bg-surface text-ink outline outline-line' : 'text-muted hover:text-ink',
          )}
        >
          {option.name}
        </button>
      ))}
    </div>
  );
}
