using Microsoft.AspNetCore.Http;
using Npgsql;
using Portico.Bookings;
using Portico.Platform.Data;

namespace Portico.Tests.Behaviour.Delivery;

/// <summary>A change that ends does not end anybody else's.</summary>
public sealed class ChangeEndTests
{
    [Fact]
    public async Task A_change_that_is_disposed_twice_leaves_the_next_one_on_its_connection_alone()
    {
        var databases = await (await TestDatabases.SharedAsync()).CreateAsync();
        await using var source = NpgsqlDataSource.Create($"{databases["Modules:bookings:ConnectionString"]};Maximum Pool Size=1");
        await using var module = new ModuleDataSource<BookingsModule>("bookings", source);
        var database = new Database<BookingsModule>(module, new ChangeScope(new HttpContextAccessor()));

        var first = await database.BeginAsync(TestContext.Current.CancellationToken);
        await first.DisposeAsync();
        await using (var second = await database.BeginAsync(TestContext.Current.CancellationToken))
        {
            await second.ExecuteAsync("insert into inbox (event_id, consumer) values (gen_random_uuid(), 'somebody')", null, TestContext.Current.CancellationToken);
            await first.DisposeAsync();
            await second.CommitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(1, await database.FindAsync<long>("select count(*) from inbox", null, TestContext.Current.CancellationToken));
    }
}
