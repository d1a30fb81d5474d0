return await Portico.Bench.BenchRun.RunAsync(args);
