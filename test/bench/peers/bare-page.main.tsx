import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import postgres from 'postgres'

/** A page and one query: what Hono, its server and the driver take at the least. */
const sql = postgres(process.env.DATABASE_URL ?? '', { max: 10 })

interface Shop {
  name: string
}

const app = new Hono()
  .get('/health/ready', (c) => c.text('ready'))
  .get('/', async (c) => {
    const [shop] = await sql<Shop[]>`select name from claim_server.shops order by id limit 1`
    return c.html(
      <html lang="en">
        <head>
          <title>A bare page</title>
        </head>
        <body>
          <h1>{shop?.name}</h1>
        </body>
      </html>,
    )
  })

serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.env.PORT) })
