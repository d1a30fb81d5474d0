using System.CommandLine;
using Portico.Auth.Accounts;
using Portico.Auth.Domain;
using Portico.Host.Setup;

namespace Portico.Host.Verbs;

/// <summary><c>portico admin create|reset-password</c>: ways in for whoever runs the machine.</summary>
internal static class AdminVerb
{
    private static readonly Argument<string> Username = new("username");

    public static Command Create()
    {
        var create = new Command("create", "Makes one more administrator and prints the one-time password.") { Username, HostOptions.Data };
        create.SetAction((result, cancellationToken) => GiveAsync(result, (admins, name) => admins.CreateAsync(name, cancellationToken), cancellationToken));
        var reset = new Command("reset-password", "Gives an account a one-time password, ends its sessions and prints it.") { Username, HostOptions.Data };
        reset.SetAction((result, cancellationToken) => GiveAsync(result, (admins, name) => admins.ResetAsync(name, cancellationToken), cancellationToken));
        return new Command("admin", "Accounts that somebody at this machine has to make.") { create, reset };
    }

    /// <summary>Makes the first administrator where there is none, and tells the one-time password: now or never.</summary>
    public static async Task EnsureFirstAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        if (scope.ServiceProvider.GetService<FirstAdmin>() is { } admins && await admins.EnsureAsync(cancellationToken) is { } made)
        {
            Console.WriteLine($"The first administrator is {made.Username}, with the one-time password {made.Password}");
            Console.WriteLine($"It is shown only now. `portico admin reset-password {made.Username}` gives another one.");
        }
    }

    private static async Task<int> GiveAsync(ParseResult result, Func<FirstAdmin, string, Task<OneTimePassword>> give, CancellationToken cancellationToken)
    {
        var setup = new ProcessSetup(["auth"], result.GetRequiredValue(HostOptions.Data));
        await using var process = await PorticoProcess.OpenQuietAsync(setup, cancellationToken);
        await Schemas.EnsureCurrentAsync(process.App.Services, cancellationToken);
        await using var scope = process.App.Services.CreateAsyncScope();
        try
        {
            var given = await give(scope.ServiceProvider.GetRequiredService<FirstAdmin>(), result.GetRequiredValue(Username));
            await Console.Error.WriteLineAsync($"One-time password of {given.Username}, to be changed at the first sign-in:");
            Console.WriteLine(given.Password);
            return 0;
        }
        catch (AdminRefusedException e)
        {
            throw new OperatorException(e.Message, e);
        }
    }
}
