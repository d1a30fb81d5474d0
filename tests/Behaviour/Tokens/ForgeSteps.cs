using Microsoft.Extensions.DependencyInjection;
using Portico.Platform.Security;
using Portico.Tests.Security;

namespace Portico.Tests.Behaviour.Tokens;

/// <summary>What somebody could do who had the platform's keys.</summary>
internal static class ForgeSteps
{
    public static TokenForge Forge(this RunningPlatform platform) => new(platform.TokenKeys().Current, platform.Clock.GetUtcNow());

    /// <summary>The tokens' keys as one of the processes has them.</summary>
    public static KeyRing TokenKeys(this RunningPlatform platform) => platform.Apps[0].Services.GetRequiredService<KeyRings>().For(KeyRings.Tokens);
}
