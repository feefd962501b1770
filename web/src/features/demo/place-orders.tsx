import { Play, Square } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ErrorState, Loading, Skeleton } from '../../ui/states.tsx';
import { RunFiguresView } from './run-figures.tsx';
import { shapeOf, startSettings, SettingsForm, type RunSettingsForm } from './settings-form.tsx';
import { useDemoSkus } from './use-demo-skus.ts';
import { useOrderRun } from './use-order-run.ts';

/** Starts and stops a run of orders, and says how it goes. What is changed meanwhile holds from then on. */
export function PlaceOrders() {
  const { products, error } = useDemoSkus();
  const [settings, setSettings] = useState<RunSettingsForm>(startSettings);
  const { figures, start, change, stop } = useOrderRun();
  const isRunning = figures?.isRunning ?? false;
  const skus = products?.map(({ sku }) => sku) ?? [];

  const adjust = (next: RunSettingsForm): void => {
    setSettings(next);
    change(next.perSecond, shapeOf(next, skus));
  };

  return (
    <Panel title="Place orders">
      {products === null ? (
        error ? (
          <ErrorState what="The catalogue could not be read" error={error} />
        ) : (
          <Loading what="the catalogue">
            <Skeleton className="h-96" />
          </Loading>
        )
      ) : products.length === 0 ? (
        <p className="text-sm text-muted">The catalogue is empty: there is nothing to order yet.</p>
      ) : (
        <>
          <SettingsForm settings={settings} products={products} onChange={adjust} isRunning={isRunning} />
          <div className="mt-4 flex flex-wrap items-center gap-4">
            {isRunning ? (
              <Button look="primary" icon={<Square aria-hidden size={14} />} onClick={stop}>
                Stop
              </Button>
            ) : (
              <Button
                look="primary"
                icon={<Play aria-hidden size={14} />}
                onClick={() =>
                  start({
                    skus,
                    perSecond: settings.perSecond,
                    shape: shapeOf(settings, skus),
                    runForMs: settings.minutes * 60_000,
                  })
                }
              >
                Start
              </Button>
            )}
            <p className="min-w-0 flex-1 text-xs text-muted">
              Runs only while this page is open, best in front: a browser slows down what it hides.
            </p>
          </div>
          <RunFiguresView figures={figures} />
        </>
      )}
    </Panel>
  );
}
