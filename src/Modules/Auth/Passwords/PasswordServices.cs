using Microsoft.Extensions.Options;

namespace Portico.Auth.Passwords;

internal static class PasswordServices
{
    public static IServiceCollection AddPasswords(this IServiceCollection services)
    {
        services.AddOptions<PasswordHashingOptions>()
            .BindConfiguration(PasswordHashingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<PasswordHashingOptions>, PasswordCostFloor>();
        services.AddSingleton<HashingWorkers>();
        services.AddSingleton<PasswordHashing>();
        return services;
    }
}
