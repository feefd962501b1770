import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import { Compass, TriangleAlert } from 'lucide-react';
import { Button, buttonClasses } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Content } from './shell.tsx';

export const NotFoundPage = () => (
  <Content>
    <EmptyState
      icon={Compass}
      title="There is no page at this address"
      action={
        <Link to="/" className={buttonClasses()}>
          To the shop
        </Link>
      }
    >
      The link may be mistyped, or from an older version.
    </EmptyState>
  </Content>
);

/** A page that could not be shown at all, such as one whose files are gone since a new version was installed. */
export const PageFailure = ({ error }: ErrorComponentProps) => (
  <Content>
    <div role="alert">
      <EmptyState
        icon={TriangleAlert}
        title="This page could not be shown"
        action={<Button onClick={() => location.reload()}>Load it again</Button>}
      >
        {error instanceof Error ? error.message : String(error)}
      </EmptyState>
    </div>
  </Content>
);
