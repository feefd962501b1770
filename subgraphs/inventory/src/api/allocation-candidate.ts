import { kilometres } from '../domain/geo.ts';
import { present } from './errors.ts';
import type { AllocationCandidateResolvers } from './resolver-types.generated.ts';

export const allocationCandidate: AllocationCandidateResolvers = {
  facility: async ({ facilityId }, _arguments, { loaders }) =>
    present(await loaders.facility.load(facilityId), facilityId),
  distanceKm: ({ distanceMm }) => kilometres(distanceMm),
};
