return await Portico.Host.Verbs.CommandLine.Root().Parse(args).InvokeAsync();
