import { Link } from '@tanstack/react-router';
import { FlaskConicalOff } from 'lucide-react';
import { buttonClasses } from '../../ui/button.tsx';
import { PageTitle } from '../../ui/panel.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Content } from '../shell/shell.tsx';
import { useViewer } from '../viewer/viewer-gate.tsx';
import { HoldConsumer } from './hold-consumer.tsx';
import { PlaceOrders } from './place-orders.tsx';

/** Makes load and trouble on purpose, to be watched; only where authentication is off. */
export function DemoPage() {
  const { authentication } = useViewer();
  if (authentication !== 'OFF') {
    return (
      <Content>
        <EmptyState icon={FlaskConicalOff} title="The demo is for trials only">
          It places orders nobody wants, so it is there only where authentication is off.
        </EmptyState>
      </Content>
    );
  }
  return (
    <Content>
      <PageTitle
        title="Demo"
        lead="Place real orders at a pace of your choice, or keep inventory from hearing of them for a while."
      >
        <Link to="/console/orders" className={buttonClasses()}>
          Watch the orders live
        </Link>
      </PageTitle>
      <div className="grid gap-6 lg:grid-cols-2">
        <PlaceOrders />
        <HoldConsumer />
      </div>
    </Content>
  );
}
