import { expect, jest } from '@jest/globals';

/**
 * Tests with real servers run beside others on few cores, and a deadline can pass without anything being wrong. Such a test runs once
 * more when it fails, and the first failure is printed. Pure tests get no second chance.
 */
if (expect.getState().testPath?.endsWith('.int.test.ts')) jest.retryTimes(1, { logErrorsBeforeRetry: true });
