const oldestNode = 26
const major = Number(process.versions.node.split('.')[0])

/** Checked before anything else is loaded: older versions lack what the modules import. */
if (major < oldestNode) {
  console.error(
    `Claimbook needs Node ${oldestNode}, and this is ${process.versions.node}: npm ci without --omit=optional installs it.`,
  )
  process.exit(1)
}

const { StartError } = await import('#shared/service-process.ts')
const { runDemo } = await import('./supervisor.ts')

try {
  await runDemo(process.argv.slice(2), process.env)
  process.exit(0)
} catch (error) {
  console.error(error instanceof StartError ? error.message : error)
  process.exit(1)
}
