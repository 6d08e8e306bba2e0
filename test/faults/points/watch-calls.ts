import type { ServiceClient } from '#shared/service-client.ts'
import type { Points } from './points.ts'

/** A client with a point before each call and after its answer, or its failure. */
export const watchCalls = (client: ServiceClient, points: Points): ServiceClient =>
  (async (call, sent, context) => {
    points.reach(`before-${call.name}-call`)
    try {
      return await client(call, sent, context)
    } finally {
      points.reach(`after-${call.name}-call`)
    }
  }) satisfies ServiceClient

/** The same for a call that is no service's: the mail server. */
export const watchCall =
  <Given extends unknown[], Answer>(
    name: string,
    call: (...given: Given) => Promise<Answer>,
    points: Points,
  ) =>
  async (...given: Given): Promise<Answer> => {
    points.reach(`before-${name}-call`)
    try {
      return await call(...given)
    } finally {
      points.reach(`after-${name}-call`)
    }
  }
