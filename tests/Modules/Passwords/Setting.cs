using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Portico.Auth.Passwords;

namespace Portico.Tests.Modules.Passwords;

internal static class Setting
{
    public static HashingWorkers Workers(int workers = 1, int queueLimit = 100) =>
        new(Options.Create(new PasswordHashingOptions { Workers = workers, QueueLimit = queueLimit }), NullLogger<HashingWorkers>.Instance);

    public static PasswordHashing Hashing(this HashingWorkers workers, int cost = 4) =>
        new(workers, Options.Create(new PasswordHashingOptions { Cost = cost }));
}
