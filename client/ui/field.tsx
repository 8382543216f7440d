/** Why this file exists: a field is a label, a control, perhaps a hint and perhaps an error, tied together for everybody. */
import { CircleAlert } from 'lucide-react';
import { type ComponentProps, type ReactNode, useId } from 'react';
import styles from './field.module.css';

interface Around {
  label: string;
  hint?: ReactNode;
  /** A whole sentence: what is wrong and what to do. */
  error?: string | null | undefined;
}

interface ControlProps {
  id: string;
  className: string;
  'aria-invalid'?: true;
  'aria-describedby'?: string;
}

/** The frame around any control; `children` gets the props that tie it to label, hint and error. */
export function Field({ label, hint, error, children }: Around & { children: (control: ControlProps) => ReactNode }) {
  const id = useId();
  const described = [hint ? `${id}-h` : '', error ? `${id}-e` : ''].filter(Boolean).join(' ');
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        className: styles.input!,
        ...(error && { 'aria-invalid': true as const }),
        ...(described && { 'aria-describedby': described }),
      })}
      {hint && (
        <p className={styles.hint} id={`${id}-h`}>
          {hint}
        </p>
      )}
      {error && (
        <p className={styles.error} id={`${id}-e`}>
          <CircleAlert size={15} strokeWidth={1.75} aria-hidden />
          <span>{error}</span>
        </p>
      )}
    </div>
  );
}

/** One line of text (or e-mail, password, date, time). */
export function TextField({ label, hint, error, ...input }: Around & Omit<ComponentProps<'input'>, 'id'>) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => <input {...input} {...control} />}
    </Field>
  );
}

/** A native choice of one: the phone's own picker beats ours. */
export function SelectField({
  label,
  hint,
  error,
  children,
  ...select
}: Around & Omit<ComponentProps<'select'>, 'id'>) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <select {...select} {...control}>
          {children}
        </select>
      )}
    </Field>
  );
}

/** A box to tick, its words beside it. */
export function CheckField({
  label,
  hint,
  ...input
}: { label: string; hint?: string } & Omit<ComponentProps<'input'>, 'type'>) {
  return (
    <label className={styles.check}>
      <input type="checkbox" {...input} />
      <span>
        {label}
        {hint && <small>{hint}</small>}
      </span>
    </label>
  );
}
