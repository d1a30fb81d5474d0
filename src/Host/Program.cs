return await Portico.Host.Verbs.CommandLine.RunAsync(args);
