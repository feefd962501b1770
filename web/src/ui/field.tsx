import { useId, type ComponentProps, type ReactNode } from 'react';
import { classes } from './classes.ts';

export const controlClasses =
  'w-full min-h-10 rounded-md border border-control bg-surface px-3 text-base text-ink placeholder:text-muted ' +
  'aria-invalid:border-rejected disabled:opacity-60 sm:text-sm';

interface FieldFrame {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong with the value, in words; the field is marked as invalid. */
  readonly problem?: string | null | undefined;
  readonly className?: string;
}

interface Control {
  readonly id: string;
  readonly 'aria-invalid': true | undefined;
  readonly 'aria-describedby': string | undefined;
}

/** A label, a control, and below it a hint or what is wrong. The room for that line is kept, so that nothing jumps. */
export function Field({
  label,
  hint,
  problem,
  className,
  children,
}: FieldFrame & { readonly children: (control: Control) => ReactNode }) {
  const id = useId();
  const isWrong = problem !== undefined && problem !== null;
  return (
    <div className={classes('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children({
        id,
        'aria-invalid': isWrong || undefined,
        'aria-describedby': isWrong || hint ? `${id}-note` : undefined,
      })}
      <p id={`${id}-note`} className={classes('min-h-4 text-xs', isWrong ? 'text-rejected' : 'text-muted')}>
        {isWrong ? problem : hint}
      </p>
    </div>
  );
}

export function TextField({
  label,
  hint,
  problem,
  className,
  ...input
}: FieldFrame & Omit<ComponentProps<'input'>, 'id' | 'className'>) {
  return (
    <Field {...{ label, hint, problem, className: className ?? '' }}>
      {(control) => (
        <input type="text" autoComplete="off" {...input} {...control} className={controlClasses} />
      )}
    </Field>
  );
}

export function SelectField({
  label,
  hint,
  problem,
  className,
  children,
  ...select
}: FieldFrame & Omit<ComponentProps<'select'>, 'id' | 'className'>) {
  return (
    <Field {...{ label, hint, problem, className: className ?? '' }}>
      {(control) => (
        <select {...select} {...control} className={controlClasses}>
          {children}
        </select>
      )}
    </Field>
  );
}
