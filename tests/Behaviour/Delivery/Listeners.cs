using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Portico.Auth;
using Portico.Contracts.Auth;
using Portico.Members;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Tests.Behaviour.Delivery;

/// <summary>
/// A consumer in Members that writes down what it hears, in a table of its own and in the order it hears it. A fact whose
/// surname is "poison" makes it fail, as long as the patient is not cured.
/// </summary>
internal sealed class Listener(Listener.Patient patient) : IHandleEvent<UserRegistered>
{
    public sealed class Patient
    {
        public bool Cured { get; set; }

        public ConcurrentDictionary<Guid, int> Attempts { get; } = [];
    }

    public async Task HandleAsync(UserRegistered fact, Change change, CancellationToken cancellationToken)
    {
        patient.Attempts.AddOrUpdate(fact.UserId, 1, (_, times) => times + 1);
        await change.ExecuteAsync("insert into heard (key, name) values (@UserId, @Username)", fact, cancellationToken);
        if (fact.Surname == "poison" && !patient.Cured)
        {
            throw new InvalidOperationException("This fact cannot be digested.");
        }
    }
}

/// <summary>A line of the listener's table.</summary>
internal sealed record Heard(long Position, Guid Key, string Name);

internal static class ListenerSteps
{
    /// <summary>To be given to <see cref="RunningPlatform.StartAsync"/>: adds the listener where Members is hosted.</summary>
    public static Action<WebApplicationBuilder> Listening(Listener.Patient? patient = null) => builder =>
    {
        if (builder.Services.Any(service => service.ServiceType == typeof(ModuleDataSource<MembersModule>)))
        {
            builder.Services.AddSingleton(patient ?? new());
            builder.Services.AddEventHandler<MembersModule, UserRegistered, Listener>();
        }
    };

    public static Task MakeTableAsync(this RunningPlatform platform) => platform.ExecuteAsync(
        "members", "create table heard (position bigint generated always as identity primary key, key uuid not null, name text not null)");

    public static Task<IReadOnlyList<Heard>> HeardAsync(this RunningPlatform platform) =>
        platform.QueryAsync<Heard>("members", "select position, key, name from heard order by position");

    public static async Task<int> WaitingAsync(this RunningPlatform platform) =>
        (await platform.QueryAsync<int>("auth", "select count(*)::int from outbox where parked_at is null")).Single();

    /// <summary>A fact of somebody with that id. The name tells it from others.</summary>
    public static UserRegistered Fact(Guid key, string name, string? surname = null) =>
        new(key, name, null, null, surname, "member", new DateTimeOffset(2026, 3, 1, 9, 0, 0, default));

    /// <summary>Commits facts in Auth's database in one transaction, as a feature of Auth would.</summary>
    public static async Task PublishAsync(this RunningPlatform platform, params IEnumerable<UserRegistered> facts)
    {
        await using var scope = platform.AuthServices().CreateAsyncScope();
        await using var change = await scope.ServiceProvider.GetRequiredService<Database<AuthModule>>().BeginAsync(CancellationToken.None);
        foreach (var fact in facts)
        {
            change.Publish(fact);
        }

        await change.CommitAsync(CancellationToken.None);
    }

    public static IServiceProvider AuthServices(this RunningPlatform platform) =>
        platform.Apps.Single(app => app.Services.GetService<ModuleDataSource<AuthModule>>() is not null).Services;

    /// <summary>What the relay would wait for otherwise.</summary>
    public static void RingTheBell(this RunningPlatform platform) =>
        platform.AuthServices().GetRequiredService<ModuleDataSource<AuthModule>>().Bell.Ring();
}
