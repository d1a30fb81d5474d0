using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portico.Auth.Passwords;

namespace Portico.Tests.Modules.Passwords;

public sealed class PasswordSettingsTests
{
    [Theory]
    [InlineData("Production", "Cost", "11")]
    [InlineData("Staging", "Cost", "4")]
    [InlineData("Development", "Cost", "3")]
    [InlineData("Production", "Cost", "17")]
    [InlineData("Production", "Workers", "0")]
    [InlineData("Production", "QueueLimit", "0")]
    public async Task A_wrong_setting_stops_the_start_and_is_named(string environment, string setting, string value)
    {
        await using var app = Build(environment, setting, value);

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains(setting, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Production", "12")]
    [InlineData("Production", "16")]
    [InlineData("Development", "4")]
    [InlineData("Testing", "4")]
    public async Task A_right_cost_is_taken(string environment, string cost)
    {
        await using var app = Build(environment, "Cost", cost);

        Assert.Equal(cost, $"{app.Services.GetRequiredService<IOptions<PasswordHashingOptions>>().Value.Cost}");
    }

    [Fact]
    public async Task The_default_cost_holds_in_production_and_the_service_hashes()
    {
        await using var app = Build("Production", "QueueLimit", "1");
        var hashing = app.Services.GetRequiredService<PasswordHashing>();

        Assert.Equal(12, Bcrypt.CostOf(await hashing.HashAsync("correct horse", TestContext.Current.CancellationToken)));
    }

    private static WebApplication Build(string environment, string setting, string value)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection([new($"{PasswordHashingOptions.Section}:{setting}", value)]);
        builder.Logging.ClearProviders();
        builder.Services.AddPasswords();
        return builder.Build();
    }
}
