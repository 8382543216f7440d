/**
 * Why this file exists: the first line of the guests' own page. It is a program of its own, without the editor and the
 * rest: whoever stands in a hall with a phone is in before that would have loaded.
 */
import '../ui/base.css';
import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { startI18n } from '../i18n/index.ts';
import { applyTheme } from '../ui/theme.ts';
import { JoinPage } from './join-page.tsx';

applyTheme();
await startI18n();
createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <Suspense fallback={null}>
      <JoinPage />
    </Suspense>
  </StrictMode>,
);
