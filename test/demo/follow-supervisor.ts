/** Preloaded into each process of the demo: it ends, in good order, with the supervisor that started it. */
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
