import { describe, expect, it } from '@jest/globals';
import { readStartSettings } from './settings.ts';

describe('the settings of npm start', () => {
  it('are usable when nothing is set', () => {
    expect(readStartSettings({})).toMatchObject({
      ports: { gateway: 4000, orders: 4001, inventory: 4002 },
      natsUrl: null,
      databaseUrls: null,
      isOneProcess: false,
      currency: 'GBP',
    });
  });

  it('name every one that is wrong, with what is allowed', () => {
    const read = () =>
      readStartSettings({ GATEWAY_PORT: '70000', ORDERS_PORT: 'x', HOLDFAST_PROCESSES: 'two' });
    expect(read).toThrow(
      /GATEWAY_PORT is "70000"; allowed: a whole number from 0 \(any free port\) to 65535/,
    );
    expect(read).toThrow(/ORDERS_PORT is "x"/);
    expect(read).toThrow(/HOLDFAST_PROCESSES is "two"; allowed: one or many/);
  });

  it('are refused for what a service would refuse, before anything is started', () => {
    const read = () =>
      readStartSettings({ CATALOGUE_CURRENCY: 'QQQ', LOG_LEVEL: 'loud', NATS_URL: 'localhost:4222' });
    expect(read).toThrow(/CATALOGUE_CURRENCY is "QQQ"; allowed: an ISO 4217 code such as GBP/);
    expect(read).toThrow(/LOG_LEVEL is "loud"; allowed: fatal or error/);
    expect(read).toThrow(/NATS_URL is set to something else; allowed: an address that begins with nats:/);
  });

  it('refuse one database URL without the other, and one port for two services', () => {
    expect(() => readStartSettings({ ORDERS_DATABASE_URL: 'postgresql://host/orders' })).toThrow(/set both/);
    expect(() => readStartSettings({ ORDERS_PORT: '4000' })).toThrow(/both given port 4000/);
  });
});
