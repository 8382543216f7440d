/** Why this file exists: one button, in the few forms a calm page needs. One filled button per view. */
import type { ComponentProps, ReactNode } from 'react';
import { Link } from 'wouter';
import styles from './button.module.css';

interface Look {
  /** `primary` is filled, at most one per view; `quiet` has no outline; `link` looks like a link in text. */
  variant?: 'primary' | 'plain' | 'quiet' | 'link';
  size?: 'small' | 'large';
}

/** The class of a button's look, for elements that are buttons of another library. */
export function buttonClass({ variant = 'plain', size }: Look, iconOnly = false): string {
  if (variant === 'link') return styles.link!;
  return [
    styles.button,
    variant === 'primary' && styles.primary,
    variant === 'quiet' && styles.quiet,
    size === 'small' && styles.small,
    size === 'large' && styles.large,
    iconOnly && styles.icon,
  ]
    .filter(Boolean)
    .join(' ');
}

export type ButtonProps = Look & ComponentProps<'button'>;

/** A native button; `type` is `button` unless said otherwise, so that none submits a form by accident. */
export function Button({ variant, size, className, type = 'button', ...rest }: ButtonProps) {
  const look = buttonClass({ ...(variant && { variant }), ...(size && { size }) });
  return <button type={type} className={className ? `${look} ${className}` : look} {...rest} />;
}

/** A button that shows only an icon; `label` is its accessible name and its tooltip. */
export function IconButton({
  label,
  variant = 'quiet',
  size,
  className,
  type = 'button',
  ...rest
}: Look & Omit<ComponentProps<'button'>, 'aria-label'> & { label: string }) {
  const look = buttonClass({ variant, ...(size && { size }) }, true);
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      className={className ? `${look} ${className}` : look}
      {...rest}
    />
  );
}

/** A link that looks like a button: it goes somewhere, so it is an anchor. */
export function LinkButton({
  variant,
  size,
  href,
  children,
  ...rest
}: Look & { href: string; children: ReactNode } & Omit<ComponentProps<'a'>, 'href' | 'ref'>) {
  return (
    <Link href={href} className={buttonClass({ ...(variant && { variant }), ...(size && { size }) })} {...rest}>
      {children}
    </Link>
  );
}

/** Buttons beside each other, wrapping. */
export function ButtonRow({ children, className }: { children: ReactNode; className?: string }) {
  return <div className={className ? `${styles.row} ${className}` : styles.row}>{children}</div>;
}
