using Portico.Tests.Modules.EmbeddedPostgres;

return args is [SecondHost.Verb, .. var rest]
    ? await SecondHost.RunAsync(rest)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
