import { main } from './cli/main.ts';

// Whoever reads our output may stop reading (`| head`): then there is nobody to print for.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await main(process.argv.slice(2), process);
