import { describe, expect, it } from '@jest/globals';
import { ParkedUsageError, parkedOptions } from './options.ts';

const id = '0190a0b0-0000-7000-8000-00000000000a';

describe('the command line of parked', () => {
  it('names a command, what it is about, and how long to wait', () => {
    expect(parkedOptions(['list'])).toEqual({
      command: { name: 'list', selection: { service: null, consumer: null }, isClosed: false },
      isJson: false,
      token: null,
      waitMs: 30_000,
    });
    expect(
      parkedOptions(
        'discard --all --service orders --consumer orders-catalogue --reason test --json --token t --wait 0'.split(
          ' ',
        ),
      ),
    ).toEqual({
      command: {
        name: 'discard',
        selection: { service: 'orders', consumer: 'orders-catalogue' },
        ids: null,
        reason: 'test',
      },
      isJson: true,
      token: 't',
      waitMs: 0,
    });
  });

  it('takes an id once, however it is written', () => {
    expect(parkedOptions(['redrive', id.toUpperCase(), id]).command).toMatchObject({ ids: [id] });
  });

  it.each<[string, readonly string[]]>([
    ['a command is needed', []],
    ['there is no command "purge"', ['purge']],
    ['redrive needs the ids of parked messages, or --all', ['redrive']],
    ['give ids or --all, not both', ['redrive', id, '--all']],
    ['"42" is no id', ['show', '42']],
    ['show needs the ids', ['show']],
    ['list takes no ids', ['list', id]],
    ['discard needs --reason', ['discard', id]],
    ['discard needs --reason', ['discard', id, '--reason', ' ']],
    ['discard needs --reason', ['discard', id, '--reason', 'x'.repeat(201)]],
    ['--reason is for discard, not for redrive', ['redrive', id, '--reason', 'x']],
    ['--closed is for list, not for redrive', ['redrive', id, '--closed']],
    ['--all is for redrive and discard, not for list', ['list', '--all']],
    ['--service is "shop"; allowed: orders or inventory', ['list', '--service', 'shop']],
    ['--wait is "soon"', ['list', '--wait', 'soon']],
    ["Unknown option '--force'", ['list', '--force']],
  ])('is refused: %s', (message, args) => {
    expect(() => parkedOptions(args)).toThrow(ParkedUsageError);
    expect(() => parkedOptions(args)).toThrow(message);
  });
});
