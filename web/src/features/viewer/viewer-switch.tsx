import { ChevronDown, UserRound } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState, type SubmitEvent } from 'react';
import { changeSession } from '../../graphql/session.ts';
import { Button, buttonClasses } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { TextField } from '../../ui/field.tsx';
import { useViewer } from './viewer-gate.tsx';

const LONGEST_NAME = 200;

/** Who the page is for: with HOLDFAST_AUTH=off anybody one likes, else the viewer of the token and a way out. */
export function ViewerSwitch() {
  const viewer = useViewer();
  const [isOpen, setIsOpen] = useState(false);
  const name = viewer.isOperator ? 'Operator' : viewer.customerId;
  return (
    <Popover.Root open={isOpen} onOpenChange={setIsOpen}>
      <Popover.Trigger
        className={classes(buttonClasses('quiet', 'sm'), 'max-sm:px-2')}
        aria-label={`Viewer: ${name}`}
      >
        <UserRound aria-hidden size={16} />
        <span className="hidden max-w-40 truncate sm:inline">{name}</span>
        <ChevronDown aria-hidden size={14} className="hidden text-muted sm:block" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          className="z-50 w-[min(20rem,calc(100vw-1rem))] animate-appear rounded-lg border border-line bg-raised p-4 shadow-raised"
        >
          {viewer.authentication === 'OFF' ? <Switch onDone={() => setIsOpen(false)} /> : <SignOut />}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Switch({ onDone }: { readonly onDone: () => void }) {
  const viewer = useViewer();
  const [customer, setCustomer] = useState(viewer.isOperator ? '' : viewer.customerId);
  const beCustomer = (event: SubmitEvent): void => {
    event.preventDefault();
    onDone();
    changeSession({ kind: 'customer', customer: customer.trim() });
  };
  return (
    <div className="flex flex-col gap-4">
      <p className="text-sm text-muted">
        Authentication is off: see Holdfast as its operator, or as any customer.
      </p>
      <Button
        look={viewer.isOperator ? 'secondary' : 'primary'}
        disabled={viewer.isOperator}
        onClick={() => (onDone(), changeSession({ kind: 'default' }))}
      >
        {viewer.isOperator ? 'You are the operator' : 'Be the operator'}
      </Button>
      <form onSubmit={beCustomer} className="flex flex-col gap-1">
        <TextField
          label="Customer"
          required
          pattern="[ -~]*\S[ -~]*"
          maxLength={LONGEST_NAME}
          placeholder="ada"
          value={customer}
          onChange={({ target }) => setCustomer(target.value)}
          hint="Any name. A customer sees only their own orders."
        />
        <Button type="submit">Be this customer</Button>
      </form>
    </div>
  );
}

function SignOut() {
  const viewer = useViewer();
  return (
    <div className="flex flex-col gap-4 text-sm">
      <p>
        {viewer.isOperator ? 'Operator' : 'Customer'} <strong>{viewer.customerId}</strong>
      </p>
      <Button onClick={() => changeSession({ kind: 'default' })}>Sign out</Button>
    </div>
  );
}
