using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Portico.Bookings.Data;

/// <summary>An account as Auth shows it to us. A deleted one shows nothing of who it was.</summary>
internal sealed record AccountRow(Guid Id, string Username, string? Name, string? Surname, string Role, string Status);

/// <summary>Auth's accounts, read through the one view it opens to other modules.</summary>
internal sealed class AccountDirectory : IHostedService, IAsyncDisposable
{
    private const string Columns = "id, username, name, surname, role, status";
    private readonly NpgsqlDataSource? source;
    private readonly ILogger<AccountDirectory> logger;

    public AccountDirectory(IOptions<BookingsOptions> options, ILoggerFactory loggers)
    {
        logger = loggers.CreateLogger<AccountDirectory>();
        if (options.Value.AccountDirectory is { Length: > 0 } connection)
        {
            var settings = new NpgsqlConnectionStringBuilder(connection) { MaxPoolSize = 2, MinPoolSize = 0 };
            source = new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = "portico-bookings-account-directory" }.UseLoggerFactory(loggers).Build();
        }
    }

    public bool IsConfigured => source is not null;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!IsConfigured)
        {
            logger.ComparisonIsOff();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<IReadOnlyList<AccountRow>> ReadPageAsync(Guid after, int size, CancellationToken cancellationToken)
    {
        await using var connection = await source!.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<AccountRow>(new(
            $"select {Columns} from account_directory where id > @after order by id limit @size",
            new { after, size }, cancellationToken: cancellationToken))).AsList();
    }

    public async Task<AccountRow?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await source!.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<AccountRow>(new(
            $"select {Columns} from account_directory where id = @id", new { id }, cancellationToken: cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        if (source is not null)
        {
            await source.DisposeAsync();
        }
    }
}

internal static partial class AccountDirectoryLog
{
    [LoggerMessage(LogLevel.Warning, "Modules:bookings:AccountDirectory is not set: people are not compared with the accounts at night")]
    public static partial void ComparisonIsOff(this ILogger logger);
}
