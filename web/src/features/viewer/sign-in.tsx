import { useState, type SubmitEvent } from 'react';
import { changeSession, currentSession } from '../../graphql/session.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Panel } from '../../ui/panel.tsx';

const NOT_ACCEPTED = 'The gateway does not accept this token, or it has ended.';

/** Asks for a bearer token, and says so when there was one. It is kept in this page's memory: a reload asks again. */
export function SignIn() {
  const [token, setToken] = useState('');
  const [problem, setProblem] = useState(() => (currentSession().kind === 'token' ? NOT_ACCEPTED : null));
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const trimmed = token.trim();
    if (!/^[\x21-\x7e]+$/.test(trimmed)) setProblem('A token is one word without spaces.');
    else changeSession({ kind: 'token', token: trimmed });
  };
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center p-4">
      <h1 className="mb-4 text-xl">Sign in to Holdfast</h1>
      <Panel>
        <form onSubmit={submit} className="flex flex-col gap-2">
          <TextField
            label="Access token"
            type="password"
            required
            autoFocus
            value={token}
            onChange={({ target }) => (setToken(target.value), setProblem(null))}
            problem={problem}
            hint="From your identity provider. It stays in this page and is gone when you close it."
          />
          <Button type="submit" look="primary">
            Sign in
          </Button>
        </form>
      </Panel>
    </main>
  );
}
