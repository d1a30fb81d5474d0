using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Portico.Auth.Domain;
using Portico.Auth.Passwords;
using Portico.Auth.Sessions;

namespace Portico.Tests.Modules.Auth;

public sealed class SecretsTests
{
    [Fact]
    public void A_one_time_password_can_be_read_out_and_passes_the_rules()
    {
        var passwords = Enumerable.Range(0, 200).Select(_ => OneTimePassword.NewPassword()).ToList();

        Assert.All(passwords, password => Assert.Matches("^([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}$", password));
        Assert.All(passwords, password => Assert.Null(PasswordRules.Refuse(password, "admin", null)));
        Assert.Equal(passwords.Count, passwords.Distinct().Count());
    }

    [Fact]
    public void A_secret_token_has_256_bits_and_is_known_by_its_hash()
    {
        var token = SecretToken.New();

        Assert.Equal(43, token.Length);
        Assert.Equal(SecretToken.Hash(token), SecretToken.Hash(token));
        Assert.NotEqual(SecretToken.Hash(token), SecretToken.Hash(SecretToken.New()));
    }

    [Fact]
    public void What_holds_a_secret_does_not_print_it()
    {
        Assert.DoesNotContain("k7fm", new OneTimePassword("anna", "k7fm-x2dq-9hsv-tb4w").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", new SessionTokens("secret", default, "secret", null).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_request_waits_for_a_hash_longer_than_the_patience_and_the_operator_does()
    {
        var options = new PasswordHashingOptions { Workers = 1, Patience = TimeSpan.FromSeconds(1) };
        using var workers = new HashingWorkers(Options.Create(options), NullLogger<HashingWorkers>.Instance);
        using var busy = new ManualResetEventSlim();
        var ahead = workers.RunAsync(() => { busy.Wait(TestContext.Current.CancellationToken); return 1; }, TestContext.Current.CancellationToken);
        var wasRun = false;
        var unhurried = new PasswordHashing(workers, Options.Create(options)).HashUnhurriedAsync("password", TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<HashingBusyException>(
            () => workers.RunAsync(() => wasRun = true, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<HashingBusyException>(() => ahead);

        Assert.False(unhurried.IsCompleted);
        busy.Set();
        Assert.StartsWith("$2b$", await unhurried, StringComparison.Ordinal);
        Assert.Equal(2, await workers.RunAsync(() => 2, TestContext.Current.CancellationToken));
        Assert.False(wasRun);
    }
}
