import { pour } from './pour.ts'

/** `pour.main.ts <port> <count>`: so many bodies of a gibibyte at once; prints what came of them. */
const [port, count] = process.argv.slice(2).map(Number)
const poured = await Promise.all(
  Array.from({ length: count ?? 0 }, (_unused, at) =>
    pour(port ?? 0, 1024, at % 2 ? 'chunked' : 'announced'),
  ),
)
console.log(JSON.stringify(poured))
