using System.Reflection;
using Portico.Contracts;
using Portico.Contracts.Auth;

namespace Portico.Notifications.Webhooks;

/// <summary>What others can be told of.</summary>
internal static class WebhookFacts
{
    // It carries, sealed, what opens an account.
    private static readonly string[] NobodysBusiness = [PasswordResetRequested.Type];

    public static readonly IReadOnlyList<string> Topics = ["users", "members", "bookings", "transactions"];

    public static readonly IReadOnlySet<string> Types =
        (from type in typeof(IIntegrationEvent).Assembly.GetTypes()
         where type.IsClass && typeof(IIntegrationEvent).IsAssignableFrom(type)
         select (string)type.GetProperty(nameof(IIntegrationEvent.Type), BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!)
        .Except(NobodysBusiness).ToHashSet();
}
