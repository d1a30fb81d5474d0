using Microsoft.Extensions.Options;

namespace Portico.Auth.Passwords;

internal sealed class PasswordCostFloor(IHostEnvironment environment) : IValidateOptions<PasswordHashingOptions>
{
    private const int Floor = 12;

    public ValidateOptionsResult Validate(string? name, PasswordHashingOptions options) =>
        options.Cost >= Floor || environment.IsDevelopment() || environment.IsEnvironment("Testing")
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{PasswordHashingOptions.Section}:{nameof(options.Cost)} is {options.Cost}: below {Floor} is for the environments "
                + $"Development and Testing only, and this is {environment.EnvironmentName}.");
}
