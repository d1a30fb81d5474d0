using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Portico.Platform.Messaging;

namespace Portico.Activity.Audit;

/// <summary>
/// What a fact leaves in the trail: what was so before and what is so after, less what is secret, and apart from it the names of
/// people, which may have to be forgotten.
/// </summary>
internal static class AuditedFact
{
    private static readonly string[] Secret = ["token", "password", "secret", "code"];
    private static readonly HashSet<string> Personal = ["username", "email", "reason", "description"];
    private static readonly HashSet<string> PersonalOfUsers = ["name", "surname"];

    public static JsonNode Of(EventEnvelope fact)
    {
        var after = Parse(fact);
        after.Remove("event_type");
        var before = after.Remove("before", out var told) ? told as JsonObject : null;
        DropSecrets(after);
        DropSecrets(before);
        var names = new JsonObject();
        Part("before", TakeNames(before, fact.Topic));
        Part("after", TakeNames(after, fact.Topic));
        return new JsonObject
        {
            ["id"] = fact.Id,
            ["type"] = fact.Type,
            ["module"] = fact.Source,
            ["actor"] = fact.Actor,
            ["subject"] = fact.Key,
            ["occurred_at"] = fact.OccurredAt.ToString("O", CultureInfo.InvariantCulture),
            ["origin"] = fact.Origin,
            ["before"] = before,
            ["after"] = after,
            ["names"] = names.Count > 0 ? names : null,
        };

        void Part(string name, JsonObject part)
        {
            if (part.Count > 0)
            {
                names[name] = part;
            }
        }
    }

    // What cannot be read is a record all the same: somebody said something.
    private static JsonObject Parse(EventEnvelope fact)
    {
        try
        {
            return JsonNode.Parse(fact.Payload) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return new() { ["unreadable"] = true };
        }
    }

    private static void DropSecrets(JsonNode? node)
    {
        foreach (var item in node is JsonArray items ? items.ToList() : [])
        {
            DropSecrets(item);
        }

        foreach (var (name, value) in node is JsonObject members ? members.ToList() : [])
        {
            if (Array.Exists(Secret, secret => name.EndsWith(secret, StringComparison.Ordinal)))
            {
                node!.AsObject().Remove(name);
            }
            else
            {
                DropSecrets(value);
            }
        }
    }

    private static JsonObject TakeNames(JsonObject? from, string topic)
    {
        var taken = new JsonObject();
        foreach (var name in from?.Select(member => member.Key).ToList() ?? [])
        {
            if ((Personal.Contains(name) || (topic == "users" && PersonalOfUsers.Contains(name))) && from!.Remove(name, out var value) && value is not null)
            {
                taken[name] = value;
            }
        }

        return taken;
    }
}
