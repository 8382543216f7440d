/** Why this file exists: giving words an address, by keyboard too. It says when an address cannot be used. */
import type { Editor } from '@tiptap/core';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { setLink } from './links.ts';

interface LinkFormProps {
  editor: Editor;
  onClose: () => void;
}

export function LinkForm({ editor, onClose }: LinkFormProps) {
  const { t } = useTranslation('editor');
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const known: unknown = editor.getAttributes('link').href;
  const [address, setAddress] = useState(typeof known === 'string' ? known : '');
  const [refused, setRefused] = useState(false);
  useEffect(() => field.current?.select(), []);
  const close = () => {
    onClose();
    editor.commands.focus();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (setLink(editor, address)) onClose();
    else {
      setRefused(true);
      field.current?.focus();
    }
  };
  return (
    <form
      className="rs-link-form"
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <label htmlFor={id}>{t('linkForm.label')}</label>
      <input
        ref={field}
        id={id}
        type="text"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        placeholder={t('linkForm.hint')}
        value={address}
        aria-invalid={refused || undefined}
        aria-describedby={refused ? `${id}-refused` : undefined}
        onChange={(event) => {
          setAddress(event.target.value);
          setRefused(false);
        }}
      />
      <button type="submit">{t('linkForm.save')}</button>
      {editor.isActive('link') ? (
        <button
          type="button"
          onClick={() => {
            setLink(editor, '');
            onClose();
          }}
        >
          {t('linkForm.remove')}
        </button>
      ) : null}
      <button type="button" onClick={close}>
        {t('linkForm.cancel')}
      </button>
      {refused ? (
        <p id={`${id}-refused`} role="alert">
          {t('linkForm.refused')}
        </p>
      ) : null}
    </form>
  );
}
