/** Why this file exists: the first line the browser runs. */
import './ui/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { makeQueryClient } from './api/hooks.ts';
import { App } from './app.tsx';
import { cameBefore } from './guests/remembered.ts';
import { startI18n } from './i18n/index.ts';
import { isWall, paths, signInPath } from './navigation.ts';
import { applyTheme } from './ui/theme.ts';

applyTheme();

// The session ended elsewhere: back to signing in, and then to where one was.
// A guest has no account to sign in to; on a wall its own page says what has happened.
const queries = makeQueryClient(() =>
  location.assign(cameBefore() && !isWall(location.pathname) ? paths.join : signInPath(location.pathname)),
);

await startI18n();
createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Suspense fallback={null}>
        <App />
      </Suspense>
    </QueryClientProvider>
  </StrictMode>,
);
